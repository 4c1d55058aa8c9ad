/// Signals that wait for the core, oldest first. They are written where they wait and moved out from there, because copying
/// one costs as much as judging it.
@frozen
public struct SignalBuffer: ~Copyable {
  /// Signals `first..<end` wait.
  @usableFromInline var memory: UnsafeMutablePointer<SignalProposal>
  @usableFromInline var capacity = 4
  @usableFromInline var first = 0
  @usableFromInline var end = 0

  /// Makes an empty buffer.
  public init() { memory = .allocate(capacity: capacity) }

  deinit {
    (memory + first).deinitialize(count: end - first)
    memory.deallocate()
  }

  /// How many wait.
  @inlinable @inline(__always)
  public var count: Int { end &- first }
  /// Whether none waits.
  @inlinable @inline(__always)
  public var isEmpty: Bool { first == end }
  /// All of them, copied.
  public var copies: [SignalProposal] { Array(UnsafeBufferPointer(start: memory + first, count: count)) }

  /// Uninitialized room for one more, which counts from ``keep()`` on.
  @inlinable @inline(__always)
  public mutating func room() -> UnsafeMutablePointer<SignalProposal> {
    if end == capacity { grow() }
    return memory + end
  }

  /// Counts the one that was written to ``room()``.
  @inlinable @inline(__always)
  public mutating func keep() { end &+= 1 }

  /// Adds some at the end.
  public mutating func append(_ signals: [SignalProposal]) {
    for signal in signals {
      room().initialize(to: signal)
      keep()
    }
  }

  /// Takes the one that was added first; there must be one.
  @inlinable @inline(__always)
  public mutating func removeFirst() -> SignalProposal {
    precondition(first < end)
    let place = memory + first
    first += 1
    if first == end { (first, end) = (0, 0) }
    return place.move()
  }

  /// Changes each where it lies.
  public mutating func changeEach(_ change: (inout SignalProposal) -> Void) {
    for place in first..<end { change(&memory[place]) }
  }

  /// Forgets all of them.
  @inlinable @inline(__always)
  public mutating func removeAll() {
    if !isEmpty { forget() }
  }

  @usableFromInline mutating func forget() {
    (memory + first).deinitialize(count: count)
    (first, end) = (0, 0)
  }

  @usableFromInline @inline(never)
  mutating func grow() {
    let larger = UnsafeMutablePointer<SignalProposal>.allocate(capacity: 2 * capacity)
    larger.moveInitialize(from: memory + first, count: count)
    memory.deallocate()
    (memory, capacity, first, end) = (larger, 2 * capacity, 0, count)
  }
}
