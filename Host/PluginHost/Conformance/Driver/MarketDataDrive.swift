import Glibc
import PluginHost
import TradingCore

internal import WharfABI

/// A source of market data, driven as a session does.
final class MarketDataDrive: Drive {
  private let table: UnsafePointer<wharf_market_data>
  /// Bars read in one walk: enough to judge, few enough to be quick.
  static let barLimit = 4096
  private static let canary = UInt8(0xA5)
  /// Whether a walk has read all bars.
  private var hasEnded = false

  /// What one call of `read` came to.
  struct Piece {
    var status: Int32
    var bars: [wharf_bar]
    /// What the source said, which may be more than there was room for.
    var count: UInt64
    /// Whether it wrote behind the room it was given.
    var isOverrun: Bool
  }

  init(_ table: UnsafePointer<wharf_market_data>, _ host: DriverHost) {
    self.table = table
    super.init(.marketData, host, create: table.pointee.create, destroy: table.pointee.destroy)
  }

  override func begin(_ market: CheckMarket) -> Int32 { open() }

  override func stepCount(_ market: CheckMarket) -> Int { 4 }

  override func feed(_ market: CheckMarket, _ place: Int) {
    if !hasEnded { hasEnded = read(256).status == Status.end }
  }

  override func conclude() {
    rewind()
    if isUsable { read(64) }
  }

  /// Opens the source for some symbols, or for all it has.
  @discardableResult
  func open(_ symbols: String = "") -> Int32 {
    lend("open") { arena in
      let (text, length) = arena.text(Array(symbols.utf8))
      return table.pointee.open(handle, text, length, sink())
    }
  }

  /// Reads the next bars.
  @discardableResult
  func read(_ capacity: Int) -> Piece {
    let guardCount = 2
    let room = UnsafeMutablePointer<wharf_bar>.allocate(capacity: capacity + guardCount)
    defer { room.deallocate() }
    let bytes = UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(start: room, count: capacity + guardCount))
    memset(bytes.baseAddress!, Int32(MarketDataDrive.canary), bytes.count)
    var count: UInt64 = 0
    let status = perform("read") { table.pointee.read(handle, room, UInt64(capacity), &count) }
    let behind = bytes[(capacity * MemoryLayout<wharf_bar>.size)...]
    let isOverrun = behind.contains { $0 != MarketDataDrive.canary }
    let written = status == Status.ok ? min(Int(clamping: count), capacity) : 0
    let bars = Array(UnsafeBufferPointer(start: room, count: written))
    take(.bars(count: count, hash: bars.reduce(0) { MarketDataDrive.mix($0, $1) }))
    return Piece(status: status, bars: bars, count: count, isOverrun: isOverrun)
  }

  /// Reads from where it is until the end or the limit.
  func readAll(_ capacity: Int, limit: Int = MarketDataDrive.barLimit) -> [wharf_bar] {
    var bars: [wharf_bar] = []
    while isUsable, bars.count < limit {
      let piece = read(min(capacity, limit - bars.count))
      guard piece.status == Status.ok, !piece.bars.isEmpty else { break }
      bars += piece.bars
    }
    return bars
  }

  /// Starts reading again.
  @discardableResult
  func rewind() -> Int32 { perform("rewind") { table.pointee.rewind(handle) } }

  /// The series that were reported.
  var series: [Series] { answers.compactMap { if case .series(let series) = $0 { series } else { nil } } }
  /// The fingerprints that were reported.
  var fingerprints: [[UInt8]] { answers.compactMap { if case .fingerprint(let bytes) = $0 { bytes } else { nil } } }

  private static func mix(_ hash: UInt64, _ bar: wharf_bar) -> UInt64 {
    withUnsafeBytes(of: bar) { bytes in
      bytes.bindMemory(to: UInt64.self).reduce(hash) { ($0 ^ $1) &* 0x9e37_79b9_7f4a_7c15 }
    }
  }

  private func sink() -> UnsafePointer<wharf_market_data_sink> {
    sinks.sink(wharf_market_data_sink()) { sink, context in
      sink.struct_size = UInt32(MemoryLayout<wharf_market_data_sink>.size)
      sink.context = context
      sink.series = { context, raw in
        guard let raw, let drive = SinkRing.drive(context, as: MarketDataDrive.self) else { return }
        drive.take(Answer.series) { () throws(AnswerReading.Refusal) in try AnswerReading.series(raw) }
      }
      sink.fault = { context, raw in
        guard let raw, let drive = SinkRing.drive(context, as: MarketDataDrive.self) else { return }
        drive.take(Answer.dataFault) { () throws(AnswerReading.Refusal) in try AnswerReading.fault(raw) }
      }
      sink.fingerprint = { context, bytes, length in
        guard let bytes, let drive = SinkRing.drive(context, as: MarketDataDrive.self) else { return }
        drive.take(.fingerprint(Array(UnsafeBufferPointer(start: bytes, count: Int(clamping: min(length, 4096))))))
      }
    }
  }
}
