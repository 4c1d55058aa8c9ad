import Testing
import TradingTypes

@Suite struct `Names that the ledger and JSON keep for ever` {
  @Test func `sides`() {
    #expect(Side.allCases.map { "\($0.rawValue) \($0.name)" } == ["1 buy", "2 sell"])
    #expect(Side.buy.opposite == .sell && Side.sell.opposite == .buy)
  }

  @Test func `order types`() {
    #expect(
      OrderType.allCases.map { "\($0.rawValue) \($0.name)" }
        == ["1 market", "2 limit", "3 stop", "4 stop_limit", "5 trailing_stop"])
  }

  @Test func `times in force`() {
    #expect(
      TimeInForce.allCases.map { "\($0.rawValue) \($0.name)" } == [
        "1 day", "2 gtc", "3 ioc", "4 fok", "5 opg", "6 cls",
      ])
  }

  @Test func `markets`() { #expect(Market.allCases.map(\.rawValue) == [1, 2, 3]) }
}

@Suite struct `Instruments and bars` {
  @Test(arguments: [("1", "0.01"), ("250.5", "0.01"), ("0.999999999", "0.0001"), ("0.00006034", "0.0001")])
  func `without a known tick the increment follows the price`(_ price: String, _ tick: String) throws {
    var instrument = Instrument(
      id: InstrumentID(0), symbol: "AAPL", currency: .usd, market: .equity, exchange: "XNYS", tick: nil,
      step: Quantity(nanos: 1_000_000_000), barSeconds: 86_400)
    let at = try #require(Price(price))
    #expect(instrument.tick(at: at) == Price(tick) && instrument.isDaily)
    instrument.tick = Price("0.25")
    #expect(instrument.tick(at: at) == Price("0.25"))
  }

  /// Open, high, low, close, volume; whether a bar may look like that.
  static let shapes: [([Double], Bool)] = [
    ([10, 12, 9, 11, 100], true), ([10, 10, 10, 10, 0], true), ([9, 12, 9, 12, 1e12], true),
    ([10, 12, 10.5, 11, 100], false), ([10, 12, 9, 12.5, 100], false), ([10, 9.5, 9, 9.2, 100], false),
    ([10, 12, 9, 8, 100], false), ([10, 12, 0, 11, 100], false), ([-1, 12, -1, 11, 100], false),
    ([10, 12, 9, 11, -1], false), ([10, .infinity, 9, 11, 100], false), ([10, 12, 9, 11, .infinity], false),
    ([.nan, 12, 9, 11, 100], false), ([10, .nan, 9, 11, 100], false), ([10, 12, .nan, 11, 100], false),
    ([10, 12, 9, .nan, 100], false), ([10, 12, 9, 11, .nan], false),
  ]

  @Test(arguments: shapes)
  func `only finite bars with low <= open, close <= high are plausible`(_ shape: [Double], _ plausible: Bool) {
    let bar = Bar(
      start: Timestamp(nanoseconds: 0), end: Timestamp(nanoseconds: 1), open: shape[0], high: shape[1], low: shape[2],
      close: shape[3], volume: shape[4], instrument: InstrumentID(7))
    #expect(bar.isPlausible == plausible)
  }
}
