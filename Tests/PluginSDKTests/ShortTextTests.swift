import PluginSDK
import Testing

@Suite struct `Short text` {
  @Test(arguments: ["", "a", "naïve-日本", String(repeating: "x", count: 48)])
  func `what fits comes back`(_ text: String) throws {
    let short = try #require(ShortText(text))
    #expect(short.description == text)
    #expect(short.count == text.utf8.count)
    #expect(short.isEmpty == text.isEmpty)
    #expect(short == ShortText(text))
    #expect(short.hashValue == ShortText(text)?.hashValue)
  }

  @Test(arguments: [String(repeating: "x", count: 49), String(repeating: "é", count: 25), "a\0b"])
  func `what does not fit is refused`(_ text: String) { #expect(ShortText(text) == nil) }

  @Test func `order is that of the bytes`() {
    let sorted: [ShortText] = ["", "1", "10", "2", "B", "a", "aa", "ab", "b", "é"]
    #expect(sorted.reversed().sorted() == sorted)
    #expect(Set(sorted).count == sorted.count)
  }

  @Test func `texts that differ in the last byte differ`() {
    let stem = String(repeating: "x", count: 47)
    #expect(ShortText(stem + "a") != ShortText(stem + "b"))
    #expect(ShortText(stem) != ShortText(stem + "x"))
  }
}
