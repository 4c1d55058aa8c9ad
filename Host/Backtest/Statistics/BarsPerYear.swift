public import TradingTypes

extension Market {
  /// How many bars of a size a year has, to scale ratios of single bars to a year.
  ///
  /// Equities have 252 sessions of 390 minutes, markets around the clock 365 days of 1,440 minutes: 252 daily bars,
  /// 252 x 390 minutes, 525,600 minutes around the clock. Bars longer than a day are counted by the calendar.
  ///
  /// - Parameters:
  ///   - barSeconds: the size of a bar; `nil` is returned unless it is positive.
  ///   - tradesOnSaturdays: whether the data has bars on Saturdays, which tells what data without a market is.
  public func barsPerYear(barSeconds: Int32, tradesOnSaturdays: Bool) -> Double? {
    guard barSeconds > 0 else { return nil }
    let isAroundTheClock = self == .crypto || self == .unfiltered && tradesOnSaturdays
    if isAroundTheClock || barSeconds > 86_400 { return 365 * 86_400 / Double(barSeconds) }
    return barSeconds == 86_400 ? 252 : 252 * 390 * 60 / Double(barSeconds)
  }
}
