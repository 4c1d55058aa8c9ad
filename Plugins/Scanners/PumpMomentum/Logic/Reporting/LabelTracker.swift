import TradingTypes

/// Follows one alert until its label is complete.
struct LabelTracker: Hashable, Sendable {
  let instrument: InstrumentID
  let number: UInt64
  let episode: UInt64
  let level: Level
  let time: Timestamp
  let price: Double
  let times: LabelTimes
  /// Whether the alert was reported; one of the warm-up was not, and neither is its label.
  let isReported: Bool
  private(set) var label = Label()
  private(set) var isHourKnown = false
  private(set) var isDayKnown = false
  /// Whether the part of the hour has been reported.
  private(set) var isHourTold = false
  private var isDayTold = false
  private var isQuarterKnown = false
  private var highest = -Double.infinity
  private var lowest = Double.infinity

  init(
    instrument: InstrumentID, number: UInt64, episode: UInt64, level: Level, time: Timestamp, price: Double,
    times: LabelTimes, isReported: Bool
  ) {
    self.instrument = instrument
    self.number = number
    self.episode = episode
    self.level = level
    self.time = time
    self.price = price
    self.times = times
    self.isReported = isReported
    isDayKnown = times.day == nil
    isDayTold = isDayKnown
  }

  /// When the next part is due; the latest instant when nothing is.
  var due: Timestamp {
    if !isQuarterKnown { return times.quarter }
    if !isHourKnown { return times.hour }
    return isDayKnown ? .distantFuture : times.day ?? .distantFuture
  }

  /// Whether the hour or the day is known and not yet reported.
  var hasNews: Bool { isHourKnown != isHourTold || isDayKnown != isDayTold }
  /// Whether everything is known and reported.
  var isComplete: Bool { isHourTold && isDayTold }

  /// What is known now has been reported.
  mutating func markTold() {
    isHourTold = isHourKnown
    isDayTold = isDayKnown
  }

  /// Settles every part due by an instant at the last price known then, which comes from a session.
  mutating func settle(by instant: Timestamp, price last: Double, session: Int) {
    if !isQuarterKnown, times.quarter <= instant {
      isQuarterKnown = true
      label.r15 = last / price - 1
    }
    if !isHourKnown, times.hour <= instant {
      isHourKnown = true
      label.r60 = last / price - 1
      if highest >= lowest {
        label.maxGain60 = highest / price - 1
        label.maxLoss60 = lowest / price - 1
      }
    }
    if !isDayKnown, let day = times.day, day <= instant {
      isDayKnown = true
      if times.daySession == nil || times.daySession == session { label.r1d = last / price - 1 }
    }
  }

  /// Takes a bar of the instrument that ends after the alert.
  mutating func add(_ bar: Bar) {
    guard !isHourKnown, bar.start >= time, bar.end <= times.hour else { return }
    highest = max(highest, bar.high)
    lowest = min(lowest, bar.low)
  }
}
