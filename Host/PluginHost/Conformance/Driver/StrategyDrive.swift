import PluginHost
import TradingCore
import TradingTypes

internal import WharfABI

/// A strategy, driven as a session does: its signals are approved and filled at the next open.
final class StrategyDrive: BarDrive {
  private let table: UnsafePointer<wharf_strategy>
  /// Whether it has the functions that may be null.
  var rechecks: Bool { table.pointee.recheck != nil }
  var takesFills: Bool { table.pointee.on_fill != nil }

  /// Approved signals that wait for the next open, by instrument.
  private var waiting: [UInt32: SignalProposal] = [:]
  /// What is held and the signal it came from, by instrument.
  private var positions: [UInt32: (quantity: Int64, signalBar: Int64)] = [:]

  init(_ table: UnsafePointer<wharf_strategy>, _ host: DriverHost) {
    self.table = table
    super.init(.strategy, host, create: table.pointee.create, destroy: table.pointee.destroy)
  }

  override func begin(_ market: CheckMarket) -> Int32 { start(market) { table.pointee.start($0, $1) } }

  override func onBar(_ bar: UnsafePointer<wharf_bar>) -> Int32 { table.pointee.on_bar(handle, bar, sink()) }

  override var evaluation: ((Int64) -> Int32)? {
    table.pointee.evaluate.map { evaluate in { evaluate(self.handle, $0, self.sink()) } }
  }

  override func willOffer(_ bar: UnsafePointer<wharf_bar>) { enter(at: bar) }

  /// Asks whether a signal still stands; `nil` when the strategy has no such check.
  @discardableResult
  func recheck(_ instrument: UInt32, barTime: Int64, price: Int64) -> Int32? {
    guard let recheck = table.pointee.recheck else { return nil }
    var request = wharf_recheck()
    request.struct_size = UInt32(MemoryLayout<wharf_recheck>.size)
    request.instrument = instrument
    request.bar_time = barTime
    request.now = host.now
    request.price = price
    request.quote_time = host.now
    return lend("recheck") { recheck(handle, $0.value(request), checkSink()) }
  }

  /// Tells of a fill; `nil` when the strategy does not want to know.
  @discardableResult
  func fill(
    _ instrument: UInt32, side: Int32, exitReason: Int32, signalBar: Int64, price: Int64, quantity: Int64,
    position: Int64
  ) -> Int32? {
    guard let onFill = table.pointee.on_fill else { return nil }
    var fill = wharf_fill()
    fill.struct_size = UInt32(MemoryLayout<wharf_fill>.size)
    fill.instrument = instrument
    fill.side = side
    fill.exit_reason = exitReason
    fill.signal_bar = signalBar
    fill.time = host.now
    fill.price = price
    fill.quantity = quantity
    fill.position = position
    return lend("on_fill") { onFill(handle, $0.value(fill)) }
  }

  /// Fills what waits for the open of a bar.
  private func enter(at bar: UnsafePointer<wharf_bar>) {
    let instrument = bar.pointee.instrument
    guard let signal = waiting.removeValue(forKey: instrument), let price = nanos(bar.pointee.open) else { return }
    let isEntry = signal.action == .enterLong
    let held = positions[instrument]
    guard isEntry == (held == nil) else { return }
    host.advance(to: bar.pointee.end - CheckMarket.sessionLength)
    recheck(instrument, barTime: signal.barTime.nanoseconds, price: price)
    let quantity = held?.quantity ?? (signal.quantity.nanos > 0 ? signal.quantity.nanos : 10 * CheckMarket.second)
    let signalBar = held?.signalBar ?? signal.barTime.nanoseconds
    positions[instrument] = isEntry ? (quantity, signalBar) : nil
    host.with {
      $0.holdings[instrument] =
        isEntry
        ? DriverHost.Holding(flags: UInt32(WHARF_HAS_POSITION), quantity: quantity, averagePrice: price) : nil
    }
    fill(
      instrument, side: Int32(isEntry ? WHARF_SIDE_BUY : WHARF_SIDE_SELL),
      exitReason: isEntry ? 0 : Int32(WHARF_EXIT_STRATEGY), signalBar: signalBar, price: price, quantity: quantity,
      position: isEntry ? quantity : 0)
  }

  private func nanos(_ price: Double) -> Int64? { Int64(exactly: (price * 1e9).rounded()) }

  private func sink() -> UnsafePointer<wharf_strategy_sink> {
    sinks.sink(wharf_strategy_sink()) { sink, context in
      sink.struct_size = UInt32(MemoryLayout<wharf_strategy_sink>.size)
      sink.context = context
      sink.signal = { context, raw in
        guard let raw, let drive = SinkRing.drive(context, as: StrategyDrive.self) else { return }
        drive.take(raw)
      }
      sink.virtual_trade = { context, raw in
        guard let raw, let drive = SinkRing.drive(context, as: StrategyDrive.self) else { return }
        drive.take(Answer.virtualTrade) { () throws(AnswerReading.Refusal) in
          try AnswerReading.virtualTrade(raw, instrumentCount: drive.instrumentCount)
        }
      }
    }
  }

  private func checkSink() -> UnsafePointer<wharf_check_sink> {
    sinks.sink(wharf_check_sink()) { sink, context in
      sink.struct_size = UInt32(MemoryLayout<wharf_check_sink>.size)
      sink.context = context
      sink.check = { context, raw in
        guard let raw, let drive = SinkRing.drive(context, as: StrategyDrive.self) else { return }
        drive.take(Answer.check) { () throws(AnswerReading.Refusal) in try AnswerReading.check(raw) }
      }
    }
  }

  private func take(_ raw: UnsafePointer<wharf_signal>) {
    take(Answer.signal) { () throws(AnswerReading.Refusal) in
      let signal = try AnswerReading.signal(raw, instrumentCount: instrumentCount)
      if signal.verdict == .raised { waiting[raw.pointee.instrument] = signal }
      return signal
    }
  }
}
