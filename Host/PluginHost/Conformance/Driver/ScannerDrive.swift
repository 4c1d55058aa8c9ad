import PluginHost

internal import WharfABI

/// A scanner, driven as a session does.
final class ScannerDrive: Drive, BarTaking {
  private let table: UnsafePointer<wharf_scanner>
  /// Whether it has the function that may be null.
  var evaluates: Bool { table.pointee.evaluate != nil }

  init(_ table: UnsafePointer<wharf_scanner>, _ host: DriverHost) {
    self.table = table
    super.init(.scanner, host, create: table.pointee.create, destroy: table.pointee.destroy)
  }

  override func begin(_ market: CheckMarket) -> Int32 { start(market) { table.pointee.start($0, $1) } }

  override func stepCount(_ market: CheckMarket) -> Int { market.bars.count }

  override func feed(_ market: CheckMarket, _ place: Int) {
    market.lend(place) { _ = offer($0) }
    if isUsable, market.completesInstant(place) { evaluate(at: market.bars[place].end) }
  }

  override func conclude() { finish() }

  /// Offers a finished bar.
  @discardableResult
  func offer(_ bar: UnsafePointer<wharf_bar>) -> Int32 {
    host.advance(to: bar.pointee.end)
    return offer("on_bar", bar) { table.pointee.on_bar(handle, $0, sink()) }
  }

  /// Offers a finished bar.
  @discardableResult
  func offer(_ bar: wharf_bar) -> Int32 { withUnsafePointer(to: bar) { offer($0) } }

  /// Tells that all bars of an instant are in; `nil` when the scanner does not want to know.
  @discardableResult
  func evaluate(at time: Int64) -> Int32? {
    guard let evaluate = table.pointee.evaluate else { return nil }
    host.advance(to: time)
    return perform("evaluate") { evaluate(handle, time, sink()) }
  }

  /// Tells that no more bars will come; `nil` when the scanner does not want to know.
  @discardableResult
  func finish() -> Int32? {
    guard let finish = table.pointee.finish else { return nil }
    return perform("finish") { finish(handle, sink()) }
  }

  private func sink() -> UnsafePointer<wharf_observation_sink> {
    sinks.sink(wharf_observation_sink()) { sink, context in
      sink.struct_size = UInt32(MemoryLayout<wharf_observation_sink>.size)
      sink.context = context
      sink.observation = { context, raw in
        guard let raw, let drive = SinkRing.drive(context, as: ScannerDrive.self) else { return }
        drive.take(Answer.observation) { () throws(AnswerReading.Refusal) in
          try AnswerReading.observation(raw, instrumentCount: drive.instrumentCount)
        }
      }
    }
  }
}
