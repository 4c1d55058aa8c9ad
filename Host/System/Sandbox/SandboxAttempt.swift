import CSandbox
import CSeccomp
import Glibc

/// A system call that a contained process made and was refused.
public struct SandboxAttempt: Hashable, Sendable, CustomStringConvertible {
  /// Its name: `socket`.
  public var call: String
  /// The first of its arguments, as numbers.
  public var arguments: [UInt64]
  /// The path it named, as it was given; may hold any characters.
  public var path: String?

  init(_ noted: sandbox_attempt) {
    var noted = noted
    let name = seccomp_syscall_resolve_num_arch(0, Int32(truncatingIfNeeded: noted.number))
    call = name.map { String(cString: $0) } ?? "system call \(noted.number)"
    free(name)
    arguments = [noted.arguments.0, noted.arguments.1, noted.arguments.2, noted.arguments.3]
    guard noted.length > 0 else { return }
    path = withUnsafeBytes(of: &noted.text) { String(decoding: $0.prefix(Int(noted.length)), as: UTF8.self) }
  }

  /// How many of the arguments tell something: of the others they are addresses.
  private static let telling = [
    "socket": 3, "socketpair": 3, "kill": 2, "tkill": 2, "tgkill": 3, "ptrace": 2, "prctl": 2, "clone": 1, "ioctl": 2,
    "fcntl": 2, "prlimit64": 2, "setrlimit": 1, "bpf": 1, "unshare": 1, "setns": 2, "mprotect": 3, "mmap": 4,
    "connect": 1, "bind": 1, "dup": 1, "dup2": 2, "dup3": 2, "close": 1, "close_range": 2, "rt_sigaction": 1,
    "pidfd_open": 1, "setuid": 1, "setpriority": 3, "ftruncate": 2, "keyctl": 1, "userfaultfd": 1, "alarm": 1,
  ]

  /// `openat("/etc/passwd")`, `socket(2, 1, 0)`, with control characters escaped.
  public var description: String {
    if let path { return "\(call)(\(path.debugDescription))" }
    let shown = arguments.prefix(SandboxAttempt.telling[call] ?? 0).map { value in
      let signed = Int64(bitPattern: value)
      let narrow = Int32(truncatingIfNeeded: value)
      if abs(signed) < 1 << 20 || signed == Int64.min { return "\(signed)" }
      // A negative int, of which the upper half of the register says nothing.
      return value >> 32 == 0 && narrow < 0 && narrow > -(1 << 20) ? "\(narrow)" : "0x" + String(value, radix: 16)
    }
    return "\(call)(\(shown.joined(separator: ", ")))"
  }
}
