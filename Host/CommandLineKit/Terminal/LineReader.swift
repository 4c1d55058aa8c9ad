import Glibc

/// What came of waiting for a line.
public enum LineInput: Equatable, Sendable {
  /// A whole line without its line end; at the end of the input also a last line that had none.
  case line(String)
  /// Nothing more will come.
  case endOfFile
  /// The time is up; what was typed of a line so far is kept for the next call.
  case timedOut
  /// A signal arrived, or the interrupt descriptor became readable.
  case interrupted
  /// A line that is not UTF-8; it has been taken.
  case invalidUTF8
  /// A line of more bytes than the limit; it has been taken whole.
  case tooLong(limit: Int)
  /// The descriptor cannot be read, with the `errno` that says why.
  case failed(errno: Int32)
}

/// Reads lines from a terminal, a pipe or a file, each within a time limit.
///
/// Lines end in LF or CRLF. The descriptors stay the caller's to close; nothing else may read from `descriptor`.
/// Not for several threads at once.
public final class LineReader {
  /// Where the line at the front of `pending` began.
  private enum Start { case here, beyondLimit, discarded }

  private let descriptor: Int32
  private let interrupt: Int32?
  private let limit: Int
  private let now: MonotonicClock
  private var pending: [UInt8] = []
  /// How much of `pending` is known to hold no line end.
  private var scanned = 0
  private var start = Start.here
  private var isAtEnd = false

  /// A reader that has read nothing yet.
  ///
  /// - Parameters:
  ///   - descriptor: where lines come from, such as 0.
  ///   - interrupt: a descriptor that ends any wait as soon as it is readable, such as the read end of a pipe that a
  ///     signal handler writes to. It is only looked at, never read.
  ///   - limit: the most bytes a line may have.
  ///   - now: the clock that time limits are measured with.
  public init(descriptor: Int32, interrupt: Int32? = nil, limit: Int = 4096, now: @escaping MonotonicClock) {
    self.descriptor = descriptor
    self.interrupt = interrupt
    self.limit = max(limit, 1)
    self.now = now
  }

  /// Waits for the next line, at most `timeout` nanoseconds; `nil` waits for ever and 0 not at all.
  public func next(timeout: UInt64?) -> LineInput {
    let began = now()
    var hasRead = false
    while true {
      if let result = takeLine() { return result }
      if isAtEnd { return takeRest() }
      var milliseconds: Int32 = -1
      if let timeout {
        let passed = now() &- began
        let left = passed < timeout ? timeout - passed : 0
        if left == 0 && hasRead { return .timedOut }
        milliseconds = Int32(min(left / 1_000_000 + (left % 1_000_000 > 0 ? 1 : 0), 86_400_000))
      }
      switch wait(milliseconds) {
      case nil:
        if let failure = fill() { return failure }
        hasRead = true
      case .timedOut?: if milliseconds == 0 { return .timedOut }
      case let other?: return other
      }
    }
  }

  /// Whether anything was typed, be it a part of a line, or the input has ended.
  public func hasInput() -> Bool { !pending.isEmpty || isAtEnd || wait(0) == nil }

  /// Drops what was typed so far, so that an answer to an old question never counts for a new one.
  ///
  /// Of a pipe or a file only what was read already is dropped, with the rest of the line it ends in.
  public func discardInput() {
    tcflush(descriptor, TCIFLUSH)
    if !pending.isEmpty {
      start = pending.last == UInt8(ascii: "\n") ? .here : .discarded
    } else if start == .beyondLimit {
      start = .discarded
    }
    pending.removeAll()
    scanned = 0
  }

  /// Polls once; `nil` when the descriptor can be read.
  private func wait(_ milliseconds: Int32) -> LineInput? {
    var requests = [pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)]
    if let interrupt { requests.append(pollfd(fd: interrupt, events: Int16(POLLIN), revents: 0)) }
    let count = poll(&requests, nfds_t(requests.count), milliseconds)
    if count < 0 { return errno == EINTR ? .interrupted : .failed(errno: errno) }
    if requests.count > 1, requests[1].revents != 0 { return .interrupted }
    if requests[0].revents & Int16(POLLNVAL) != 0 { return .failed(errno: EBADF) }
    return requests[0].revents != 0 ? nil : .timedOut
  }

  /// Reads what is there, once.
  private func fill() -> LineInput? {
    let (count, number) = withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { buffer in
      let count = read(descriptor, buffer.baseAddress, buffer.count)
      let number = errno
      if count > 0 { pending.append(contentsOf: buffer[..<count]) }
      return (count, number)
    }
    if count == 0 { isAtEnd = true }
    if count < 0, number != EAGAIN { return number == EINTR ? .interrupted : .failed(errno: number) }
    return nil
  }

  /// Takes the first whole line from what is pending.
  private func takeLine() -> LineInput? {
    while let end = pending[scanned...].firstIndex(of: UInt8(ascii: "\n")) {
      var line = pending[..<end]
      if line.last == UInt8(ascii: "\r") { line.removeLast() }
      let result = judged(line)
      pending.removeSubrange(...end)
      scanned = 0
      start = .here
      if let result { return result }
    }
    scanned = pending.count
    // One byte more than the limit may still be a carriage return.
    if pending.count > limit + 1 || start != .here {
      if start == .here { start = .beyondLimit }
      pending.removeAll()
      scanned = 0
    }
    return nil
  }

  /// Gives the last line, which has no line end, and after it the end.
  private func takeRest() -> LineInput {
    let result = pending.isEmpty && start == .here ? nil : judged(pending[...])
    pending.removeAll()
    scanned = 0
    start = .here
    return result ?? .endOfFile
  }

  /// What a complete line amounts to; `nil` when it was discarded.
  private func judged(_ line: ArraySlice<UInt8>) -> LineInput? {
    if start == .discarded { return nil }
    if start == .beyondLimit || line.count > limit { return .tooLong(limit: limit) }
    return String(validating: line, as: UTF8.self).map(LineInput.line) ?? .invalidUTF8
  }
}
