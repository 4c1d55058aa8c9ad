import MarketCalendar
import TradingTypes

/// What the core is made with. Nothing in it changes while it runs.
public struct CoreConfiguration: Sendable {
  /// What a strategy can do.
  public struct Strategy: Hashable, Sendable {
    /// Its plugin id.
    public var id: String
    /// Whether it answers re-checks.
    public var rechecks: Bool

    /// Makes a profile.
    public init(id: String, rechecks: Bool) {
      self.id = id
      self.rechecks = rechecks
    }
  }

  /// How signals get their approval.
  public enum Approval: Hashable, Sendable {
    /// By rule, at once: a backtest, or the option `--approve all` or `none`.
    case fixed(approves: Bool)
    /// By people; the timeout is told by the caller or, with `marketTime`, passes with the events.
    case ask(timeoutSeconds: Int64, onTimeout: TimeoutAction, marketTime: Bool)

    /// Everything is approved at once.
    public static var automatic: Approval { .fixed(approves: true) }
  }

  /// What an unanswered timeout does to signals that a timeout may approve.
  public enum TimeoutAction: String, Hashable, Sendable {
    case approveAll = "approve_all"
    case rejectAll = "reject_all"
  }

  public var instruments: [Instrument]
  /// One a distinct exchange in use; instruments without one trade around the clock.
  public var calendars: [String: SessionCalendar]
  public var strategies: [Strategy]
  /// The account at the start.
  public var cash: Money
  public var limits: Limits
  public var sizing: Sizing = .standard
  public var ranking: Ranking = .standard
  public var approval: Approval
  /// A quote older than this is not traded on.
  public var quoteMaximumAgeSeconds: Int64 = 15
  /// Decisions before this instant are not acted upon.
  public var decideFrom: Timestamp = .distantPast
  /// What every client order id begins with; unique for the session.
  public var clientOrderPrefix: ShortText

  /// Makes a configuration with everything that has no default.
  public init(
    instruments: [Instrument], calendars: [String: SessionCalendar], strategies: [Strategy], cash: Money,
    limits: Limits,
    approval: Approval, clientOrderPrefix: ShortText
  ) {
    self.instruments = instruments
    self.calendars = calendars
    self.strategies = strategies
    self.cash = cash
    self.limits = limits
    self.approval = approval
    self.clientOrderPrefix = clientOrderPrefix
  }
}
