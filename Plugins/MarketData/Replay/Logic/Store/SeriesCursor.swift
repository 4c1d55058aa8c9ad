import BarStore
import PluginSDK
import TradingTypes

/// A place in one series, with the block around it unpacked.
struct SeriesCursor {
  private enum Blocks {
    case packed([BlockStore.Place], next: Int)
    case stored(StoreCursor)
  }

  private let barNanoseconds: Int64
  private var blocks: Blocks
  private var columns: BarColumns?
  private var index = 0
  private var count = 0

  /// - Parameter window: how many bytes of a bar store may stay in memory behind the place.
  init(_ series: LoadedSeries, window: Int) {
    barNanoseconds = Int64(series.series.barSeconds) * 1_000_000_000
    switch series.blocks {
    case .packed(let places): blocks = .packed(places, next: 0)
    case .stored(let file, let index): blocks = .stored(StoreCursor(file, series: index, window: window))
    }
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
    switch blocks {
    case .packed(let places, _): blocks = .packed(places, next: 0)
    case .stored(var cursor):
      cursor.rewind()
      blocks = .stored(cursor)
    }
  }

  /// Start of the present bar.
  @inline(__always) var start: Int64 { columns.unsafelyUnwrapped.start(index) }

  /// The present bar, of an instrument.
  @inline(__always) func bar(_ instrument: InstrumentID) -> Bar {
    let columns = columns.unsafelyUnwrapped
    let start = columns.start(index)
    return Bar(
      start: Timestamp(nanoseconds: start), end: Timestamp(nanoseconds: start &+ barNanoseconds),
      open: columns.open(index), high: columns.high(index), low: columns.low(index), close: columns.close(index),
      volume: columns.volume(index), instrument: instrument)
  }

  /// Moves to the next bar; false: there is none in this block.
  @inline(__always) mutating func step() -> Bool {
    index &+= 1
    return index < count
  }

  /// Whether no bar of the block is left.
  @inline(__always) var isAtEndOfBlock: Bool { index == count }

  /// Appends the rest of the block, as instrument 0, as far as there is room.
  mutating func append(to writer: inout BarWriter) {
    let columns = columns.unsafelyUnwrapped
    let end = min(count, index &+ (writer.capacity &- writer.count))
    for index in index..<end {
      let start = columns.start(index)
      writer.append(
        Bar(
          start: Timestamp(nanoseconds: start), end: Timestamp(nanoseconds: start &+ barNanoseconds),
          open: columns.open(index), high: columns.high(index), low: columns.low(index), close: columns.close(index),
          volume: columns.volume(index), instrument: InstrumentID(0)))
    }
    index = end
  }

  /// Unpacks the next block; false: there is none. Throws when it cannot be read.
  @inline(never) mutating func load(
    _ store: BlockStore, _ scratch: UnsafeMutableRawPointer
  ) throws(RowFault) -> Bool {
    let room = columns ?? BarColumns()
    columns = room
    index = 0
    switch blocks {
    case .packed(let places, let next):
      guard next < places.count else {
        count = 0
        return false
      }
      let place = places[next]
      guard let block = store.read(place, scratch: scratch),
        let unpacked = BlockReader.unpack(UnsafeRawBufferPointer(start: block, count: Int(place.length)), into: room)
      else {
        throw RowFault(.unreadable, "expected packed bars in the temporary file, found that it cannot be read")
      }
      count = unpacked
      blocks = .packed(places, next: next + 1)
    case .stored(var cursor):
      do throws(BarStoreError) {
        count = try cursor.load(into: room)
      } catch {
        throw RowFault(.storeDamaged, error.description)
      }
      blocks = .stored(cursor)
    }
    return count > 0
  }
}
