/// Bars of one series as columns: the shape in which they are packed and unpacked.
///
/// A plain view of memory with one owner, who frees it.
@frozen
public struct BarColumns {
  /// Bars that fit: the size of a full block.
  public static let capacity = 512
  /// Bytes from one column to the next: one cache line apart from a power of two, else the same row of all columns, and
  /// of all series, would compete for the same few places in the cache.
  @usableFromInline static let distance = 512 * 8 + 64

  @usableFromInline let memory: UnsafeMutableRawPointer

  /// Makes room for a block; ``deallocate()`` frees it.
  public init() {
    memory = .allocate(byteCount: 6 * BarColumns.distance, alignment: 64)
    memory.initializeMemory(as: Int64.self, repeating: 0, count: 6 * BarColumns.distance / 8)
  }

  /// Frees the room.
  public func deallocate() { memory.deallocate() }

  /// The start of a bar, nanoseconds.
  @inlinable @inline(__always) public func start(_ index: Int) -> Int64 {
    memory.load(fromByteOffset: index &* 8, as: Int64.self)
  }

  /// First traded price of a bar.
  @inlinable @inline(__always) public func open(_ index: Int) -> Double { value(1, index) }
  /// Highest traded price of a bar.
  @inlinable @inline(__always) public func high(_ index: Int) -> Double { value(2, index) }
  /// Lowest traded price of a bar.
  @inlinable @inline(__always) public func low(_ index: Int) -> Double { value(3, index) }
  /// Last traded price of a bar.
  @inlinable @inline(__always) public func close(_ index: Int) -> Double { value(4, index) }
  /// Units traded in a bar.
  @inlinable @inline(__always) public func volume(_ index: Int) -> Double { value(5, index) }

  @inlinable @inline(__always) func value(_ column: Int, _ index: Int) -> Double {
    memory.load(fromByteOffset: column &* BarColumns.distance &+ index &* 8, as: Double.self)
  }

  @inline(__always) func set(_ column: Int, _ index: Int, _ value: Double) {
    memory.storeBytes(of: value, toByteOffset: column &* BarColumns.distance &+ index &* 8, as: Double.self)
  }

  /// A column as whole numbers or as the bits of its doubles: starts, open, high, low, close, volume from 0.
  @inline(__always) func numbers(_ column: Int) -> UnsafeMutablePointer<Int64> {
    (memory + column &* BarColumns.distance).assumingMemoryBound(to: Int64.self)
  }
}
