import Glibc
import HostCommands

exit(HostProgram.main(Array(CommandLine.arguments.dropFirst())))
