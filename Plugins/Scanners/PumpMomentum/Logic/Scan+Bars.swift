import PluginSDK
import TradingTypes

extension Scan {
  /// Evaluates the end of the bar that a symbol took last.
  mutating func evaluateBar(_ index: Int) {
    let outcome = symbols[index].evaluate(number: episodeCount + 1)
    switch outcome {
    case .evaluated(let inputs, let reading, .alert(let level, let reason, let episode)):
      findings.append(
        Finding(
          symbol: index, level: level, reason: reason, inputs: inputs, score: reading.score, episode: episode))
      guard reason == .open else { return }
      episodeCount = episode.number
      let market = symbols[index].market
      if !market.rules.isAroundTheClock { nextClose = min(nextClose, Timestamp(nanoseconds: market.session.close)) }
      return
    case .evaluated(let inputs, _, .quiet(let episode)):
      endings.append(
        Ending(symbol: index, episode: episode, reason: .quiet, time: inputs.time, price: inputs.price))
    default: break
    }
    if explains { explain(outcome, index) }
  }

  mutating func explain(_ outcome: ScannedSymbol.Outcome, _ index: Int) {
    let market = symbols[index].market
    guard market.lastEnd >= decideFrom else { return }
    var observation = Observation(.evaluated, symbols[index].instrument.id, at: market.lastEnd)
    observation.price = market.lastPrice
    switch outcome {
    case .insufficientBaseline(let count):
      observation.code = "insufficient_baseline"
      observation.fields = [.integer("inputs", "n", count)]
    case .insufficientHistory(let count):
      observation.code = "insufficient_history"
      observation.fields = [.integer("inputs", "days", count)]
    case .filtered(let failed):
      observation.code = "filtered"
      observation.fields = failed.names.map { Field("filters", $0, .flag(.raised)) }
    case .evaluated(let inputs, let reading, _):
      observation.code = "evaluated"
      observation.score = reading.score.isFinite ? reading.score : nil
      observation.fields = inputs.fields
    }
    reports.append(observation)
  }

  func refusal(of bar: Bar, _ symbol: ScannedSymbol) -> PluginError {
    PluginError(
      .invalid,
      "bar of \(symbol.instrument.symbol) from \(bar.start) to \(bar.end): expected \(symbol.instrument.barSeconds) s, "
        + "an end after that of the bar before (\(symbol.market.lastEnd)), finite prices, low > 0 and volume >= 0, "
        + "found open \(bar.open) high \(bar.high) low \(bar.low) close \(bar.close) volume \(bar.volume)")
  }
}
