/// Values looked at and changed where they lie: no copy, no object for each, no counting of references. What is large
/// is best a type that cannot be copied, because the compiler likes to copy a whole to look at a part.
///
/// Sendable where its values are: the memory belongs to one pool, which cannot be copied.
struct Pool<Element: ~Copyable & Sendable>: ~Copyable, @unchecked Sendable {
  private var memory: UnsafeMutablePointer<Element>
  private var capacity = 8
  private(set) var count = 0

  init() { memory = .allocate(capacity: capacity) }

  deinit {
    memory.deinitialize(count: count)
    memory.deallocate()
  }

  @inline(__always) var isEmpty: Bool { count == 0 }
  @inline(__always) var indices: Range<Int> { 0..<count }

  @inline(__always)
  subscript(_ index: Int) -> Element {
    unsafeAddress {
      precondition(index >= 0 && index < count)
      return UnsafePointer(memory + index)
    }
    unsafeMutableAddress {
      precondition(index >= 0 && index < count)
      return memory + index
    }
  }

  /// Adds a value at the end.
  mutating func append(_ element: consuming Element) {
    if count == capacity { grow() }
    (memory + count).initialize(to: element)
    count += 1
  }

  /// Takes a value out; those behind it move up.
  mutating func remove(at index: Int) {
    precondition(index >= 0 && index < count)
    (memory + index).deinitialize(count: 1)
    (memory + index).moveInitialize(from: memory + index + 1, count: count - index - 1)
    count -= 1
  }

  @inline(never)
  private mutating func grow() {
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: 2 * capacity)
    larger.moveInitialize(from: memory, count: count)
    memory.deallocate()
    (memory, capacity) = (larger, 2 * capacity)
  }
}
