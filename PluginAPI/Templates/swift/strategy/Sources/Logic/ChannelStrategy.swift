import PluginSDK
import TradingTypes

/// Buys when a close is above the highest close of the last `window` bars, sells when one is below the lowest.
public struct ChannelStrategy: Strategy {
  private struct Channel {
    /// The last closes, in a ring.
    var closes: [Double]
    var seen = 0
    var lastEnd = Timestamp.distantPast
    /// What fills left held.
    var position = Quantity.zero
  }

  private let window: Int
  private let quantity: Quantity
  private var session = SessionStart()
  private var channels = PerInstrument<Channel>()

  /// Reads `window` and `quantity`.
  public init(host: HostServices) throws(PluginError) {
    let options = try host.options
    window = try options.integer("window", in: 2...500)
    quantity = try options.decimal("quantity")
    guard quantity > .zero else { throw .option("quantity", expected: "above 0", found: "\(quantity)") }
  }

  public mutating func start(_ instruments: [Instrument], _ session: SessionStart) throws(PluginError) {
    guard channels.count == 0 else { throw PluginError(.invalid, "start: expected once, found a second call") }
    self.session = session
    let closes = [Double](repeating: 0, count: window)
    channels = PerInstrument(instruments) { _ in Channel(closes: closes) }
  }

  public mutating func onBar(_ bar: Bar, _ context: borrowing StrategyContext) throws(PluginError) {
    // A bar that was offered before counts once.
    guard bar.end > channels[bar.instrument].lastEnd else { return }
    channels[bar.instrument].lastEnd = bar.end
    let closes = channels[bar.instrument].closes
    let (highest, lowest) = (closes.max() ?? 0, closes.min() ?? 0)
    channels[bar.instrument].closes[channels[bar.instrument].seen % window] = bar.close
    channels[bar.instrument].seen += 1
    guard channels[bar.instrument].seen > window, bar.end >= session.decideFrom else { return }

    let position = channels[bar.instrument].position
    let isHeld = position > .zero
    let isDue = isHeld ? bar.close < lowest : bar.close > highest
    guard isDue || session.explain else { return }
    var signal = Signal(isDue ? .raised : .evaluated, isHeld ? .exit : .enterLong, bar: bar)
    if isHeld { signal.exitReason = .strategy }
    signal.ownQuantity = isHeld ? position : quantity
    signal.checks = [Check("channel", .bar, passed: isDue, value: bar.close, limit: isHeld ? lowest : highest)]
    context.raise(signal)
  }

  public mutating func onFill(_ fill: Fill) throws(PluginError) {
    // The host's word, also after a partial fill.
    channels[fill.instrument].position = fill.position
  }
}
