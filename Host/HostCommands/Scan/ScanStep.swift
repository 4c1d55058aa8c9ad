import CommandLineKit
import TradingTypes

/// What came of one instant of followed bars.
struct ScanStep {
  /// Who was raised, the best first.
  struct Rank {
    var symbol: String
    var score: Double?
  }

  var at: Timestamp
  var bars: Int
  var answers: Int
  var ranking: [Rank]

  /// The step and a line for each of its answers: first those that were raised, the best first, then the others as they
  /// came. Equal scores stand in the order of the symbols.
  static func make(
    at: Timestamp, bars: Int, news: [ScanNews], symbol: (InstrumentID) -> String
  ) -> (step: ScanStep, lines: [String]) {
    let raised = news.filter(\.isRaised).enumerated().sorted { a, b in
      let (first, second) = (a.element.score ?? -.infinity, b.element.score ?? -.infinity)
      if first != second { return first > second }
      if a.element.instrument != b.element.instrument { return a.element.instrument < b.element.instrument }
      return a.offset < b.offset
    }.map(\.element)
    var lines: [String] = []
    for (place, item) in raised.enumerated() { lines.append(line(item, symbol(item.instrument), rank: place + 1)) }
    for item in news where !item.isRaised { lines.append(line(item, symbol(item.instrument), rank: nil)) }
    let ranking = raised.map { Rank(symbol: symbol($0.instrument), score: $0.score) }
    return (ScanStep(at: at, bars: bars, answers: news.count, ranking: ranking), lines)
  }

  private static func line(_ news: ScanNews, _ symbol: String, rank: Int?) -> String {
    let place = rank.map { "  rank \($0)" } ?? ""
    let score = news.score.map { "  score \($0)" } ?? ""
    return "\(news.time)  \(symbol)\(place)  \(news.text)\(score)"
  }

  var json: JSONValue {
    [
      "answers": JSONValue(answers), "at": .string("\(at)"), "bars": JSONValue(bars),
      "ranking": .array(ranking.map { ["score": JSONValue($0.score), "symbol": .string($0.symbol)] }),
    ]
  }
}
