import CommandLineKit
import Testing

@Suite struct `Terminal capabilities` {
  struct Facts: Sendable, CustomTestStringConvertible {
    var isTerminal = true
    var columns: Int? = 100
    var environment: [String: String]
    var expected: TerminalCapabilities
    var testDescription: String { "\(isTerminal) \(columns ?? -1) \(environment)" }
  }

  private static func shown(_ columns: Int, style: Bool, redraws: Bool) -> TerminalCapabilities {
    TerminalCapabilities(isTerminal: true, columns: columns, showsStyle: style, redraws: redraws)
  }

  @Test(arguments: [
    Facts(environment: ["TERM": "xterm"], expected: shown(100, style: true, redraws: true)),
    Facts(environment: ["TERM": "xterm", "NO_COLOR": "1"], expected: shown(100, style: false, redraws: true)),
    Facts(environment: ["TERM": "xterm", "NO_COLOR": ""], expected: shown(100, style: true, redraws: true)),
    Facts(environment: ["TERM": "dumb"], expected: shown(100, style: false, redraws: false)),
    Facts(environment: [:], expected: shown(100, style: false, redraws: false)),
    Facts(columns: nil, environment: ["TERM": "vt100"], expected: shown(80, style: true, redraws: true)),
    Facts(
      columns: nil, environment: ["TERM": "vt100", "COLUMNS": "132"], expected: shown(132, style: true, redraws: true)),
    Facts(
      columns: nil, environment: ["TERM": "vt100", "COLUMNS": "-3"], expected: shown(80, style: true, redraws: true)),
    Facts(isTerminal: false, environment: ["TERM": "xterm", "COLUMNS": "132"], expected: .piped),
  ])
  func `follow from the descriptor and the environment`(_ facts: Facts) {
    let capabilities = TerminalCapabilities(isTerminal: facts.isTerminal, columns: facts.columns) {
      facts.environment[$0]
    }
    #expect(capabilities == facts.expected)
  }

  @Test func `of a pipe are those of a pipe`() {
    let pipe = TestPipe()
    #expect(TerminalCapabilities.of(descriptor: pipe.writeEnd) == .piped)
  }

  @Test func `style is there only where it can be shown`() {
    let style = Style(.colourful)
    #expect(style.bold("a") == "\u{1B}[1ma\u{1B}[0m")
    #expect(style.dim("a") == "\u{1B}[2ma\u{1B}[0m")
    #expect(style.red("a") == "\u{1B}[31ma\u{1B}[0m")
    #expect(style.green("a") == "\u{1B}[32ma\u{1B}[0m")
    #expect(style.yellow("a") == "\u{1B}[33ma\u{1B}[0m")
    #expect(style.red("") == "")
    for tint in Style.Tint.allCases {
      #expect(Style(.terminal80).tinted("a", tint) == "a")
      #expect(Style.plain.tinted("a", tint) == "a")
    }
  }
}

@Suite struct `Display width` {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("漢字", 4), ("ﾊﾝ", 2), ("ハン", 4), ("한국", 4),
    ("\u{1112}\u{1161}\u{11AB}", 2),
    ("😀", 2), ("👩‍👩‍👧", 2), ("🇩🇪", 2), ("❤️", 2), ("❤", 1), ("€—…", 3), ("a\u{200B}b", 2), ("\u{301}", 0), ("Ａ", 2),
    ("\u{2329}", 2), ("\u{1F210}", 2),
  ])
  func `counts columns as a terminal does`(_ text: String, _ width: Int) { #expect(displayWidth(text) == width) }

  @Test func `printable text has no control characters and keeps the rest`() {
    #expect(printable("plain") == "plain")
    #expect(printable("é\t\r\n\u{1B}[0m\u{7F}\u{85}漢") == "é\\t\\r\\n\\u{1B}[0m\\u{7F}\\u{85}漢")
    var generator = SeededGenerator(state: 5)
    for _ in 0..<1000 {
      let text = printable(generator.text(upTo: 30))
      #expect(text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
    }
  }
}

@Suite struct `Tables` {
  private static func table() -> TextTable {
    var table = TextTable([
      .init("SYMBOL"), .init("QUANTITY", .right), .init("STATUS"), .init("REASON", mayBeCut: true),
    ])
    table.append(["AAPL", "14", Style.Tint.green.cell("filled"), ""])
    table.append(["漢字", "1000.5", "open", "a rather long reason that goes on\nand on"])
    table.append(["", "", "", ""])
    return table
  }

  @Test func `columns are aligned, without trailing spaces`() {
    #expect(
      Self.table().rendered(for: .piped) == """
        SYMBOL  QUANTITY  STATUS  REASON
        AAPL          14  filled
        漢字      1000.5  open    a rather long reason that goes on\\nand on


        """)
  }

  @Test func `a narrow terminal cuts only what may be cut`() {
    let narrow = TerminalCapabilities(isTerminal: true, columns: 40, showsStyle: false, redraws: true)
    #expect(
      Self.table().rendered(for: narrow) == """
        SYMBOL  QUANTITY  STATUS  REASON
        AAPL          14  filled
        漢字      1000.5  open    a rather long…


        """)
    let tiny = TerminalCapabilities(isTerminal: true, columns: 10, showsStyle: false, redraws: true)
    #expect(Self.table().rendered(for: tiny).contains("漢字      1000.5  open    a rathe…\n"))
  }

  @Test func `ids and numbers are whole even where the table does not fit`() {
    var table = TextTable([.init("ID"), .init("REASON", mayBeCut: true)])
    table.append(["0123456789abcdef0123456789abcdef", "a rather long reason"])
    let narrow = TerminalCapabilities(isTerminal: true, columns: 20, showsStyle: false, redraws: true)
    #expect(table.rendered(for: narrow).hasSuffix("\n0123456789abcdef0123456789abcdef  a rathe…\n"))
  }

  @Test func `tints surround the text and not the padding`() {
    let text = Self.table().rendered(for: .colourful)
    #expect(text.hasPrefix("\u{1B}[1mSYMBOL\u{1B}[0m  \u{1B}[1mQUANTITY\u{1B}[0m"))
    #expect(text.contains("          14  \u{1B}[32mfilled\u{1B}[0m\n"))
  }

  @Test func `any cells keep lines within the terminal and free of trailing spaces`() {
    var generator = SeededGenerator(state: 6)
    for _ in 0..<500 {
      var table = TextTable([
        .init("A", mayBeCut: true), .init("B", .right, mayBeCut: true), .init("C", mayBeCut: true),
      ])
      for _ in 0..<4 { table.append((0..<3).map { _ in .init(generator.text(upTo: 20)) }) }
      let width = Int.random(in: 28...90, using: &generator)
      let lines = table.rendered(
        for: TerminalCapabilities(isTerminal: true, columns: width, showsStyle: false, redraws: true)
      ).split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.count == 6)
      for line in lines { #expect(displayWidth(String(line)) <= width && line.last != " ") }
    }
  }

  @Test func `a row of the wrong length traps`() async {
    await #expect(processExitsWith: .failure) {
      var table = TextTable([.init("A")])
      table.append(["a", "b"])
    }
  }
}

extension Style.Tint {
  fileprivate func cell(_ text: String) -> TextTable.Cell { TextTable.Cell(text, self) }
}
