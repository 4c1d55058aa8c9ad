import PluginSDK
import TradingTypes

/// A place in one series, with the block around it unpacked.
struct SeriesCursor {
  private let barNanoseconds: Int64
  private let blocks: [BlockStore.Place]
  private var columns: BarColumns?
  private var index = 0
  private var count = 0
  private var nextBlock = 0

  init(_ series: LoadedSeries) {
    blocks = series.blocks
    barNanoseconds = Int64(series.series.barSeconds) * 1_000_000_000
  }

  /// Frees the unpacked block.
  mutating func deallocate() {
    columns?.deallocate()
    columns = nil
  }

  /// Goes back before the first bar.
  mutating func rewind() {
    index = 0
    count = 0
    nextBlock = 0
  }

  /// Start of the present bar.
  @inline(__always) var start: Int64 { columns.unsafelyUnwrapped.starts[index] }

  /// The present bar, of an instrument.
  @inline(__always) func bar(_ instrument: InstrumentID) -> Bar {
    let values = columns.unsafelyUnwrapped.values
    let start = start
    return Bar(
      start: Timestamp(nanoseconds: start), end: Timestamp(nanoseconds: start &+ barNanoseconds),
      open: values.0[index], high: values.1[index], low: values.2[index], close: values.3[index],
      volume: values.4[index], instrument: instrument)
  }

  /// Moves to the next bar; false: there is none in this block.
  @inline(__always) mutating func step() -> Bool {
    index &+= 1
    return index < count
  }

  /// Unpacks the next block; false: there is none, or it could not be read.
  @inline(never) mutating func load(
    _ store: BlockStore, _ codec: BlockCodec, _ scratch: UnsafeMutableRawPointer
  ) throws(RowFault) -> Bool {
    guard nextBlock < blocks.count else { return false }
    let room = columns ?? BarColumns()
    columns = room
    guard let block = store.read(blocks[nextBlock], scratch: scratch) else {
      throw RowFault(.unreadable, "expected packed bars in the temporary file, found that it cannot be read")
    }
    count = codec.unpack(block, into: room)
    index = 0
    nextBlock += 1
    return true
  }
}
