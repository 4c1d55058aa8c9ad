/// Daily bars of many symbols as the scan takes them: for each day a row with a number a symbol (time-major).
public struct DailyColumns: Sendable {
  /// The number of symbols, which is also the length of a row.
  public let symbols: Int
  /// The number of days.
  public let days: Int
  /// The highs, day after day.
  public internal(set) var highs: [Double]
  /// The lows, day after day.
  public internal(set) var lows: [Double]
  /// The closes, day after day.
  public internal(set) var closes: [Double]
  /// The volumes, day after day.
  public internal(set) var volumes: [Double]

  /// Columns of zeros.
  init(symbols: Int, days: Int) {
    self.symbols = symbols
    self.days = days
    highs = [Double](repeating: 0, count: symbols * days)
    lows = highs
    closes = highs
    volumes = highs
  }

  /// The first symbols of w2 and w3, generated: 2,520 days and the 252 after them.
  ///
  /// - Parameters:
  ///   - symbols: how many symbols, from 0 to 500; another number traps.
  ///   - days: how many days, from 0 to 2,772; another number traps.
  public static func generated(
    symbols: Int = WorkloadData.symbols, days: Int = WorkloadData.historyDays + WorkloadData.liveDays
  ) -> DailyColumns {
    precondition((0...WorkloadData.symbols).contains(symbols), "w2 has \(WorkloadData.symbols) symbols")
    precondition(
      (0...WorkloadData.historyDays + WorkloadData.liveDays).contains(days), "w2 and w3 have fewer days than that")
    var columns = DailyColumns(symbols: symbols, days: days)
    for symbol in 0..<symbols {
      var walk = WorkloadData.dayWalk(symbol: symbol)
      for day in 0..<days {
        let bar = walk.next()
        columns.set(
          symbol: symbol, day: day, high: TickBar.price(bar.high), low: TickBar.price(bar.low),
          close: TickBar.price(bar.close), volume: Double(bar.volume))
      }
    }
    return columns
  }

  mutating func set(symbol: Int, day: Int, high: Double, low: Double, close: Double, volume: Double) {
    let index = day * symbols + symbol
    highs[index] = high
    lows[index] = low
    closes[index] = close
    volumes[index] = volume
  }
}
