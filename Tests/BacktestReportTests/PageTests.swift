import BacktestReport
import Foundation
import Hashing
import Testing
import TradingTypes

@Suite struct `The page` {
  static let cases: [(name: String, run: ExampleRun)] = [
    ("no bar", ExampleRun(days: 0)), ("one bar", ExampleRun(days: 1)), ("no trades", ExampleRun(days: 30)),
    ("all losses", ExampleRun(results: Array(repeating: "-3.5", count: 20))),
    ("all wins", ExampleRun(results: Array(repeating: "3.5", count: 20))),
    ("down to nothing", ExampleRun(results: ["-1000", "5"])),
    ("intraday", ExampleRun(results: ["1"], timing: .instants)),
  ]

  @Test(arguments: cases)
  func `it is whole whatever happened in the run`(_ example: (name: String, run: ExampleRun)) throws {
    let page = rendered(example.run.content)
    #expect(page.hasPrefix("<!doctype html>"))
    #expect(page.hasSuffix("</script>\n</body></html>\n"))
    #expect(unbalanced(page).isEmpty, "\(example.name)")
    for id in ["figures", "charts", "trades", "basis", "chart-panels", "data"] {
      #expect(page.components(separatedBy: "id=\"\(id)\"").count == 2, "\(id) in \(example.name)")
    }
    let data = try embeddedData(page)
    let account = try #require(data["account"] as? [String: Any])
    #expect((account["t"] as? [Int])?.count == example.run.days)
    let trades = try #require(data["trades"] as? [String: Any])
    #expect((trades["entry"] as? [Int])?.count == example.run.results.count)
  }

  /// Elements that are begun and not ended, or the other way round.
  private func unbalanced(_ page: String) -> [String] {
    let markup = page.replacing(/(?s)<(script|style)[^>]*>.*?<\/\1>/, with: "")
    var open: [Substring] = []
    for match in markup.matches(of: /<(\/?)([a-z][a-z0-9]*)[^>]*>/) where !["meta", "link"].contains(match.2) {
      if match.1.isEmpty {
        open.append(match.2)
      } else if open.popLast() != match.2 {
        return ["</\(match.2)>"]
      }
    }
    return open.map(String.init)
  }

  @Test func `the same content gives the same bytes`() {
    let run = ExampleRun(results: ["1", "-2", "3"])
    #expect(rendered(run.content) == rendered(run.content))
  }

