import Testing
import TradingTypes

@testable import Ledger
@testable import TradingCore

@Suite struct `Why a trade was made or not` {
  /// An entry that was bought on the 20th and sold on the 25th, one refused by a gate on the 23rd, one stopped by the
  /// breaker on the 27th, and a decision of another symbol.
  private func recording() throws -> Recording {
    let recording = try Recording()
    let gates = [
      Check(name: "trend", kind: .bar, passed: true, value: 41.43, limit: 40.5),
      Check(name: "earnings", kind: .state, passed: true, value: nil, limit: nil, note: "unknown"),
    ]
    try recording.signal(1, checks: gates)
    try recording.decide(.signal, .raised(score: 0.57, confidence: 0, expectedValue: 0.01), signal: 1)
    try recording.decide(.size, .sizedByStrategy(quantity: Quantity("14")!), signal: 1)
    try recording.signal(2, symbol: 1)
    try recording.decide(.risk, .entriesStopped, signal: 2, symbol: 1)
    try recording.decide(.approval, .approved(by: .person), signal: 1, at: "2018-04-21T13:30:00Z")
    try recording.intent(1, signal: 1, position: 1)
    try recording.decide(.order, .intended(quantity: Quantity("14")!, price: .zero), signal: 1, order: 1)
    try recording.signal(
      3, at: "2018-04-23T20:00:00Z", bar: "2018-04-23T00:00:00Z",
      checks: [Check(name: "score", kind: .bar, passed: false, value: 0.1, limit: 0.55)])
    try recording.decide(.signal, .refusedByStrategy(code: "score"), signal: 3, at: "2018-04-23T20:00:00Z")
    try recording.signal(4, at: "2018-04-25T20:00:00Z", bar: "2018-04-25T00:00:00Z", action: .exit)
    try recording.decide(.exit, .exitDue(reason: .strategy, detail: "sma5"), signal: 4, at: "2018-04-25T20:00:00Z")
    try recording.intent(2, signal: 4, position: 1, side: .sell)
    try recording.decide(
      .order, .filled(quantity: Quantity("14")!, price: Price("43")!), signal: 4, order: 2, at: "2018-04-26T13:30:00Z")
    try recording.decide(
      .exit, .tradeClosed(pnl: Money("21.98", .usd)!, reason: .strategy), signal: 1, at: "2018-04-26T13:30:00Z")
    try recording.decide(
      .breaker, .tripped(loss: Money("1001", .usd)!, limit: Money("1000", .usd)!), signal: nil, symbol: nil,
      at: "2018-04-27T15:00:00Z")
    try recording.signal(5, at: "2018-04-27T20:00:00Z", bar: "2018-04-27T00:00:00Z")
    try recording.decide(.risk, .breakerTripped, signal: 5, at: "2018-04-27T20:00:00Z")
    return recording
  }

  private func codes(_ time: String?, of symbol: String = "AAPL") throws -> [String] {
    try recording().reader().why(symbol, at: time.map { Timestamp(rfc3339: $0)! }).map(\.code)
  }

  private static let trade = [
    "trend", "earnings", "raised", "sized_by_strategy", "approved", "intended", "exit_due", "filled", "trade_closed",
  ]

  @Test(arguments: ["2018-04-20T00:00:00Z", "2018-04-20T20:00:00Z", "2018-04-22T00:00:00Z"])
  func `from entry to exit for its bar and until the next signal`(time: String) throws {
    #expect(try codes(time) == Self.trade)
  }

  @Test func `the same chain at the signal that ended it`() throws {
    #expect(try codes("2018-04-26T00:00:00Z") == Self.trade)
  }

  @Test func `the gate that stopped it`() throws {
    let rows = try recording().reader().why("AAPL", at: Timestamp(rfc3339: "2018-04-24T00:00:00Z"))
    #expect(rows.map(\.code) == ["score", "score"])
    #expect(rows.map(\.stage) == ["gate", "signal"] && rows.allSatisfy { !$0.passed && $0.signal == 3 })
    #expect(
      rows[0].numbers == [
        NamedValue(name: "value", value: .number(0.1)), NamedValue(name: "limit", value: .number(0.55)),
      ])
  }

  @Test func `the breaker's word where that stopped it`() throws {
    let rows = try recording().reader().why("AAPL", at: Timestamp(rfc3339: "2018-05-01T00:00:00Z"))
    #expect(rows.map(\.code) == ["tripped", "breaker_tripped"])
    #expect(rows[0].symbol == nil && rows[0].stage == "breaker")
    #expect(
      rows[0].numbers == [
        NamedValue(name: "loss", value: .text("1001")), NamedValue(name: "limit", value: .text("1000")),
      ])
  }

  @Test func `everything of the symbol without a time, nothing before its first signal or of a stranger`() throws {
    #expect(
      try codes(nil) == Self.trade.prefix(6) + ["score", "score"] + Self.trade.dropFirst(6) + ["breaker_tripped"])
    #expect(try codes(nil, of: "NO") == ["entries_stopped"])
    #expect(try codes("2018-04-19T23:59:59Z").isEmpty)
    #expect(try codes(nil, of: "AAP").isEmpty)
  }

  @Test func `a note stands beside the numbers`() throws {
    let row = try #require(try recording().reader().why("AAPL").first { $0.code == "earnings" })
    #expect(
      row.numbers == [
        NamedValue(name: "value", value: .undefined), NamedValue(name: "limit", value: .undefined),
        NamedValue(name: "note", value: .text("unknown")),
      ])
  }
}
