import MarketCalendar
import TradingTypes

@testable import PumpMomentumLogic

/// The episode rules of the specification, one after the other over all bars of one symbol.
enum NaiveEpisodes {
  private struct Open {
    var best: Level
    var held: Level?
    var levelAt: Int64
    var alertAt: Int64
    var alertScore: Double
    var session: Int
  }

  /// `time level reason` of each alert, `time closed reason` of each other ending.
  static func lines(_ naive: Naive, _ rules: Rules) -> [String] {
    var lines: [String] = []
    var open: Open?
    var faded: (at: Int64, best: Level)?
    for place in naive.bars.indices {
      let bar = naive.bars[place]
      let session = naive.calendar.session(containing: bar.start)!
      if let now = open, !naive.calendar.isAroundTheClock, now.session != session.index {
        lines.append("\(naive.calendar.session(at: now.session)!.close) closed session_end")
        open = nil
      }
      // Below a return of 2 % since any of the last bars no level can be met or kept; without an episode nothing can happen then.
      if open == nil, place > 16, bar.close / naive.bars[place - 16...place].map(\.low).min()! < 1.02 { continue }
      let inputs = naive.inputs(at: place)
      guard inputs.fifteen.baselineCount >= 10, inputs.daily.count >= 10, passes(inputs, rules) else { continue }
      let now = bar.end.seconds
      let fades = inputs.fade >= 0.5
      let isBelow = inputs.price < inputs.vwap
      if let episode = open, fades || isBelow {
        lines.append("\(bar.end) pump_fading \(fades ? "fade" : "below_vwap")")
        faded = (now, episode.best)
        open = nil
        continue
      }
      let met: Level? =
        holds(inputs, rules.signal, 1) && inputs.price > inputs.vwap && inputs.fade < 0.25
        ? .signal : holds(inputs, rules.watch, 1) ? .watch : nil
      guard var episode = open else {
        guard let met, !fades, !isBelow else { continue }
        if let faded, now - faded.at < 1800, met <= faded.best { continue }
        lines.append("\(bar.end) \(met.name) open")
        open = Open(
          best: met, held: met, levelAt: now, alertAt: now, alertScore: inputs.score, session: session.index)
        continue
      }
      var level = met
      for (kept, bounds) in [(Level.watch, rules.watch), (.signal, rules.signal)]
      where inputs.fade < 0.25 / 0.8 && episode.held.map({ kept <= $0 }) == true && holds(inputs, bounds, 0.8) {
        level = max(level ?? kept, kept)
      }
      episode.held = level
      if let level {
        episode.levelAt = now
        let reason =
          level > episode.best
          ? "higher_level"
          : inputs.score >= episode.alertScore + 15 ? "score" : now - episode.alertAt >= 1800 ? "time" : nil
        if let reason {
          lines.append("\(bar.end) \(level.name) \(reason)")
          episode.best = max(level, episode.best)
          (episode.alertAt, episode.alertScore) = (now, inputs.score)
        }
        open = episode
      } else if now - episode.levelAt >= 3600 {
        lines.append("\(bar.end) closed quiet")
        open = nil
      } else {
        open = episode
      }
    }
    if let now = open, !naive.calendar.isAroundTheClock, let last = naive.bars.last,
      naive.calendar.session(at: now.session)!.close == last.end
    {
      lines.append("\(last.end) closed session_end")
    }
    return lines
  }

  private static func passes(_ inputs: Inputs, _ rules: Rules) -> Bool {
    let daily = inputs.daily
    guard inputs.fifteen.base > 0 else { return false }
    guard !rules.isAroundTheClock else { return daily.tradedValue >= 2 && daily.atrShare >= 0.02 }
    return inputs.price >= rules.filter.price! && (daily.volume >= 1e6 || daily.tradedValue >= 5e6)
      && (daily.atr >= 0.5 || daily.atrShare >= 0.02)
  }

  private static func holds(_ inputs: Inputs, _ bounds: LevelBounds, _ share: Double) -> Bool {
    inputs.fifteen.change >= bounds.change * share
      && inputs.fifteen.relativeVolume >= bounds.relativeVolume * share
      && inputs.fifteen.zVolume >= bounds.zVolume * share && inputs.dayPosition >= bounds.dayPosition * share
      && bounds.momentum.map { inputs.m15 >= $0 * share } ?? true
  }
}
