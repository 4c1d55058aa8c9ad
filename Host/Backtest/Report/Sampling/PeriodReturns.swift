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
    PeriodReturns.close(monthOfDay, into: &monthCloses)
    dayCloses?.append(Close(day: day, equity: equity))
    if let count = dayCloses?.count, count > PeriodReturns.dayLimit { dayCloses = nil }
  }

  private var monthOfDay: Close { Close(day: day.adding(days: 1 - day.parts.day), equity: equity) }

  /// Notes the end of a period so far; it replaces what was noted of the same period before.
  private static func close(_ period: Close, into closes: inout [Close]) {
    if closes.last?.day == period.day { closes.removeLast() }
    closes.append(period)
  }

  var months: [PeriodReturn] {
    guard dayEnd != .distantPast else { return [] }
    var closes = monthCloses
    PeriodReturns.close(monthOfDay, into: &closes)
    return returns(closes)
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
