import PluginSDK
import TradingTypes

/// Long while a fast simple moving average of closes is above a slow one: the example strategy.
///
/// `cross` trades the crossing: it enters when the fast average was not above the slow one a bar ago and is now, and
/// leaves on the reverse. `level` trades the level: it enters whenever the fast average is above and nothing is held.
public struct SMACross: Strategy {
  /// What is traded.
  public enum Mode: String, CaseIterable, Sendable {
    /// The crossing.
    case cross
    /// The level.
    case level
  }

  let mode: Mode
  let quantity: Quantity
  let fast: Int
  let slow: Int
  var averages: [AveragePair] = []
  var positions: [Quantity] = []

  /// Reads `fast`, `slow`, `mode` and `quantity`.
  public init(host: HostServices) throws(PluginError) {
    let options = try host.options
    fast = try options.integer("fast", in: 1...AveragePair.longest)
    slow = try options.integer("slow", in: 2...AveragePair.longest)
    mode = try options.choice("mode")
    quantity = try options.decimal("quantity")
    guard fast < slow else { throw .option("fast", expected: "less than slow (\(slow))", found: "\(fast)") }
    guard quantity > .zero else { throw .option("quantity", expected: "above 0", found: "\(quantity)") }
  }

  public mutating func start(_ instruments: [Instrument], _ session: SessionStart) throws(PluginError) {
    averages = instruments.map { _ in AveragePair(fast: fast, slow: slow) }
    positions = instruments.map { _ in .zero }
  }

  public mutating func onBar(_ bar: Bar, _ context: borrowing StrategyContext) throws(PluginError) {
    let index = Int(bar.instrument.index)
    let before = averages[index].relation
    guard let now = try averages[index].add(bar.close) else { return }
    let isLong = positions[index] > .zero
    switch mode {
    case .level where now == .above && !isLong,
      .cross where now == .above && before != .above && before != nil && !isLong:
      raise(.enterLong(bar: bar), index, context)
    case .level where now != .above && isLong, .cross where now == .below && before != .below && isLong:
      raise(.exit(bar: bar), index, context)
    default: break
    }
  }

  public mutating func onFill(_ fill: Fill) { positions[Int(fill.instrument.index)] = fill.position }

  /// What fills left held of an instrument.
  public func held(_ instrument: InstrumentID) -> Quantity { positions[Int(instrument.index)] }

  private func raise(_ wish: Signal, _ index: Int, _ context: borrowing StrategyContext) {
    var signal = wish
    signal.ownQuantity = signal.action == .enterLong ? quantity : positions[index]
    signal.code = mode == .cross ? "sma_cross" : "sma_level"
    signal.fields = [
      .number("inputs", "sma_fast", averages[index].fastAverage),
      .number("inputs", "sma_slow", averages[index].slowAverage),
    ]
    context.raise(signal)
  }
}
