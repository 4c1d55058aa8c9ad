public import TradingTypes

/// Takes the equity of each bar in order and keeps the equity at the end of every month.
public struct MonthlyReturns: Sendable {
  /// A calendar month (UTC) that has bars.
  public struct Month: Hashable, Sendable {
    /// The year.
    public var year: Int
    /// The month, 1...12.
    public var month: Int
    /// The equity at the end of the month before with bars; of the first, the equity at the start.
    public var start: Money
    /// The equity at the last bar of the month.
    public var end: Money

    /// The change as a fraction of the equity before; `nil` unless that was positive.
    public var change: Double? { fraction(from: start, to: end) }
  }

  /// A calendar year with its months.
  public struct Year: Hashable, Sendable {
    /// The year.
    public var year: Int
    /// The change of each month, January first; `nil` for a month without bars or where it is undefined.
    public var months: [Double?]
    /// The change over the year's months together; `nil` unless the equity before was positive.
    public var change: Double?
  }

  /// The months in order, the present one included.
  public private(set) var months: [Month] = []
  private let start: Money
  private var next = Timestamp.distantPast

  /// Begins before the first bar with the equity at the start.
  public init(start: Money) { self.start = start }

  /// Takes the next bar's equity; in order of time, in the currency of the start.
  public mutating func add(_ equity: Money, at time: Timestamp) {
    if time >= next {
      let (year, month, _) = CivilDate(utc: time).parts
      months.append(Month(year: year, month: month, start: months.last?.end ?? start, end: equity))
      let following = month == 12 ? (year + 1, 1) : (year, month + 1)
      next = CivilDate(year: following.0, month: following.1, day: 1)?.midnightUTC ?? .distantFuture
    } else {
      months[months.count - 1].end = equity
    }
  }

  /// The months as a table, one row a year; years without bars are left out.
  public var years: [Year] {
    var years: [Year] = []
    var opening = start
    for month in months {
      if years.last?.year != month.year {
        opening = month.start
        years.append(Year(year: month.year, months: Array(repeating: nil, count: 12), change: nil))
      }
      years[years.count - 1].months[month.month - 1] = month.change
      years[years.count - 1].change = fraction(from: opening, to: month.end)
    }
    return years
  }
}

private func fraction(from start: Money, to end: Money) -> Double? {
  guard start.nanos > 0 else { return nil }
  return end.subtracting(start).map { $0.double / start.double }
}
