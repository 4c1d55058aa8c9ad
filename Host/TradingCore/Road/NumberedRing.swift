/// Values with numbers that count up from 1, of which the oldest are dropped. None moves when others come or go.
///
/// Sendable where its values are: the memory belongs to one ring, which cannot be copied.
struct NumberedRing<Element: ~Copyable & Sendable>: ~Copyable, @unchecked Sendable {
  private var memory: UnsafeMutablePointer<Element>
  /// One less than how many there is room for, which is a power of two.
  private var mask: UInt64 = 7
  /// The number of the oldest value.
  private(set) var first: UInt64 = 1
  /// The number that the next value gets.
  private(set) var next: UInt64 = 1

  init() { memory = .allocate(capacity: Int(mask + 1)) }

  deinit {
    for number in first..<next { place(of: number).deinitialize(count: 1) }
    memory.deallocate()
  }

  @inline(__always) var count: Int { Int(truncatingIfNeeded: next &- first) }

  @inline(__always)
  func contains(_ number: UInt64) -> Bool { number &- first < next &- first }

  @inline(__always)
  subscript(_ number: UInt64) -> Element {
    unsafeAddress {
      precondition(contains(number))
      return UnsafePointer(place(of: number))
    }
    unsafeMutableAddress {
      precondition(contains(number))
      return place(of: number)
    }
  }

  /// Adds a value behind all others.
  @inline(__always)
  mutating func append(_ element: consuming Element) {
    if next &- first > mask { grow() }
    place(of: next).initialize(to: element)
    next &+= 1
  }

  /// Drops the oldest value; there must be one.
  mutating func removeFirst() {
    precondition(first < next)
    place(of: first).deinitialize(count: 1)
    first &+= 1
  }

  @inline(__always)
  private func place(of number: UInt64) -> UnsafeMutablePointer<Element> {
    memory + Int(truncatingIfNeeded: number & mask)
  }

  @inline(never)
  private mutating func grow() {
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: 2 * Int(mask + 1))
    let largerMask = 2 * mask + 1
    for number in first..<next {
      (larger + Int(number & largerMask)).moveInitialize(from: place(of: number), count: 1)
    }
    memory.deallocate()
    (memory, mask) = (larger, largerMask)
  }
}
