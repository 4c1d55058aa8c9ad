import Glibc
import Synchronization

extension ChildProcess {
  /// What a write came to.
  public enum WriteOutcome: Hashable, Sendable {
    /// So many bytes went in.
    case written(Int)
    /// The command read nothing in time.
    case busy
    /// The input is closed, or the command ended.
    case closed
  }

  /// What a read came to.
  public enum ReadOutcome: Hashable, Sendable {
    /// There were pieces.
    case pieces
    /// None came in time.
    case nothing
    /// It ended, and everything it wrote was passed on.
    case ended(Exit)
    /// Another thread is reading.
    case occupied
  }

  /// The most that one read passes on.
  private static let readLimit = 1 << 20

  /// Writes to the standard input; waits at most `timeout` nanoseconds for the command to read the first byte and then
  /// the rest. With `finish` the input is closed once everything is in.
  public func write(_ bytes: UnsafeRawBufferPointer, finish: Bool, timeout: Int64) -> WriteOutcome {
    let deadline = monotonicNanoseconds().addingReportingOverflow(timeout)
    return input.withLock { input in
      guard let descriptor = input else { return .closed }
      var written = 0
      while written < bytes.count {
        let rest = UnsafeRawBufferPointer(rebasing: bytes[written...])
        let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
        if count > 0 {
          written += count
        } else if errno == EAGAIN {
          let left = deadline.overflow ? Int32.max : milliseconds(until: deadline.partialValue)
          var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          guard left > 0, poll(&waiting, 1, left) > 0 else { return written > 0 ? .written(written) : .busy }
        } else if errno != EINTR {
          close(descriptor)
          input = nil
          return written > 0 ? .written(written) : .closed
        }
      }
      if finish {
        close(descriptor)
        input = nil
      }
      return .written(written)
    }
  }

  /// Passes on what the command wrote; waits at most `timeout` nanoseconds for the first piece or the end.
  public func read(timeout: Int64, _ pass: (_ stream: Int32, UnsafeRawBufferPointer) -> Void) -> ReadOutcome {
    let end = monotonicNanoseconds().addingReportingOverflow(timeout)
    let deadline = end.overflow ? Int64.max : end.partialValue
    let outcome: ReadOutcome? = outputs.withLockIfAvailable { outputs in
      while true {
        let isOver = hasExited
        // Whatever the command has left behind would keep its streams open.
        if isOver { stop(SIGKILL) }
        if drain(&outputs, pass) { return .pieces }
        // Closed streams say everything; open ones of a command that has ended belong to something that left its group.
        if isOver, let exit = reap(waits: false) { return .ended(exit) }
        let left = milliseconds(until: deadline)
        var waiting = outputs.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
        waiting.append(pollfd(fd: ending, events: Int16(POLLIN), revents: 0))
        guard left > 0 else { return .nothing }
        _ = poll(&waiting, nfds_t(waiting.count), left)
      }
    }
    return outcome ?? .occupied
  }

  /// Whether it has ended, told or not.
  private var hasExited: Bool {
    var waiting = pollfd(fd: ending, events: Int16(POLLIN), revents: 0)
    return poll(&waiting, 1, 0) > 0
  }

  /// Passes on what the streams hold, and closes those that ended; whether there was anything.
  private func drain(
    _ outputs: inout [(stream: Int32, descriptor: Int32)], _ pass: (Int32, UnsafeRawBufferPointer) -> Void
  ) -> Bool {
    var total = 0
    withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { room in
      for output in outputs {
        reading: while total < ChildProcess.readLimit {
          let count = Glibc.read(output.descriptor, room.baseAddress, room.count)
          switch count {
          case 1...:
            total += count
            pass(output.stream, UnsafeRawBufferPointer(rebasing: room[..<count]))
          case 0:
            close(output.descriptor)
            outputs.removeAll { $0.descriptor == output.descriptor }
            break reading
          default:
            if errno != EINTR { break reading }
          }
        }
      }
    }
    return total > 0
  }
}
