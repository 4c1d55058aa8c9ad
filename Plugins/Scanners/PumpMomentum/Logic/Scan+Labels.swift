import PluginSDK
import TradingTypes

extension Scan {
  mutating func track(_ finding: Finding) {
    let symbol = symbols[finding.symbol]
    let tracker = LabelTracker(
      instrument: symbol.instrument.id, number: alertCount, episode: finding.episode.number, level: finding.level,
      time: finding.inputs.time, price: finding.inputs.price,
      times: LabelTimes(alert: finding.inputs.time, session: symbol.market.session.index, symbol.calendar),
      isReported: finding.inputs.time >= decideFrom)
    trackers.append(tracker)
    symbols[finding.symbol].openLabels += 1
    nextDue = min(nextDue, tracker.due)
  }

  /// Shows a bar, before it is taken, to the open labels of its instrument.
  mutating func followLabels(_ bar: Bar, _ index: Int) {
    guard symbols[index].openLabels > 0 else { return }
    let before = Timestamp(nanoseconds: bar.end.nanoseconds - 1)
    let (price, session) = (symbols[index].market.lastPrice, symbols[index].market.session.index)
    for place in trackers.indices where trackers[place].instrument == bar.instrument {
      trackers[place].settle(by: before, price: price, session: session)
      trackers[place].add(bar)
    }
  }

  mutating func settleLabels(by time: Timestamp) {
    nextDue = .distantFuture
    for place in trackers.indices {
      let index = Int(trackers[place].instrument.index)
      let market = symbols[index].market
      trackers[place].settle(by: time, price: market.lastPrice, session: market.session.index)
    }
    for place in trackers.indices where trackers[place].hasNews {
      let tracker = trackers[place]
      if let continued = tracker.label.continued, !tracker.isHourTold {
        precisions[tracker.level.rawValue].add(continued: continued)
      }
      tell(tracker, at: time)
      trackers[place].markTold()
    }
    trackers.removeAll { tracker in
      if tracker.isComplete { symbols[Int(tracker.instrument.index)].openLabels -= 1 }
      return tracker.isComplete
    }
    for tracker in trackers { nextDue = min(nextDue, tracker.due) }
  }

  mutating func tell(_ tracker: LabelTracker, at time: Timestamp) {
    guard tracker.isReported else { return }
    var observation = Observation(.label, tracker.instrument, at: time)
    observation.number = tracker.number
    observation.episode = tracker.episode
    observation.level = tracker.level.name
    observation.price = tracker.price
    observation.fields = tracker.label.fields
    reports.append(observation)
  }
}
