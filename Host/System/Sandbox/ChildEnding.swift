import Glibc

/// How a process ended.
public enum ChildEnding: Hashable, Sendable, CustomStringConvertible {
  /// It ended itself with this status.
  case exited(status: Int32)
  /// A signal ended it.
  case killed(signal: Int32)
  /// Somebody else was told, or this process ignores the ends of its children.
  case untold

  init(status: Int32) {
    let signal = status & 0x7f
    self = signal == 0 ? .exited(status: (status >> 8) & 0xff) : .killed(signal: signal)
  }

  /// `exit status 3`, `SIGSEGV (Segmentation fault)`.
  public var description: String {
    switch self {
    case .untold: return "an end that the system did not tell"
    case .exited(let status): return "exit status \(status)"
    case .killed(SIGSYS): return "SIGSYS (a forbidden system call)"
    case .killed(SIGXCPU): return "SIGXCPU (its processor time is used up)"
    case .killed(let signal):
      let name = SignalName.of(signal)
      return strsignal(signal).map { "\(name) (\(String(cString: $0)))" } ?? name
    }
  }
}
