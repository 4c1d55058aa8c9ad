import MarketCalendar
import PluginSDK
import TradingTypes

/// Mean reversion on daily bars, long only: buys weakness in an uptrend at the next open, leaves on the first strong
/// close, after seven closes, or at a disaster stop. It judges itself by walking over all history it is given, and
/// raises a signal only where the trades it would have made leave an expected value after costs.
public struct MRCombined: EvaluatingStrategy {
  private let parameters: Parameters
  private let earnings: EarningsCalendar
  private let log: Log
  private let portfolio: Portfolio?
  private let calendars: Calendars?
  private var universe: Universe
  private var decideFrom = Timestamp.distantPast

  public init(host: HostServices) throws(PluginError) {
    parameters = try Parameters(host.options)
    log = host.log
    portfolio = try? host.portfolio
    calendars = try? host.calendars
    var unreadable: [String] = []
    earnings = EarningsCalendar(parameters.earnings, unreadable: &unreadable)
    guard unreadable.isEmpty else {
      throw .option(
        "earnings", expected: "items such as AAPL:2018-05-01:after_close",
        found: unreadable.map { "\"\($0)\"" }.joined(separator: ", "))
    }
    universe = Universe([], parameters, earnings: earnings, explains: false) { _ in nil }
  }

  public mutating func start(_ instruments: [Instrument], _ session: SessionStart) throws(PluginError) {
    decideFrom = session.decideFrom
    for instrument in instruments where !instrument.isDaily {
      log.warning(
        "\(instrument.symbol): expected daily bars, found bars of \(instrument.barSeconds) s; it is left out")
    }
    let calendars = calendars
    universe = try Universe(instruments, parameters, earnings: earnings, explains: session.explain) {
      instrument throws(PluginError) in try MRCombined.calendar(of: instrument, calendars)
    }
  }

  public mutating func onBar(_ bar: Bar, _ context: borrowing StrategyContext) throws(PluginError) {
    guard let trade = universe.take(bar), universe.explains, trade.signal.decidedAt >= decideFrom else { return }
    context.report(trade.report(bar.instrument))
  }

  public mutating func evaluate(at time: Timestamp, _ context: borrowing StrategyContext) throws(PluginError) {
    let acts = time >= decideFrom
    let portfolio = portfolio
    let evaluations = universe.evaluate(at: time, all: acts && universe.explains) {
      acts ? MRCombined.view(of: portfolio) : .warmUp
    }
    guard acts else { return }
    for exit in universe.exitsDue(at: time) { context.raise(MRCombined.exit(exit)) }
    for evaluation in evaluations {
      let signal = evaluation.signal(universe.instrument(evaluation.instrument))
      if signal.verdict == .raised { universe.remember(evaluation) }
      context.raise(signal)
    }
  }

  public mutating func recheck(_ request: Recheck) throws(PluginError) -> [Check] {
    guard
      let confirmation = universe.confirmation(
        of: request.instrument, barTime: request.barTime, now: request.now, price: request.price,
        quoteTime: request.quoteTime, MRCombined.view(of: portfolio))
    else { return [Check("signal_known", .recheck, passed: false, note: "not remembered; wait for the next close")] }
    return confirmation.conditions().map {
      Check(
        $0.name, .recheck, passed: $0.passed, value: $0.value.isFinite ? $0.value : nil,
        limit: $0.limit.isFinite ? $0.limit : nil, note: $0.note)
    }
  }

  public mutating func onFill(_ fill: Fill) throws(PluginError) {
    universe.take(
      fill.instrument, isBuy: fill.side == .buy, isStop: fill.exitReason == .stop, signalTime: fill.signalBar,
      time: fill.time, price: fill.price, quantity: fill.quantity, held: fill.position)
  }

  /// The sessions of an instrument's market, as the host knows them; `nil` where every bar is taken as given or the
  /// exchange has no tables. A host whose sessions are others than this plugin's is an error, not a guess.
  private static func calendar(
    of instrument: Instrument, _ calendars: Calendars?
  ) throws(PluginError) -> SessionCalendar? {
    switch instrument.market {
    case .unfiltered: return nil
    case .crypto: return .aroundTheClock
    case .equity:
      guard let calendars else { return SessionCalendar.exchange(instrument.exchange) }
      do throws(PluginError) {
        return try calendars.calendar(of: instrument.exchange)
      } catch {
        guard error.status == .notFound else { throw error }
        return nil
      }
    }
  }

  private static func view(of portfolio: Portfolio?) -> AccountView {
    guard let portfolio, let account = try? portfolio.account() else {
      return AccountView(funds: nil, breakerTripped: nil) { _ in nil }
    }
    return AccountView(
      funds: Funds(equity: account.equity, cash: account.cash), breakerTripped: account.isBreakerTripped
    ) { instrument in
      guard let holding = try? portfolio.holding(instrument) else { return nil }
      var occupation: StateFacts.Occupation = []
      if holding.hasPosition { occupation.insert(.position) }
      if holding.hasWorkingOrder { occupation.insert(.workingOrder) }
      if holding.hasPendingSignal { occupation.insert(.pendingSignal) }
      if holding.isBlocked { occupation.insert(.blocked) }
      return occupation
    }
  }

  private static func exit(_ bar: Bar) -> Signal {
    var signal = Signal.exit(bar: bar, reason: .strategy)
    signal.code = "sma5"
    signal.text = "close above the mean of five: leave at the next open"
    return signal
  }
}

extension AccountView {
  /// Before decisions count nobody asks what could be bought.
  static var warmUp: AccountView { AccountView(funds: nil, breakerTripped: false) { _ in [] } }
}
