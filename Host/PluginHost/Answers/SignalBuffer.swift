import TradingCore

/// Signals that wait for the host. They are written where they wait and moved out from there, because copying one costs as
/// much as judging it.
struct SignalBuffer: ~Copyable {
  private(set) var count = 0
  private var capacity = 4
  private var memory = UnsafeMutablePointer<SignalProposal>.allocate(capacity: 4)

  deinit {
    memory.deinitialize(count: count)
    memory.deallocate()
  }

  /// All of them, copied.
  var copies: [SignalProposal] { Array(UnsafeBufferPointer(start: memory, count: count)) }

  /// Uninitialized room for one more, which counts from ``keep()`` on.
  @inline(__always)
  mutating func room() -> UnsafeMutablePointer<SignalProposal> {
    if count == capacity { grow() }
    return memory + count
  }

  /// Counts the one that was written to ``room()``.
  @inline(__always)
  mutating func keep() { count += 1 }

  /// Adds some at the end.
  mutating func append(_ signals: [SignalProposal]) {
    for signal in signals {
      room().initialize(to: signal)
      keep()
    }
  }

  /// Hands out all of them in their order, and keeps none.
  mutating func handOut(_ take: (SignalProposal) throws -> Void) rethrows {
    let waiting = count
    count = 0
    for place in 0..<waiting {
      do {
        let signal = (memory + place).move()
        try take(signal)
      } catch {
        (memory + place + 1).deinitialize(count: waiting - place - 1)
        throw error
      }
    }
  }

  /// Forgets all of them.
  mutating func removeAll() {
    memory.deinitialize(count: count)
    count = 0
  }

  @inline(never)
  private mutating func grow() {
    let larger = UnsafeMutablePointer<SignalProposal>.allocate(capacity: 2 * capacity)
    larger.moveInitialize(from: memory, count: count)
    memory.deallocate()
    (memory, capacity) = (larger, 2 * capacity)
  }
}
