import CSandbox
import Glibc

/// What a process keeps open behind the wall.
enum Descriptors {
  /// Closes all that the policy does not name, without leaving a number free below the last that is kept for good; gives
  /// that one. Numbers that are not needed become another standard input.
  static func close(allBut policy: SandboxPolicy) throws(SandboxError) -> Int32 {
    let lastKept = max(2, policy.keptDescriptors.max() ?? 2)
    for number in policy.loadingDescriptors where number <= lastKept {
      throw .openDescriptor(number, found: "the file of a plugin below a descriptor kept for good")
    }
    for number in 0...lastKept {
      guard number < 3 || policy.keptDescriptors.contains(number) else {
        try checkedErrno("replacing descriptor \(number)", dup2(0, number))
        continue
      }
      try check(number)
    }
    var next = lastKept + 1
    for number in Set(policy.loadingDescriptors).sorted() {
      for between in next..<number { Glibc.close(between) }
      next = number + 1
    }
    sandbox_close_from(UInt32(next))
    return lastKept
  }

  /// Refuses what leads out: a file or folder, memory that could be made executable, a socket that could be sent from to
  /// any other.
  static func check(_ number: Int32) throws(SandboxError) {
    var status = stat()
    try checkedErrno("looking at descriptor \(number)", fstat(number, &status))
    switch status.st_mode & S_IFMT {
    case S_IFIFO: return
    case S_IFCHR:
      var null = stat()
      guard stat("/dev/null", &null) == 0, null.st_rdev == status.st_rdev else {
        throw .openDescriptor(number, found: "another device")
      }
    case S_IFSOCK:
      var kind: Int32 = 0
      var length = socklen_t(MemoryLayout<Int32>.size)
      try checkedErrno("looking at socket \(number)", getsockopt(number, SOL_SOCKET, SO_TYPE, &kind, &length))
      guard kind == Int32(SOCK_STREAM.rawValue) || kind == Int32(SOCK_SEQPACKET.rawValue) else {
        throw .openDescriptor(number, found: "a socket of datagrams")
      }
      var peer = sockaddr_storage()
      var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
      let isConnected = withUnsafeMutablePointer(to: &peer) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getpeername(number, $0, &size) == 0 }
      }
      guard isConnected else { throw .openDescriptor(number, found: "a socket that is not connected") }
    default: throw .openDescriptor(number, found: "a file or folder")
    }
  }
}
