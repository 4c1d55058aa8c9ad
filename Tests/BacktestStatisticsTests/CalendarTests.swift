import BacktestStatistics
import Testing
import TradingTypes

/// A market, a bar size and how many such bars a year has.
struct YearCase: Sendable, CustomTestStringConvertible {
  var market: Market
  var seconds: Int32
  var saturdays = false
  var bars: Double?
  var testDescription: String { "\(market) \(seconds) s, Saturdays \(saturdays)" }

  static let all = [
    YearCase(market: .equity, seconds: 86_400, bars: 252),
    YearCase(market: .equity, seconds: 60, bars: 98_280),
    YearCase(market: .equity, seconds: 300, bars: 19_656),
    YearCase(market: .equity, seconds: 3600, bars: 1638),
    YearCase(market: .equity, seconds: 60, saturdays: true, bars: 98_280),
    YearCase(market: .equity, seconds: 604_800, bars: 365.0 / 7),
    YearCase(market: .crypto, seconds: 60, bars: 525_600),
    YearCase(market: .crypto, seconds: 300, bars: 105_120),
    YearCase(market: .crypto, seconds: 3600, bars: 8760),
    YearCase(market: .crypto, seconds: 86_400, bars: 365),
    YearCase(market: .unfiltered, seconds: 60, bars: 98_280),
    YearCase(market: .unfiltered, seconds: 60, saturdays: true, bars: 525_600),
    YearCase(market: .unfiltered, seconds: 86_400, bars: 252),
    YearCase(market: .unfiltered, seconds: 86_400, saturdays: true, bars: 365),
    YearCase(market: .equity, seconds: 0, bars: nil),
    YearCase(market: .crypto, seconds: -60, bars: nil),
  ]
}

@Suite struct `Bars a year` {
  @Test(arguments: YearCase.all) func `follow the market and the size`(_ example: YearCase) {
    let bars = example.market.barsPerYear(barSeconds: example.seconds, tradesOnSaturdays: example.saturdays)
    #expect(bars == example.bars)
  }

  @Test(arguments: [
    (["2024-01-05T23:59:00Z"], false),
    (["2024-01-06T00:00:00Z"], true),
    (["2024-01-05T23:59:00Z", "2024-01-06T00:00:00Z"], true),
    (["2024-01-05T23:59:00Z", "2024-01-06T23:59:59.999999999Z"], true),
    (["2024-01-05T23:59:00Z", "2024-01-07T00:00:00Z", "2024-01-08T00:00:00Z"], false),
    (["2024-01-05T20:00:00Z", "2024-01-08T14:30:00Z", "2024-01-12T20:00:00Z", "2024-01-16T14:30:00Z"], false),
    (["2024-01-05T20:00:00Z", "2024-01-08T14:30:00Z", "2024-01-13T20:00:00Z", "2024-01-16T14:30:00Z"], true),
    (["2024-01-07T20:00:00Z", "2024-01-13T00:00:00Z"], true),
    (["1969-12-26T20:00:00Z", "1969-12-27T20:00:00Z"], true),
  ])
  func `a bar on a Saturday is noticed wherever it stands`(_ times: [String], _ expected: Bool) throws {
    var accumulator = EquityAccumulator(start: dollars("1"))
    for time in times {
      accumulator.add(dollars("1"), at: try #require(Timestamp(rfc3339: time)), holdsPosition: false)
    }
    #expect(accumulator.tradesOnSaturdays == expected)
  }
}

@Suite struct `Monthly returns` {
  private let bars = [
    ("2023-11-29", "100"), ("2023-11-30", "110"), ("2023-12-01", "99"), ("2023-12-29", "121"), ("2024-02-01", "60.5"),
    ("2024-02-29", "181.5"), ("2024-03-01", "363"),
  ]

  private func months(start: String) -> MonthlyReturns {
    var returns = MonthlyReturns(start: dollars(start))
    for (date, amount) in bars { returns.add(dollars(amount), at: day(date)) }
    return returns
  }

  @Test func `each month is measured from the end of the one before`() {
    let months = months(start: "100").months
    #expect(months.map { "\($0.year)-\($0.month)" } == ["2023-11", "2023-12", "2024-2", "2024-3"])
    #expect(months.map(\.start.amount) == ["100", "110", "121", "181.5"])
    #expect(months.map(\.end.amount) == ["110", "121", "181.5", "363"])
    #expect(zip(months.map(\.change), [0.1, 0.1, 0.5, 1]).allSatisfy { agree($0, $1) })
  }

  @Test func `a year's row has a cell for each month and the change of all`() {
    let years = months(start: "100").years
    #expect(years.map(\.year) == [2023, 2024])
    #expect(years.allSatisfy { $0.months.count == 12 })
    #expect(years[1].months[0] == nil)
    #expect(agree(years[1].months[1], 0.5))
    #expect(agree(years[0].change, 0.21))
    #expect(agree(years[1].change, 2))
  }

  @Test func `a month that began without money has no change`() {
    #expect(months(start: "0").months[0].change == nil)
    #expect(months(start: "0").years[0].change == nil)
    #expect(MonthlyReturns(start: dollars("1")).years.isEmpty)
  }
}
