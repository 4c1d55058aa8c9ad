import BacktestReport
import Foundation
import Testing
import TradingTypes

@Suite struct `Texts from outside` {
  static let hostile = [
    "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"><svg onload=alert(1)>",
    "' onmouseover='x",
    "<!--<script>", "]]>", "&lt;b&gt;", "\\u003c/script\\u003e", "a\u{0}b\u{8}c\u{1B}[31m", "\u{2028}\u{2029}\u{FEFF}",
    "\u{202E}gnp.exe", "\u{2066}x\u{2069}", "line\nbreak\ttab\r", "C:\\temp\\\"x\"", "🚢 Ωmega",
  ]

  private func content(_ text: String) -> ReportContent {
    var content = ExampleRun(title: text, results: ["1", "-1"], symbol: text).content
    content.strategies = [
      ReportStrategy(
        id: text, version: text, pluginHash: text, parameters: [ReportParameter(name: text, value: text)]),
      ReportStrategy(id: "other", version: "1", pluginHash: "00"),
    ]
    content.symbols.append(ReportSymbol(name: text + "2", currency: .usd))
    var trade = ExampleRun().trade(1, "2")
    trade.exitReason = text
    trade.exitDetail = text + "!"
    content.trades.append(trade)
    content.assumptions = [ReportFact(text, text)]
    content.provenance = [ReportFact(text, text)]
    content.notes = [ReportNote(.warning, text, details: [text]), ReportNote(.notice, text)]
    content.openPositions = [
      ReportPosition(
        symbol: 1, quantity: Quantity("1")!, entryTime: day(0), entryPrice: Price("1")!, lastPrice: Price("1")!,
        unrealised: usd("0"))
    ]
    return content
  }

  @Test(arguments: hostile)
  func `they add no element, attribute or script`(_ text: String) {
    let page = rendered(content(text))
    let tame = rendered(content("plain"))
    func elements(_ page: String) -> [Substring] {
      page.replacing(/(?s)<(style|script)>.*?<\/\1>/, with: "").replacing(/aria-label="[^"]*"/, with: "")
        .matches(of: /<[^>]*>/).map(\.0).filter { !$0.contains("class=\"number") }
    }
    #expect(elements(page).sorted() == elements(tame).sorted())
    #expect(page.components(separatedBy: "</script").count == 3)
    #expect(page.components(separatedBy: "<!--").count == 1)
  }

  @Test(arguments: hostile)
  func `the script reads them back as they were, control characters aside`(_ text: String) throws {
    let data = try embeddedData(rendered(content(text)))
    let visible = String(String.UnicodeScalarView(text.unicodeScalars.map(shown)))
    #expect((data["symbols"] as? [String]) == [visible, visible + "2"])
    #expect((data["strategies"] as? [String]) == [visible, "other"])
    let reasons = try #require((data["trades"] as? [String: Any])?["reasons"] as? [String])
    #expect(Set(reasons) == ["stop: cross", "strategy: cross", visible + ": " + visible + "!"])
  }

  private func shown(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if scalar == "\n" || scalar == "\t" || scalar == "\r" { return " " }
    let isHidden =
      scalar.properties.generalCategory == .control || scalar.properties.isBidiControl
      || ["\u{2028}", "\u{2029}", "\u{FEFF}"].contains(scalar)
    return isHidden ? "\u{FFFD}" : scalar
  }

  @Test func `nothing that hides or turns text is left in the page`() {
    for text in Self.hostile {
      let odd = rendered(content(text)).unicodeScalars.filter { $0.properties.isBidiControl || $0.value == 0 }
      #expect(odd.isEmpty)
    }
  }
}