  @Test func `it asks for nothing from outside`() {
    let page = rendered(ExampleRun(results: ["1", "-2", "3"]).content)
    let words = [
      "http:", "https:", "HTTP", "//www", "@import", " url(", ":url(", "fetch(", "XMLHttpRequest", "import(", "eval(",
      "Function(", "WebSocket", "sendBeacon", "innerHTML +", "insertAdjacentHTML", "document.write",
    ]
    #expect(words.filter { page.contains($0) } == [])
    let links = page.matches(of: /(src|href)="([^"]*)"/).map(\.2)
    #expect(links.allSatisfy { $0 == "data:," || $0.hasPrefix("#") })
  }

  @Test(arguments: ["style", "script"])
  func `its policy lets only its own style and script run`(_ kind: String) throws {
    let page = rendered(ExampleRun().content)
    let policy = try #require(between("Content-Security-Policy\" content=\"", "\">", in: page))
    #expect(policy.hasPrefix("default-src 'none';"))
    #expect(!policy.contains("unsafe"))
    let body = try #require(between("<\(kind)>", "</\(kind)>", in: page))
    var hash = SHA256()
    Array(body.utf8).withUnsafeBytes { hash.update($0) }
    let digest = Data(hash.finalize().bytes).base64EncodedString()
    #expect(policy.contains("\(kind)-src 'sha256-\(digest)'"))
    #expect(!page.contains(" style=\""))
    #expect(page.matches(of: /\son[a-z]+="/).isEmpty)
  }

  @Test func `a sink that fails ends the writing with its own error`() {
    struct Full: Error, Equatable { var pieces: Int }
    var pieces = 0
    #expect(throws: Full(pieces: 2)) {
      try Report.render(ExampleRun().content) { (_: UnsafeRawBufferPointer) throws(Full) in
        pieces += 1
        if pieces == 2 { throw Full(pieces: pieces) }
      }
    }
    #expect(pieces == 2)
  }

  @Test func `it says how many trades it does not list`() throws {
    let page = rendered(ExampleRun(results: Array(repeating: "1", count: 12), tradeLimit: 10).content)
    #expect(page.contains("The first 10 of 12 trades; the figures above cover all."))
    #expect(page.contains("The first 10 trades are marked."))
    let trades = try #require(try embeddedData(page)["trades"] as? [String: Any])
    #expect(trades["total"] as? Int == 12)
    #expect((trades["held"] as? [Int])?.count == 10)
  }

  @Test func `money of trades reaches the table as exact text`() throws {
    let page = rendered(ExampleRun(results: ["0.100000001", "-20.05"]).content)
    let trades = try #require(try embeddedData(page)["trades"] as? [String: Any])
    #expect(trades["pnl"] as? String == "0.100000001,-20.05")
    #expect(trades["out"] as? String == "101.123456789,101.123456789")
    #expect(trades["fees"] as? String == "0.25,0.25")
    #expect(trades["stop"] as? String == "95,95")
    #expect(trades["target"] as? String == ",")
  }

  @Test func `what is open at the end is listed and warned of`() {
    var content = ExampleRun().content
    content.openPositions = [
      ReportPosition(
        symbol: 0, quantity: Quantity("5")!, entryTime: day(3), entryPrice: Price("103.5")!, lastPrice: Price("120")!,
        unrealised: usd("82.5"))
    ]
    let page = rendered(content)
    #expect(page.contains("One position was still open at the end"))
    #expect(page.contains("+82.50"))
    #expect(page.contains("103.5"))
  }

  @Test(arguments: [(nil, "not recorded", false), (1, "1", false), (200, "200", true)] as [(Int?, String, Bool)])
  func `the number of trials is told, and warned of where there were many`(_ row: (Int?, String, Bool)) {
    var content = ExampleRun().content
    content.figures.trials = row.0
    let page = rendered(content)
    #expect(page.contains("<dt>Trials</dt><dd>\(row.1)</dd>"))
    #expect(page.contains("the best of many looks better than it is") == row.2)
  }

  @Test func `only the symbols traded most are charted, and it says so`() throws {
    var content = ExampleRun(results: ["1", "2", "3"]).content
    content.symbols = (0..<20).map { ReportSymbol(name: "S\($0)", currency: .usd, price: content.symbols[0].price) }
    content.trades = ReportTrades()
    for index in 0..<20 {
      for _ in 0...(index % 7) {
        var trade = ExampleRun().trade(0, "1")
        trade.symbol = index
        content.trades.append(trade)
      }
    }
    let page = rendered(content)
    let charted = try #require(try embeddedData(page)["prices"] as? [[String: Any]]).compactMap { $0["symbol"] as? Int }
    #expect(charted == [6, 13, 5, 12, 19, 4, 11, 18, 3, 10, 17, 2])
    #expect(page.contains("Prices of 12 of 20 symbols, those traded most."))
  }

  @Test(arguments: [
    (500, 16_384, "every bar"), (500, 100, "steps of up to 8 bars"), (20_000, 16_384, "steps of up to 2 bars"),
  ])
  func `it says how finely the curves are drawn`(_ row: (bars: Int, priceCapacity: Int, steps: String)) {
    var content = ExampleRun(timing: .instants).content
    content.account = AccountSampler(startingEquity: 1000)
    var price = PriceSampler(capacity: row.priceCapacity)
    for index in 0..<row.bars {
      content.account.add(at: minute(index), equity: 1000)
      price.add(bar(minute(index), 1, 2, 1, 2))
    }
    content.symbols[0].price = price
    let page = rendered(content)
    #expect(page.contains("Prices are drawn") && page.contains(row.steps))
    #expect(page.contains("Equity and drawdown are drawn from every bar.") == (row.bars <= 16_384))
  }

  @Test func `curves of all their points and eleven thousand trades stay below three megabytes`() {
    var numbers = SeededNumbers(1)
    var account = AccountSampler(startingEquity: 1000)
    var price = PriceSampler()
    for (index, value) in numbers.walk(from: 1000, steps: 2 * 16_384).enumerated() {
      account.add(at: minute(index), equity: value)
      price.add(bar(minute(index), value, value * 1.01, value * 0.99, value * 1.001))
    }
    var content = ExampleRun(timing: .instants).content
    content.account = account
    content.symbols[0].price = price
    for index in 0..<11_000 {
      var trade = ExampleRun().trade(0, "\(index % 17).123456789")
      trade.entryTime = minute(index * 90)
      trade.exitTime = minute(index * 90 + 45)
      content.trades.append(trade)
    }
    #expect(account.buckets.count == 16_384)
    #expect(price.buckets.count == 16_384)
    #expect(rendered(content).utf8.count < 3_000_000)
  }
}
