import Glibc

/// Why a process could not be put into its sandbox, or a child not be started.
public enum SandboxError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The system refused a step.
  case refused(step: String, errno: Int32)
  /// The process already has threads, which the wall would not reach.
  case severalThreads(Int)
  /// A descriptor that the process would keep leads out of the wall.
  case openDescriptor(Int32, found: String)
  /// A system call that the filter must name has no number here.
  case unknownCall(String)

  /// What failed, on what, expected against found.
  public var description: String {
    switch self {
    case .refused(let step, let number): "\(step): \(String(cString: strerror(number)))"
    case .severalThreads(let count): "entering the sandbox: expected one thread, found \(count)"
    case .openDescriptor(let number, let found):
      "entering the sandbox: descriptor \(number): expected a pipe, a connected stream or /dev/null, found \(found)"
    case .unknownCall(let name): "the filter of system calls: no number for \(name)"
    }
  }
}

/// The value of a system call, or its refusal.
@discardableResult
func checked(_ step: String, _ result: Int32) throws(SandboxError) -> Int32 {
  guard result >= 0 else { throw .refused(step: step, errno: -result) }
  return result
}

/// The same for functions that answer -1 and set `errno`.
@discardableResult
func checkedErrno(_ step: String, _ result: Int32) throws(SandboxError) -> Int32 {
  guard result >= 0 else { throw .refused(step: step, errno: errno) }
  return result
}
