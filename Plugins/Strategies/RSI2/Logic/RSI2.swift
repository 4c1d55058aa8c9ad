import PluginSDK
import TradingTypes

/// Buys a short fall within a long rise: an example strategy that reverts to the mean.
///
/// It enters whenever nothing is held, RSI(2) is below `entry_below` and the close is above its average of `trend` bars,
/// and leaves when RSI(2) is above `exit_above`. Source of the idea: Connors and Alvarez 2008.
public struct RSI2: Strategy {
  let entryBelow: RSIThreshold
  let exitAbove: RSIThreshold
  let trend: Int
  let quantity: Quantity
  var states = PerInstrument<SymbolState>()

  /// What the plugin offers; made here, so that the adapter takes ``onBar(_:_:)`` in.
  @inline(never) public static func role() -> PluginRole { .strategy(RSI2.self) }

  /// Reads `entry_below`, `exit_above`, `trend` and `quantity`.
  public init(host: HostServices) throws(PluginError) {
    let options = try host.options
    entryBelow = try RSI2.threshold("entry_below", options)
    exitAbove = try RSI2.threshold("exit_above", options)
    trend = try options.integer("trend", in: 1...RecentCloses.longest)
    quantity = try options.decimal("quantity")
    guard quantity > .zero else { throw .option("quantity", expected: "above 0", found: "\(quantity)") }
  }

  public mutating func start(_ instruments: [Instrument], _ session: SessionStart) throws(PluginError) {
    states = PerInstrument(instruments) { _ in SymbolState(trend: trend) }
  }

  public mutating func onBar(_ bar: Bar, _ context: borrowing StrategyContext) throws(PluginError) {
    if try states[bar.instrument].isDue(after: bar.exactClose, entryBelow, exitAbove) {
      raise(bar.instrument, context)
    }
  }

  public mutating func onFill(_ fill: Fill) { states[fill.instrument].position = fill.position }

  /// Leaves what is held, or enters.
  @inline(never)
  private func raise(_ instrument: InstrumentID, _ context: borrowing StrategyContext) {
    guard let bar = context.bar else { return }
    let isLong = states[instrument].isLong
    var signal = Signal(.raised, isLong ? .exit : .enterLong, bar: bar)
    if isLong { signal.exitReason = .strategy }
    signal.ownQuantity = isLong ? states[instrument].position : quantity
    signal.code = "rsi2"
    context.raise(
      signal,
      explainedBy: [
        .number("inputs", "rsi2", states[instrument].index), .number("inputs", "sma", states[instrument].average),
      ])
  }

  private static func threshold(_ name: String, _ options: Options) throws(PluginError) -> RSIThreshold {
    let percent: Price = try options.decimal(name)
    guard let threshold = RSIThreshold(percentNanos: percent.nanos) else {
      throw .option(name, expected: "0 to 100", found: "\(percent)")
    }
    return threshold
  }
}
