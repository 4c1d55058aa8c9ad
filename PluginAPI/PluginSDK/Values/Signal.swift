import TradingTypes

/// A wish to trade, which the host ranks, checks, has approved, sizes and sends; or a candidate that failed.
///
/// Start from ``enterLong(bar:)``, ``exit(bar:reason:)`` or ``init(_:_:bar:)`` and set what else is known.
public struct Signal: Hashable, Sendable {
  /// What the strategy concluded.
  public enum Verdict: Int32, Hashable, Sendable, CaseIterable {
    /// Act on it.
    case raised = 1
    /// A candidate that failed; recorded with its numbers, never acted upon.
    case refused = 2
    /// No candidate; only sent while ``SessionStart/explain`` is set.
    case evaluated = 3
  }

  /// What the signal wants.
  public enum Action: Int32, Hashable, Sendable, CaseIterable {
    /// Open a long position.
    case enterLong = 1
    /// Close the strategy's position in the instrument.
    case exit = 2
  }

  /// Whose signal it is.
  public var instrument: InstrumentID
  /// What the strategy concluded.
  public var verdict: Verdict
  /// What it wants.
  public var action: Action
  /// `market` or `limit`.
  public var orderType: OrderType = .market
  /// How long the order lives.
  public var timeInForce: TimeInForce = .day
  /// `strategy` or `time` for an exit; `nil` for an entry.
  public var exitReason: ExitReason?
  /// Start of the bar decided on.
  public var barTime: Timestamp
  /// The instant of the decision: that bar's end.
  public var decidedAt: Timestamp
  /// An approval after this instant is void; `nil`: the next session's close.
  public var expiresAt: Timestamp?
  /// Close of the bar decided on.
  public var close: Double
  /// 0...1, ranks the strategy's signals; `nil`: none.
  public var score: Double?
  /// 0...100, chooses the host's size; `nil`: none, and then a strategy must bring its own size.
  public var confidence: Double?
  /// A fraction of the entry price, after costs; `nil`: none.
  public var expectedValue: Double?
  /// The strategy's own size, which the host may only lower; `nil`: the host sizes.
  public var ownQuantity: Quantity?
  /// A timeout never approves it; it stays pending until it expires.
  public var personOnly = false
  /// Once approved it waits for the next session's open and is checked again there.
  public var waitsForOpen = false
  /// The planned entry; `nil`: unknown.
  public var entryPrice: Price?
  /// The limit of a limit order.
  public var limitPrice: Price?
  /// The protective stop at the planned entry; `nil`: none.
  public var stopPrice: Price?
  /// The stop is set again this far below the average fill, rounded up to the tick.
  public var stopDistance: Price?
  /// The target; `nil`: none.
  public var targetPrice: Price?
  /// The target becomes the greater of ``targetPrice`` and the fill plus this, rounded up to the tick.
  public var targetDistance: Price?
  /// The stop follows the highest price at this distance.
  public var trailingDistance: Price?
  /// Leave at the next open after this many session closes, the entry's included; `nil`: never.
  public var timeStopCloses: UInt32?
  /// Every gate with its value.
  public var checks: [Check] = []
  /// Inputs, sub-scores, terms.
  public var fields: [Field] = []
  /// The reason of a refusal (`ev_net`) or the detail of an exit (`sma5`).
  public var code = ""
  /// One line for a person.
  public var text = ""

  /// Makes a signal about a finished bar.
  public init(_ verdict: Verdict, _ action: Action, bar: Bar) {
    instrument = bar.instrument
    self.verdict = verdict
    self.action = action
    barTime = bar.start
    decidedAt = bar.end
    close = bar.close
  }

  /// A wish to open a long position at the market.
  public static func enterLong(bar: Bar) -> Signal { Signal(.raised, .enterLong, bar: bar) }

  /// A wish to close the strategy's position at the market.
  public static func exit(bar: Bar, reason: ExitReason = .strategy) -> Signal {
    var signal = Signal(.raised, .exit, bar: bar)
    signal.exitReason = reason
    return signal
  }
}
