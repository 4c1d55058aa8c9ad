import Glibc

/// A write to a file descriptor that failed.
public struct OutputError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The `errno` of the failed `write(2)`.
  public let number: Int32
  /// What was being written, such as `stdout`.
  public let destination: String

  /// A failed write.
  public init(number: Int32, destination: String) {
    self.number = number
    self.destination = destination
  }

  /// Whether the reader went away (`host trades | head`), which deserves no message.
  public var isBrokenPipe: Bool { number == EPIPE }

  /// The system's words for the fault, such as `No space left on device`.
  public var description: String { "cannot write to \(destination): \(systemMessage(number))" }

  /// The fault as a command reports it.
  public var commandError: CommandError {
    CommandError(
      code: isBrokenPipe ? "broken_pipe" : "write_failed", message: description, where: destination,
      expected: "all bytes written", found: systemMessage(number),
      remedy: number == ENOSPC ? "free some space and run the command again" : nil, exitCode: .inputOutput)
  }
}

/// The system's words for an `errno`.
public func systemMessage(_ number: Int32) -> String {
  withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
    guard strerror_r(number, buffer.baseAddress!, buffer.count) == 0 else { return "error \(number)" }
    return String(cString: buffer.baseAddress!)
  }
}

/// Writes all of `bytes`, resuming after partial writes and signals and waiting where the descriptor is non-blocking.
///
/// Blocks until the reader has taken the bytes. Gives the `errno` of the write that failed, or `nil` when all
/// is written.
func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32? {
  var rest = bytes
  while !rest.isEmpty {
    let count = write(descriptor, rest.baseAddress, rest.count)
    if count >= 0 {
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    } else if errno == EAGAIN {
      var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      poll(&request, 1, -1)
    } else if errno != EINTR {
      return errno
    }
  }
  return nil
}
