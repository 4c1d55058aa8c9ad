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
  var states = PerInstrument<SymbolState>()

  /// What the plugin offers; made here, so that the adapter takes ``onBar(_:_:)`` in.
  @inline(never) public static func role() -> PluginRole { .strategy(SMACross.self) }

  /// Reads `fast`, `slow`, `mode` and `quantity`.
  public init(host: HostServices) throws(PluginError) {
    let options = try host.options
    fast = try options.integer("fast", in: 1...RecentCloses.longest)
    slow = try options.integer("slow", in: 2...RecentCloses.longest)
    mode = try options.choice("mode")
    quantity = try options.decimal("quantity")
    guard fast < slow else { throw .option("fast", expected: "less than slow (\(slow))", found: "\(fast)") }
    guard quantity > .zero else { throw .option("quantity", expected: "above 0", found: "\(quantity)") }
  }

  public mutating func start(_ instruments: [Instrument], _ session: SessionStart) throws(PluginError) {
    states = PerInstrument(instruments) { _ in SymbolState(fast: fast, slow: slow) }
  }

  public mutating func onBar(_ bar: Bar, _ context: borrowing StrategyContext) throws(PluginError) {
    if try states[bar.instrument].isDue(after: bar.exactClose, mode) { raise(bar.instrument, context) }
  }

  public mutating func onFill(_ fill: Fill) { states[fill.instrument].position = fill.position }

  /// What fills left held of an instrument.
  public func held(_ instrument: InstrumentID) -> Quantity { states[instrument].position }

  /// Leaves what is held, or enters.
  @inline(never)
  private func raise(_ instrument: InstrumentID, _ context: borrowing StrategyContext) {
    guard let bar = context.bar else { return }
    let isLong = states[instrument].isLong
    var signal = Signal(.raised, isLong ? .exit : .enterLong, bar: bar)
    if isLong { signal.exitReason = .strategy }
    signal.ownQuantity = isLong ? states[instrument].position : quantity
    signal.code = mode == .cross ? "sma_cross" : "sma_level"
    context.raise(
      signal,
      explainedBy: [
        .number("inputs", "sma_fast", states[instrument].fastAverage),
        .number("inputs", "sma_slow", states[instrument].slowAverage),
      ])
  }
}
