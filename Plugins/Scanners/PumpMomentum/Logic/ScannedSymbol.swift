import MarketCalendar
import PluginSDK
import TradingTypes

/// One instrument, its bars and its episodes.
struct ScannedSymbol {
  let instrument: Instrument
  let rules: Rules
  let calendar: SessionCalendar
  var market: SymbolMarket
  var episodes = EpisodeMachine()
  /// Alerts whose label is not complete.
  var openLabels = 0
  private let leastChange: Double

  init(_ instrument: Instrument, _ parameters: Parameters, _ calendar: SessionCalendar) throws(PluginError) {
    self.instrument = instrument
    self.calendar = calendar
    rules = try Rules(parameters, instrument, calendar)
    market = SymbolMarket(rules, calendar)
    leastChange = rules.leastChange
  }

  /// What the end of a bar led to.
  enum Outcome {
    case insufficientBaseline(count: Int)
    case insufficientHistory(count: Int)
    case filtered(FailedFilters)
    case evaluated(Inputs, LevelReading, EpisodeMachine.Step)
  }

  /// What became of a bar on the short way.
  enum Progress {
    /// Taken, and it can lead to nothing: outside an episode no level holds below the least return of the levels, and a
    /// bar without a level changes nothing there.
    case idle
    /// Taken; it must be evaluated.
    case toEvaluate
    /// Not taken: it begins a session, settles labels, is ignored or is refused.
    case untaken
  }

  /// Takes a bar if it just continues the running session; all that most bars cost.
  @inline(__always)
  mutating func advance(_ bar: Bar) -> Progress {
    guard openLabels == 0, market.isRunning(bar), market.follows(bar) else { return .untaken }
    market.add(bar)
    let isIdle = episodes.open == nil && !Limit.isAtLeast(market.change(minutes: 15), leastChange)
    return isIdle ? .idle : .toEvaluate
  }

  /// Evaluates the end of the last bar; `number` is the number of an episode that it opens.
  mutating func evaluate(number: UInt64) -> Outcome {
    let count = market.baselineCount
    guard count >= rules.baselineMinimum else { return .insufficientBaseline(count: count) }
    guard market.daily.count >= rules.daysMinimum else { return .insufficientHistory(count: market.daily.count) }
    let fifteen = market.measures(minutes: Inputs.windows.fifteen)
    let failed = rules.filter.failures(
      price: market.lastPrice, base15: fifteen.base, market.daily, Surroundings.unknown)
    guard failed.isEmpty else { return .filtered(failed) }
    let inputs = market.inputs(fifteen: fifteen)
    let reading = LevelReading(inputs, rules)
    return .evaluated(inputs, reading, episodes.step(at: inputs.time, reading, number: number))
  }
}
