import TradingTypes
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

  @Test(arguments: 1...48) func `borrowed bytes of every length are held, but none with a NUL`(_ count: Int) {
    // In memory of just this size, so that a sanitizer sees a read behind it.
    let memory = UnsafeMutableBufferPointer<CChar>.allocate(capacity: count)
    defer { memory.deallocate() }
    for place in 0..<count { memory[place] = CChar(97 + place % 26) }
    let text = ShortText(memory.baseAddress, UInt64(count))
    #expect(text == ShortText(String(decoding: memory.map { UInt8(bitPattern: $0) }, as: UTF8.self)))
    #expect(text?.count == count)
    #expect(text?.withPointer { $1 } == UInt64(count))
    for place in 0..<count {
      let byte = memory[place]
      memory[place] = 0
      #expect(ShortText(memory.baseAddress, UInt64(count)) == nil)
      memory[place] = byte
    }
  }

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

  @Test func `a number behind a prefix is written and read back`() {
    for prefix: ShortText in ["", "b", "w0123456789-", "1234567890123456789012345678"] {
      for number: UInt64 in [0, 1, 9, 10, 99, 100, 12_345_678, 9_999_999_999_999_999_999] {
        let text = prefix.appending(number)
        #expect(text?.description == "\(prefix)\(number)")
        #expect(text?.number(after: prefix) == number)
      }
    }
  }

  @Test func `a text is counted up where only its last digit changes`() throws {
    for prefix: ShortText in ["", "b", "w0123456789-", "12345678901234567890123456789012345678901234567"] {
      var text = try #require(prefix.appending(0))
      for digit: UInt64 in 1...9 {
        let isCounted = text.countUp()
        #expect(isCounted)
        #expect(text == prefix.appending(digit))
      }
      let nine = text
      let isCounted = text.countUp()
      #expect(!isCounted)
      #expect(text == nine)
    }
    for other: ShortText in ["", "w1-", "1/", "1:"] {
      var text = other
      let isCounted = text.countUp()
      #expect(!isCounted)
      #expect(text == other)
    }
  }

  @Test(arguments: ["b", "c12", "b012", "b1x", "b-1", "b12 ", "x", "b12345678901234567890"])
  func `what is no such number is not read as one`(text: String) throws {
    #expect(try #require(ShortText(text)).number(after: "b") == nil)
  }

  @Test func `a number that does not fit is refused`() throws {
    let full = try #require(ShortText(String(repeating: "a", count: 46)))
    #expect(full.appending(12)?.count == 48)
    #expect(full.appending(123) == nil)
  }
}
