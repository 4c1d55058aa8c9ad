import Sandbox
import Testing

@Suite struct `The name of a signal` {
  @Test(arguments: [
    (6, "SIGABRT"), (9, "SIGKILL"), (10, "SIGUSR1"), (11, "SIGSEGV"), (24, "SIGXCPU"), (31, "SIGSYS"),
    (0, "signal 0"), (40, "signal 40"), (-1, "signal -1"),
  ])
  func `is that of signal(7), and its number for one without`(number: Int32, name: String) {
    #expect(SignalName.of(number) == name)
  }
}
