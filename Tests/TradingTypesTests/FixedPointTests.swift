import Testing
import TradingTypes

/// A text and the billionths it reads as; `nil` where it must be refused.
struct DecimalText: Sendable, CustomTestStringConvertible {
  var text: String
  var nanos: Int64?
  /// How the value is written; the text itself unless said.
  var written: String?

  init(_ text: String, _ nanos: Int64?, written: String? = nil) {
    self.text = text
    self.nanos = nanos
    self.written = written
  }

  var testDescription: String { "\"\(text)\"" }
}

let decimalTexts: [DecimalText] = [
  DecimalText("0", 0),
  DecimalText("-0", 0, written: "0"),
  DecimalText("-0.000000000", 0, written: "0"),
  DecimalText("1", 1_000_000_000),
  DecimalText("41.43", 41_430_000_000),
  DecimalText("-12.34", -12_340_000_000),
  DecimalText("0.1", 100_000_000),
  DecimalText("007.50", 7_500_000_000, written: "7.5"),
  DecimalText("0.000000001", 1),
  DecimalText("-0.000000001", -1),
  DecimalText("1.100000000", 1_100_000_000, written: "1.1"),
  DecimalText("9223372036.854775807", .max),
  DecimalText("-9223372036.854775808", .min),
  DecimalText("00009223372036.854775807", .max, written: "9223372036.854775807"),
  DecimalText("9223372036.854775808", nil),
  DecimalText("-9223372036.854775809", nil),
  DecimalText("9223372037", nil),
  DecimalText("99999999999999999999", nil),
  DecimalText("0.1234567891", nil),
  DecimalText("0.0000000000", nil),
  DecimalText("", nil),
  DecimalText("-", nil),
  DecimalText(".", nil),
  DecimalText("-.", nil),
  DecimalText(".5", nil),
  DecimalText("5.", nil),
  DecimalText("1.2.3", nil),
  DecimalText("--1", nil),
  DecimalText("+1", nil),
  DecimalText("1-", nil),
  DecimalText(" 1", nil),
  DecimalText("1 ", nil),
  DecimalText("1\n", nil),
  DecimalText("1,000", nil),
  DecimalText("1_000", nil),
  DecimalText("1e3", nil),
  DecimalText("0x10", nil),
  DecimalText("nan", nil),
  DecimalText("inf", nil),
  DecimalText("\u{0663}", nil),
  DecimalText("1\u{0301}", nil),
  DecimalText("1\u{0}", nil),
]

/// A double and the billionths nearest to it; `nil` where it must be refused.
let doubles: [(Double, Int64?)] = [
  (0, 0), (-0.0, 0), (0.1, 100_000_000), (41.7075, 41_707_500_000), (1e-10, 0), (6e-10, 1), (-6e-10, -1),
  (0x1p-10, 976_562), (3 * 0x1p-10, 2_929_688), (-0x1p-10, -976_562), (9_223_372_036.0, 9_223_372_036_000_000_000),
  (9_223_372_036.8547, 9_223_372_036_854_700_032), (9_223_372_037, nil), (-9_223_372_037, nil), (1e300, nil),
  (.nan, nil), (.infinity, nil), (-.infinity, nil), (.leastNonzeroMagnitude, 0),
]

@Suite struct `Decimals of nine places` {
  @Test(arguments: decimalTexts)
  func `read and are written as listed, or are refused`(_ row: DecimalText) {
    #expect(Price(row.text)?.nanos == row.nanos)
    #expect(Quantity(Substring(row.text))?.nanos == row.nanos)
    if row.nanos != nil { #expect(Price(row.text)?.description == row.written ?? row.text) }
  }

  @Test func `every value reads back from its text, which has no trailing zero and no exponent`() {
    var random = SplitMix64(seed: 1)
    for _ in 0..<20_000 {
      let price = Price(nanos: random.int64())
      let text = price.description
      #expect(Price(text) == price)
      #expect(!text.contains("e") && !(text.contains(".") && text.hasSuffix("0")) && !text.hasSuffix("."))
    }
  }

  @Test func `sums and differences are exact, or refused where they do not fit`() {
    var random = SplitMix64(seed: 2)
    var refused = 0
    for _ in 0..<20_000 {
      let (a, b) = (random.int64(), random.int64())
      let sum = fitted(Int128(a) + Int128(b))
      #expect(Price(nanos: a).adding(Price(nanos: b))?.nanos == sum)
      #expect(Price(nanos: a).subtracting(Price(nanos: b))?.nanos == fitted(Int128(a) - Int128(b)))
      #expect((Price(nanos: a) < Price(nanos: b)) == (a < b))
      if sum == nil { refused += 1 }
    }
    #expect(refused > 100)
  }

  @Test(arguments: [Rounding.down, .up])
  func `rounding goes to the neighbouring multiple in the named direction`(_ direction: Rounding) {
    var random = SplitMix64(seed: 3)
    var (moved, refused) = (0, 0)
    for _ in 0..<20_000 {
      let (value, step) = (random.int64(), random.int64())
      let found = Price(nanos: value).rounded(direction, to: Price(nanos: step))?.nanos
      guard step > 0 else {
        #expect(found == nil)
        continue
      }
      let floor = floorDivide(Int128(value), Int128(step)) * Int128(step)
      let exact = direction == .down || floor == Int128(value) ? floor : floor + Int128(step)
      #expect(found == fitted(exact), "\(value) to \(step)")
      if found == nil { refused += 1 } else if found != value { moved += 1 }
    }
    #expect(moved > 1000 && refused > 100)
  }

  @Test func `rounding by hand`() throws {
    let cent = try #require(Price("0.01"))
    #expect(Price("37.974")?.rounded(.up, to: cent) == Price("37.98"))
    #expect(Price("41.189")?.rounded(.down, to: cent) == Price("41.18"))
    #expect(Price("41.18")?.rounded(.down, to: cent) == Price("41.18"))
    #expect(Price("-0.005")?.rounded(.down, to: cent) == Price("-0.01"))
    #expect(Price("-0.005")?.rounded(.up, to: cent) == .zero)
    #expect(Price(nanos: .max).rounded(.up, to: cent) == nil)
    #expect(Price(nanos: .min).rounded(.down, to: cent) == nil)
    #expect(Price("1")?.rounded(.down, to: .zero) == nil)
    #expect(Price("1")?.rounded(.down, to: Price(nanos: -1)) == nil)
  }

  @Test(arguments: doubles)
  func `a double becomes the nearest billionth, ties to even, or is refused`(_ value: Double, _ nanos: Int64?) {
    #expect(Price(value)?.nanos == nanos)
  }

  @Test func `a price below four million survives the way to a double and back`() {
    var random = SplitMix64(seed: 4)
    for _ in 0..<20_000 {
      // The double is off by at most 0.24 billionths there and the product by 0.25, so the nearest one is the same.
      let price = Price(nanos: random.int64() % 4_000_000_000_000_000)
      #expect(Price(price.double) == price)
    }
  }
}
