import Testing
import TradingTypes

@testable import BacktestReport

@Suite struct `Numbers in the page` {
  @Test(
    arguments: [
      (0, "0.00"), (1, "0.000000001"), (-1, "−0.000000001"), (12_345_600_000_000, "12,345.60"),
      (-999_999_999_999, "−999.999999999"), (1_000_000_000_000_000, "1,000,000.00"),
    ] as [(Int128, String)])
  func `exact money keeps every digit`(_ row: (Int128, String)) {
    #expect(NumberText.exact(nanos: row.0) == row.1)
  }

  @Test(
    arguments: [
      (0, "0.00"), (1_005_000_000, "+1.01"), (-1_004_999_999, "−1.00"), (99_736_884_600, "+99.74"),
      (123_456_789, "+0.123457"),
      (400, "0.00"), (-1_234_567_895_000_000, "−1,234,567.90"),
    ] as [(Int128, String)])
  func `rounded money has two places, or six below one`(_ row: (Int128, String)) {
    #expect(NumberText.rounded(nanos: row.0, signed: true) == row.1)
  }

  @Test(
    arguments: [
      (nil, "–"), (.nan, "–"), (.infinity, "–"), (1e300, "–"), (0.0, "0.00\u{202F}%"), (-0.18993, "−18.99\u{202F}%"),
      (0.000004, "0.00\u{202F}%"), (12.3456789, "+1,234.57\u{202F}%"),
    ] as [(Double?, String)])
  func `a fraction is shown in per cent`(_ row: (Double?, String)) {
    #expect(NumberText.percent(row.0, signed: true) == row.1)
  }

  @Test(arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (-1_234_567, "-1,234,567"), (-123, "-123")])
  func `counts are grouped`(_ row: (Int, String)) {
    #expect(NumberText.count(row.0) == row.1)
  }

  @Test func `times are dates for sessions and instants otherwise`() {
    let time = Timestamp(rfc3339: "2013-10-07T18:07:30Z")!
    #expect(ReportTiming.sessions.text(time) == "2013-10-07")
    #expect(ReportTiming.instants.text(time) == "2013-10-07 18:07:30Z")
    #expect(ReportTiming.instants.text(CivilDate("1969-12-31")!.midnightUTC) == "1969-12-31 00:00Z")
    #expect(ReportTiming.sessions.milliseconds(time) == 1_381_104_000_000)
  }

  @Test(
    arguments: [
      ([100.25, 99.5], 2), ([1.5, 2, 3], 2), ([168.1825, 168], 4), ([41.432498931884766, 40.1], 5),
      ([0.00001234, 0.1], 8), ([0.000012345678, 0.1], 9),
      ([6_558_789.03], 2), ([], 2), ([0], 2), ([13_153.606547200004], 2), ([1e15, 1], 0),
    ] as [([Double], Int)])
  func `a column gets the places it needs`(_ row: ([Double], Int)) {
    #expect(DecimalScale(fitting: row.0).places == row.1)
  }

  @Test func `units of a column round to the nearest and never overflow`() {
    let scale = DecimalScale(fitting: [1.25, 2.5])
    #expect(
      [1.25, 1.254, 1.256, -1.25, 1e300, -1e300].map(scale.units) == [125, 125, 126, -125, 10 ** 15, -(10 ** 15)])
  }
}

infix operator ** : MultiplicationPrecedence
private func ** (base: Int64, exponent: Int) -> Int64 { (0..<exponent).reduce(1) { result, _ in result * base } }
