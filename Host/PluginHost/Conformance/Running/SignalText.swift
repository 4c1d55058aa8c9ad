import Glibc
import Sandbox

/// Signals by name, with what they tell the author of a plugin.
enum SignalText {
  static func of(_ number: Int32) -> String {
    let hints: [Int32: String] = [
      SIGILL: "an illegal instruction, or a Swift trap", SIGTRAP: "a trap", SIGABRT: "abort", SIGBUS: "a bad address",
      SIGFPE: "a division by zero", SIGSEGV: "an address that is not its own", SIGXCPU: "too much processor time",
      SIGXFSZ: "too large a file", SIGSYS: "a system call it may not make",
    ]
    return SignalName.of(number) + (hints[number].map { " (\($0))" } ?? "")
  }
}
