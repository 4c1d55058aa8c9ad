/// A place in one series of a store: gives its blocks one after the other, unpacked.
public struct StoreCursor {
  private let file: BarStoreFile
  private let entry: Int
  private let blockCount: Int
  private let window: Int
  private var next = 0
  /// Bytes that were read and may still take memory.
  private var held = UnsafeRawBufferPointer(start: nil, count: 0)

  /// Begins before the first bar of the series at a place in ``BarStoreFile/series``.
  ///
  /// - Parameter window: how many bytes of the file may stay in memory behind the place.
  public init(_ file: BarStoreFile, series: Int, window: Int = 256 * 1024) {
    self.file = file
    self.window = window
    entry = series
    blockCount = file.entries[series].blocks.count
  }

  /// Goes back before the first bar.
  public mutating func rewind() { next = 0 }

  /// Unpacks the next block and answers how many bars it holds; 0: the end. Throws when the block is damaged.
  public mutating func load(into bars: BarColumns) throws(BarStoreError) -> Int {
    guard next < blockCount else {
      file.release(held)
      held = UnsafeRawBufferPointer(start: nil, count: 0)
      return 0
    }
    let bytes = try file.block(next, of: entry)
    guard let count = BlockReader.unpack(bytes, into: bars), count == file.barCount(next, of: entry),
      bars.start(0) == file.firstStart(next, of: entry)
    else {
      throw file.damage(
        next, of: entry, expected: "\(file.barCount(next, of: entry)) packed bars", found: "other bytes")
    }
    hold(bytes)
    next += 1
    return count
  }

  private mutating func hold(_ bytes: UnsafeRawBufferPointer) {
    if let start = held.baseAddress, let base = bytes.baseAddress, start + held.count == base {
      held = UnsafeRawBufferPointer(start: start, count: held.count + bytes.count)
    } else {
      file.release(held)
      held = bytes
    }
    guard held.count > window else { return }
    file.release(held)
    held = UnsafeRawBufferPointer(start: nil, count: 0)
  }
}
