/// Bars of one series as columns: the shape in which they are packed and unpacked.
///
/// A plain view of memory with one owner, who frees it.
struct BarColumns {
  /// Bars that fit: the size of a full block.
  static let capacity = 512

  let starts: UnsafeMutablePointer<Int64>
  /// Open, high, low, close, volume.
  let values:
    (
      UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>,
      UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>
    )

  /// Makes room for a block.
  init() {
    // One cache line apart from a power of two: else the same row of all columns, and of all series, would compete for
    // the same few places in the cache.
    let length = BarColumns.capacity * 8 + 64
    let memory = UnsafeMutableRawPointer.allocate(byteCount: 6 * length, alignment: 64)
    func column(_ index: Int) -> UnsafeMutablePointer<Double> {
      (memory + index * length).initializeMemory(as: Double.self, repeating: 0, count: BarColumns.capacity)
    }
    starts = memory.initializeMemory(as: Int64.self, repeating: 0, count: BarColumns.capacity)
    values = (column(1), column(2), column(3), column(4), column(5))
  }

  /// Frees the room.
  func deallocate() { UnsafeMutableRawPointer(starts).deallocate() }
}
