/// Values that go from one owner to another, oldest first, in storage that is used again. They are written where they wait
/// and moved out from there, because copying one costs as much as judging it.
@frozen
public struct ValueBuffer<Value>: ~Copyable {
  /// Values `first..<end` wait.
  @usableFromInline var memory: UnsafeMutablePointer<Value>
  @usableFromInline var capacity = 0
  @usableFromInline var first = 0
  @usableFromInline var end = 0

  /// Makes an empty buffer; it has no storage before it has a value.
  @inlinable
  public init() {
    // Never followed while the capacity is 0.
    memory = UnsafeMutablePointer(bitPattern: MemoryLayout<Value>.alignment).unsafelyUnwrapped
  }

  @inlinable
  deinit {
    removeStorage()
  }

  /// How many wait.
  @inlinable @inline(__always)
  public var count: Int { end &- first }
  /// Whether none waits.
  @inlinable @inline(__always)
  public var isEmpty: Bool { first == end }
  /// All of them, copied.
  @inlinable
  public var copies: [Value] { Array(UnsafeBufferPointer(start: memory + first, count: count)) }

  /// Uninitialized room for one more, which counts from ``keep()`` on.
  @inlinable @inline(__always)
  public mutating func room() -> UnsafeMutablePointer<Value> {
    if end == capacity { grow() }
    return memory + end
  }

  /// Counts the one that was written to ``room()``.
  @inlinable @inline(__always)
  public mutating func keep() { end &+= 1 }

  /// Adds one at the end.
  @inlinable @inline(__always)
  public mutating func append(_ value: consuming Value) {
    room().initialize(to: value)
    keep()
  }

  /// Adds some at the end.
  @inlinable
  public mutating func append(_ values: [Value]) {
    for value in values { append(value) }
  }

  /// Takes the one that was added first; there must be one.
  @inlinable @inline(__always)
  public mutating func removeFirst() -> Value {
    precondition(first < end)
    let place = memory + first
    first += 1
    if first == end { (first, end) = (0, 0) }
    return place.move()
  }

  /// Changes each where it lies.
  @inlinable
  public mutating func changeEach(_ change: (inout Value) -> Void) {
    for place in first..<end { change(&memory[place]) }
  }

  /// Forgets all of them.
  @inlinable @inline(__always)
  public mutating func removeAll() {
    if !isEmpty { forget() }
  }

  @inlinable
  mutating func forget() {
    // One by one, because the library's function for many asks each time how one is destroyed.
    while first < end {
      (memory + first).deinitialize(count: 1)
      first &+= 1
    }
    (first, end) = (0, 0)
  }

  @inlinable @inline(never)
  mutating func grow() {
    let larger = UnsafeMutablePointer<Value>.allocate(capacity: max(4, 2 * capacity))
    larger.moveInitialize(from: memory + first, count: count)
    if capacity > 0 { memory.deallocate() }
    (memory, capacity, first, end) = (larger, max(4, 2 * capacity), 0, count)
  }

  @inlinable
  func removeStorage() {
    guard capacity > 0 else { return }
    (memory + first).deinitialize(count: count)
    memory.deallocate()
  }
}

/// Signals that wait for the core, in the order they were raised.
public typealias SignalBuffer = ValueBuffer<SignalProposal>
/// Reports of a broker, in the order it told them.
public typealias ReportBuffer = ValueBuffer<OrderReport>
