import Configuration
import Testing

@Suite struct `YAML text` {
  static let bad: [BadConfiguration] = [
    BadConfiguration("tab", "risk:\n\tmax_positions: 3\n", "c.yaml:2:1: tab in the indentation; indent with spaces"),
    BadConfiguration(
      "tab after spaces", "risk:\n  max_positions: 3\n \tmax_daily_loss: 3\n",
      "c.yaml:3:2: tab in the indentation; indent with spaces"),
    BadConfiguration(
      "bracket left open", "a: [1, 2\nb: 3\n",
      "c.yaml:2:2: not readable as YAML: did not find expected ',' or ']' while parsing a flow sequence from line 1; "
        + "check the indentation, colons and quotes of this line and the one before"),
    BadConfiguration(
      "indentation", "a:\n   b: 1\n  c: 2\n",
      "c.yaml:3:3: not readable as YAML: did not find expected key while parsing a block mapping from line 1; "
        + "check the indentation, colons and quotes of this line and the one before"),
    BadConfiguration(
      "alias", "market: equity\nllm: &x\n  active: *y\n",
      "c.yaml:2:6: an anchor or alias (& or *); "
        + "write the value out, or put quotes around a text that starts with & or *",
      "c.yaml:3:11: an anchor or alias (& or *); "
        + "write the value out, or put quotes around a text that starts with & or *"),
    BadConfiguration(
      "tag", "market: !!str equity\n", "c.yaml:1:9: a tag; remove the word that starts with !"),
    BadConfiguration(
      "second document", "market: equity\n---\nmarket: crypto\n",
      "c.yaml:2:1: a second document; remove the line --- and what follows, or merge it into the first document"),
    BadConfiguration(
      "key that is a list", "market: equity\n? [a, b]\n: c\n",
      "c.yaml:2:3: a key that is not a text: found a list"),
  ]

  @Test(arguments: bad)
  func `that cannot be used is described with its place`(_ bad: BadConfiguration) {
    #expect(messages(bad.text) == bad.said)
  }

  @Test(arguments: [
    ([0x61, 0x3A, 0x20, 0x0A, 0xC3, 0xA4, 0xFF], "c.yaml:2:2: not UTF-8; save the file as UTF-8 text"),
    ([0xFF, 0xFE, 0x61, 0x00], "c.yaml:1:1: not UTF-8; save the file as UTF-8 text"),
    ([0x61, 0x0D, 0x0A, 0x62, 0x00], "c.yaml:2:2: control character U+0000; save the file as UTF-8 text"),
    ([0x61, 0xED, 0xA0, 0x80], "c.yaml:1:2: not UTF-8; save the file as UTF-8 text"),
    ([0x61, 0xC2, 0x85], "c.yaml:1:2: control character U+0085; save the file as UTF-8 text"),
  ])
  func `in another encoding is refused at the first such byte`(_ bytes: [UInt8], _ said: String) {
    #expect(YAMLDocument(bytes, file: "c.yaml").faults.map(\.description) == [said])
  }

  @Test func `keeps scalars as they were written`() throws {
    let texts = [
      "NO", "ON", "yes", "1E5", "1e3", "0x10", "1_000", "~", "null", "010", "1:30", "2001-01-01", ".inf", "=",
    ]
    let list = YAMLDocument(Array(texts.map { "- \($0)\n" }.joined().utf8), file: "c.yaml")
    guard case .sequence(let items) = try #require(list.root).content else {
      Issue.record("not a list")
      return
    }
    #expect(items.map(\.content) == texts.map { .scalar($0, isPlain: true) })
    #expect(items.map(\.position.line) == Array(1...texts.count))
    #expect(items.allSatisfy { $0.position.column == 3 && $0.position.file == "c.yaml" })
  }

  @Test func `starts after a byte order mark and counts columns in characters`() throws {
    let document = YAMLDocument(Array("\u{FEFF}ä: ö\n".utf8), file: "c.yaml")
    let entry = try #require(document.root?.entry("ä"))
    #expect(entry.position.column == 1 && entry.value.position.column == 4)
  }

  @Test func `that is empty or a comment is no document`() {
    for text in ["", "\n\n", "# nothing\n", "---\n"] {
      #expect(messages(text) == [])
    }
  }

  @Test func `beyond the limits is refused`() {
    var limits = YAMLDocument.Limits()
    (limits.bytes, limits.depth, limits.nodes) = (40, 3, 6)
    func said(_ text: String) -> [String] {
      YAMLDocument(Array(text.utf8), file: "c.yaml", limits: limits).faults.map(\.description)
    }
    #expect(said("[[[]]]") == [])
    #expect(said("[[[[]]]]") == [])
    #expect(said("[[[[[]]]]]") == ["c.yaml:1:5: too deep: expected at most 3 levels, found more"])
    #expect(said("[a,b,c,d,e]") == [])
    #expect(said("[a,b,c,d,e,f]") == ["c.yaml:1:12: too many values: expected at most 6, found more"])
    #expect(
      said(String(repeating: " ", count: 41)) == ["c.yaml: too large: expected at most 40 bytes, found 41 bytes"])
  }

  @Test(.timeLimit(.minutes(1))) func `that is hostile is refused soon`() {
    let hostile = [
      String(repeating: "[", count: 1_000_000), String(repeating: "{", count: 1_000_000),
      String(repeating: "- ", count: 500_000), String(repeating: "? ", count: 500_000),
      "a: &a [x]\n" + String(repeating: "b: [*a, *a]\n", count: 50_000),
      "k: \"" + String(repeating: "x", count: 900_000),
    ]
    for text in hostile {
      #expect(!YAMLDocument(Array(text.utf8), file: "c.yaml").faults.isEmpty)
    }
  }
}
