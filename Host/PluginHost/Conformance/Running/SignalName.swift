import Glibc

/// Signals by name (signal(7)).
enum SignalName {
  static func of(_ number: Int32) -> String {
    let names: [Int32: String] = [
      SIGHUP: "SIGHUP", SIGINT: "SIGINT", SIGQUIT: "SIGQUIT",
      SIGILL: "SIGILL (an illegal instruction, or a Swift trap)",
      SIGTRAP: "SIGTRAP (a trap)", SIGABRT: "SIGABRT (abort)", SIGBUS: "SIGBUS (a bad address)",
      SIGFPE: "SIGFPE (a division by zero)", SIGKILL: "SIGKILL", SIGUSR1: "SIGUSR1",
      SIGSEGV: "SIGSEGV (an address that is not its own)", SIGUSR2: "SIGUSR2", SIGPIPE: "SIGPIPE", SIGALRM: "SIGALRM",
      SIGTERM: "SIGTERM", SIGXCPU: "SIGXCPU (too much processor time)", SIGXFSZ: "SIGXFSZ (too large a file)",
      SIGSYS: "SIGSYS (a system call it may not make)",
    ]
    return names[number] ?? "signal \(number)"
  }
}
