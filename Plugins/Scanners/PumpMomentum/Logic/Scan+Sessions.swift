import PluginSDK
import TradingTypes

extension Scan {
  mutating func endSession(_ index: Int) {
    guard !symbols[index].rules.isAroundTheClock, let episode = symbols[index].episodes.endSession() else { return }
    let market = symbols[index].market
    endings.append(
      Ending(
        symbol: index, episode: episode, reason: .sessionEnd, time: Timestamp(nanoseconds: market.session.close),
        price: market.lastPrice))
  }

  mutating func endSessions(by time: Timestamp) {
    nextClose = .distantFuture
    for index in symbols.indices where symbols[index].episodes.open != nil && !symbols[index].rules.isAroundTheClock {
      let close = Timestamp(nanoseconds: symbols[index].market.session.close)
      if close <= time { endSession(index) } else { nextClose = min(nextClose, close) }
    }
  }

  mutating func tellEndings(before time: Timestamp) {
    guard !endings.isEmpty else { return }
    let told = endings.filter { $0.time < time }.sorted { ($0.time, $0.symbol) < ($1.time, $1.symbol) }
    endings.removeAll { $0.time < time }
    for ending in told where ending.time >= decideFrom {
      var observation = Observation(.episodeClosed, symbols[ending.symbol].instrument.id, at: ending.time)
      observation.episode = ending.episode.number
      observation.level = ending.episode.best.name
      observation.code = ending.reason.rawValue
      observation.price = ending.price
      observation.fields = [Field("episode", "opened_at", .time(ending.episode.openedAt))]
      reports.append(observation)
    }
  }
}
