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
  var lastClose = 0.0
  /// The smallest distance between two bars, nanoseconds.
  var smallestGap = Int64.max
  /// Whether every start is a midnight in UTC.
  var isDaily = true

  /// The block that is being filled; `nil` outside the file.
  var columns: BarColumns?
  var filled = 0
  var decimals = 0
  var volumeDecimals = 0
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
    columns?.deallocate()
  }

  /// Whether these bytes are its symbol.
  @inline(__always) func matches(_ text: UnsafeRawBufferPointer) -> Bool {
    guard text.count == length else { return false }
    for index in 0..<length where text[index] != bytes[index] { return false }
    return true
  }

  /// Adds a bar that was judged, while there is room.
  @inline(__always) mutating func add(_ row: borrowing Row) {
    guard let columns else { return }
    if count == 0 { firstStart = row.start }
    columns.starts[filled] = row.start
    columns.values.0[filled] = row.open
    columns.values.1[filled] = row.high
    columns.values.2[filled] = row.low
    columns.values.3[filled] = row.close
    columns.values.4[filled] = row.volume
    decimals = max(decimals, row.decimals)
    volumeDecimals = max(volumeDecimals, row.volumeDecimals)
    lastStart = row.start
    lastClose = row.close
    filled &+= 1
    count &+= 1
  }

  /// Packs the bars that are held and moves them to the store.
  mutating func flush(_ codec: BlockCodec, _ store: BlockStore) {
    guard filled > 0, let columns else { return }
    let starts = columns.starts
    var before = count == filled ? starts[0] : lastFlushed
    for index in (count == filled ? 1 : 0)..<filled {
      smallestGap = min(smallestGap, starts[index] &- before)
      before = starts[index]
    }
    if isDaily { isDaily = (0..<filled).allSatisfy { starts[$0] % 86_400_000_000_000 == 0 } }
    lastFlushed = before
    let block = codec.pack(columns, filled, decimals: decimals, volumeDecimals: volumeDecimals)
    hasher?.update(block)
    blocks.append(store.append(block))
    filled = 0
    decimals = 0
    volumeDecimals = 0
  }

  /// Ends the series and answers the hash of its bars.
  mutating func finish() -> [UInt8] { hasher.take()?.finalize().bytes ?? [] }
}
