import BarStore
import Hashing

/// What is known of one symbol while files are read.
///
/// It lies at a fixed address, because the rows of a file change it one by one.
struct SeriesState: ~Copyable {
  let symbol: String
  /// Whether the caller wants its bars; else its rows are passed over.
  let isWanted: Bool
  private let bytes: UnsafeMutableRawBufferPointer
  private let length: Int

  /// The file its bars come from; -1: none yet.
  var file = -1
  /// The series whose row came after one of this series last time: a guess for the next row.
  var follower: UnsafeMutablePointer<SeriesState>?
  /// Bars accepted so far.
  var count = 0
  /// Rows refused because they were older than the row before.
  var unsorted = 0
  var firstStart: Int64 = 0
  var lastStart = Int64.min
  /// The close before: as digits, or as a double where these are too many.
  private var lastClose: Int64 = 0
  private var lastDecimals = 0
  private var otherClose = 0.0
  /// The smallest distance between two bars, nanoseconds.
  var smallestGap = Int64.max
  /// Whether every start is a midnight in UTC.
  var isDaily = true

  private static let day: Int64 = 86_400_000_000_000

  /// The block that is being filled; `nil` outside the file.
  private(set) var builder: UnsafeMutablePointer<BlockBuilder>?
  private var lastFlushed: Int64 = 0
  var blocks: [BlockStore.Place] = []
  private var hasher: BLAKE2b? = BLAKE2b()

  init(_ symbol: UnsafeRawBufferPointer, isWanted: Bool) {
    bytes = .allocate(byteCount: max(symbol.count, 1), alignment: 1)
    bytes.copyMemory(from: symbol)
    self.symbol = String(decoding: symbol, as: UTF8.self)
    self.isWanted = isWanted
    length = symbol.count
  }

  deinit {
    bytes.deallocate()
    builder?.deinitialize(count: 1).deallocate()
  }

  /// Makes room for bars.
  mutating func open() {
    let room = UnsafeMutablePointer<BlockBuilder>.allocate(capacity: 1)
    room.initialize(to: BlockBuilder())
    builder = room
  }

  /// Frees the room for bars, which is empty.
  mutating func close() {
    builder?.deinitialize(count: 1).deallocate()
    builder = nil
  }

  /// Whether these bytes are its symbol.
  @inline(__always) func matches(_ text: UnsafeRawBufferPointer) -> Bool {
    guard text.count == length else { return false }
    for index in 0..<length where text[index] != bytes[index] { return false }
    return true
  }

  /// Adds a bar that was judged, while there is room; true: the block is full now.
  @inline(__always) mutating func add(_ row: UnsafeMutablePointer<Row>) -> Bool {
    if count == 0 { firstStart = row.pointee.start }
    lastStart = row.pointee.start
    count &+= 1
    let builder = builder.unsafelyUnwrapped
    guard row.pointee.isWhole else { return addDoubles(row) }
    lastClose = row.pointee.close
    lastDecimals = row.pointee.decimals
    builder.pointee.append(
      start: row.pointee.start, open: row.pointee.open, high: row.pointee.high, low: row.pointee.low,
      close: row.pointee.close, volume: row.pointee.volume, decimals: row.pointee.decimals,
      volumeDecimals: row.pointee.volumeDecimals)
    return builder.pointee.isFull
  }

  @inline(never) private mutating func addDoubles(_ row: UnsafeMutablePointer<Row>) -> Bool {
    let bar = row.pointee.doubles
    let builder = builder.unsafelyUnwrapped
    lastDecimals = -1
    otherClose = bar.close
    builder.pointee.append(
      start: row.pointee.start, open: bar.open, high: bar.high, low: bar.low, close: bar.close, volume: bar.volume)
    return builder.pointee.isFull
  }

  /// The close before the present row; 0 before the first.
  var closeBefore: Double {
    lastDecimals < 0 ? otherClose : Double(lastClose) / PowersOfTen.double[lastDecimals]
  }

  /// Whether a row opens so far from the close before that it is looked at: beyond 69 % of it, up or down.
  ///
  /// It changes nothing, but would be given a copy of the state if it said so, which costs a fifth of the reading.
  @inline(__always) mutating func jumps(to row: UnsafeMutablePointer<Row>) -> Bool {
    guard row.pointee.isWhole, row.pointee.decimals == lastDecimals else { return jumpsFar(to: row) }
    let open = row.pointee.open
    return open &* 100 < lastClose &* 69 || lastClose &* 100 < open &* 69
  }

  @inline(never) private mutating func jumpsFar(to row: UnsafeMutablePointer<Row>) -> Bool {
    let (close, open) = (closeBefore, row.pointee.numbers.open)
    return open < close * 0.69 || close < open * 0.69
  }

  /// Packs the bars that are held and moves them to the store.
  mutating func flush(_ packed: UnsafeMutableRawPointer, _ store: BlockStore) {
    guard let builder, builder.pointee.count > 0 else { return }
    let filled = builder.pointee.count
    let isFirst = count == filled
    var before = isFirst ? builder.pointee.start(0) : lastFlushed
    for index in (isFirst ? 1 : 0)..<filled {
      let start = builder.pointee.start(index)
      smallestGap = min(smallestGap, start &- before)
      before = start
    }
    if isDaily { isDaily = (0..<filled).allSatisfy { builder.pointee.start($0) % SeriesState.day == 0 } }
    lastFlushed = before
    let block = builder.pointee.seal(at: packed)
    hasher?.update(block)
    blocks.append(store.append(block))
  }

  /// Whether each bar starts where the one before ends, when bars have a size.
  func isWithoutGaps(_ size: Int64) -> Bool {
    // The smallest distance as often as there are distances is the whole length only when all are equal.
    count < 2 || smallestGap == size && lastStart &- firstStart == smallestGap &* Int64(count - 1)
  }

  /// Ends the series and answers the hash of its bars.
  mutating func finish() -> [UInt8] { hasher.take()?.finalize().bytes ?? [] }
}
