import BacktestReport
import Foundation
import TradingTypes

/// Numbers that look random and are the same in every run.
struct SeededNumbers {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  /// A number from 0 up to 1.
  mutating func next() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 11) / 9_007_199_254_740_992
  }

  /// A curve that goes up and down from a start, always positive.
  mutating func walk(from start: Double, steps: Int) -> [Double] {
    var value = start
    return (0..<steps).map { _ in
      value *= 1 + (next() - 0.498) * 0.05
      return value
    }
  }
}

/// A minute after another, from 2015-01-02 14:30Z on.
func minute(_ index: Int) -> Timestamp {
  Timestamp(rfc3339: "2015-01-02T14:30:00Z")!.adding(seconds: Int64(index) * 60)
}

func day(_ index: Int) -> Timestamp { CivilDate("2024-01-02")!.adding(days: index).midnightUTC }

func bar(_ time: Timestamp, _ open: Double, _ high: Double, _ low: Double, _ close: Double, of symbol: UInt32 = 0)
  -> Bar
{
  Bar(
    start: time, end: time, open: open, high: high, low: low, close: close, volume: 1, instrument: InstrumentID(symbol))
}

func usd(_ text: String) -> Money { Money(text, .usd)! }

/// A run over some days of one symbol, with a trade a day that made what is given.
struct ExampleRun {
  var title = "Example"
  var days = 30
  var results: [String] = []
  var symbol = "ABC"
  var timing = ReportTiming.sessions
  var tradeLimit = 20_000

  var content: ReportContent {
    var account = AccountSampler(startingEquity: 1000)
    var price = PriceSampler()
    var trades = ReportTrades(limit: tradeLimit)
    var equity = usd("1000")
    for index in 0..<days {
      if index < results.count { equity = equity.adding(usd(results[index]))! }
      account.add(at: day(index), equity: equity.double)
      price.add(bar(day(index), 100, 102, 99, 101))
    }
    for (index, result) in results.enumerated() {
      trades.append(trade(index, result))
    }
    return ReportContent(
      title: title, strategies: [ReportStrategy(id: "example", version: "1.0.0", pluginHash: "00ff")],
      symbols: [ReportSymbol(name: symbol, currency: .usd, price: price)], timing: timing, from: day(0),
      to: day(max(days - 1, 0)), bars: days,
      figures: ReportFigures(
        startingCash: usd("1000"), finalEquity: equity, fees: usd("0"), orders: 2 * results.count,
        fills: 2 * results.count), account: account, trades: trades)
  }

  func trade(_ index: Int, _ result: String) -> ReportTrade {
    ReportTrade(
      symbol: 0, quantity: Quantity("2")!, entryTime: day(index), entryPrice: Price("100.5")!,
      exitTime: day(index + 1), exitPrice: Price("101.123456789")!, stop: Price("95")!,
      exitReason: index.isMultiple(of: 2) ? "stop" : "strategy", exitDetail: "cross", fees: usd("0.25"),
      pnl: usd(result))
  }
}

/// The bytes of a report as text.
func rendered(_ content: ReportContent) -> String {
  var bytes: [UInt8] = []
  Report.render(content) { bytes.append(contentsOf: $0) }
  return String(decoding: bytes, as: UTF8.self)
}

/// The text between two marks, from the first occurrence of the first one.
func between(_ start: String, _ end: String, in text: String) -> String? {
  guard let from = text.range(of: start), let to = text.range(of: end, range: from.upperBound..<text.endIndex)
  else { return nil }
  return String(text[from.upperBound..<to.lowerBound])
}

/// The numbers of a page, as its script reads them.
func embeddedData(_ page: String) throws -> [String: Any] {
  let text = between("<script type=\"application/json\" id=\"data\">", "</script>", in: page) ?? ""
  return try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
}
