import TradingTypes

/// The return of an account in a day or a month.
public struct PeriodReturn: Equatable, Sendable {
  /// The day, or the first day of the month.
  public var day: CivilDate
  /// Equity at the end over equity at the end of the period before, minus 1; `nil` where that was not positive.
  public var value: Double?
}

/// Gathers the returns of an account by month and, while they are few, by day.
struct PeriodReturns: Sendable {
  /// The most days that are kept.
  static let dayLimit = 70

  private struct Close {
    var day: CivilDate
    var equity: Double
  }

  private let base: Double
  private var monthCloses: [Close] = []
  private var dayCloses: [Close]? = []
  private var equity: Double
  /// From here on it is another day; before the first sample, any time.
  private var dayEnd = Timestamp.distantPast
  private var day = CivilDate(daysSinceEpoch: 0)

  init(base: Double) {
    self.base = base
    equity = base
  }

  mutating func add(at time: Timestamp, equity: Double) {
    if time >= dayEnd {
      endDay()
      day = CivilDate(utc: time)
      dayEnd = day.adding(days: 1).midnightUTC
    }
    self.equity = equity
  }

  private mutating func endDay() {
    guard dayEnd != .distantPast else { return }
    monthCloses = PeriodReturns.monthCloses(monthCloses, with: Close(day: firstOfMonth, equity: equity))
    dayCloses?.append(Close(day: day, equity: equity))
    if let count = dayCloses?.count, count > PeriodReturns.dayLimit { dayCloses = nil }
  }

  private var firstOfMonth: CivilDate { day.adding(days: 1 - day.parts.day) }

  private static func monthCloses(_ closes: [Close], with last: Close) -> [Close] {
    var closes = closes
    if closes.last?.day == last.day { closes.removeLast() }
    closes.append(last)
    return closes
  }

  var months: [PeriodReturn] {
    guard dayEnd != .distantPast else { return [] }
    return returns(PeriodReturns.monthCloses(monthCloses, with: Close(day: firstOfMonth, equity: equity)))
  }

  var days: [PeriodReturn] {
    guard dayEnd != .distantPast, let dayCloses, dayCloses.count < PeriodReturns.dayLimit else { return [] }
    return returns(dayCloses + [Close(day: day, equity: equity)])
  }

  private func returns(_ closes: [Close]) -> [PeriodReturn] {
    var before = base
    return closes.map { close in
      defer { before = close.equity }
      return PeriodReturn(day: close.day, value: before > 0 ? close.equity / before - 1 : nil)
    }
  }
}
