import PluginSDK
import Testing
import TradingTypes

@testable import PaperLogic

struct Refused: Sendable, CustomTestStringConvertible {
  var code: String
  var request: OrderRequest
  var testDescription: String { "\(code) \(request.clientOrderID)" }
}

private let table: [Refused] = [
  Refused(code: "unknown_instrument", request: .market(.buy, "1", "a", instrument: 7)),
  Refused(code: "currency_mismatch", request: .market(.buy, "1", "a", instrument: 1)),
  Refused(code: "quantity_not_positive", request: .market(.buy, "0", "zero")),
  Refused(code: "quantity_not_positive", request: .market(.buy, "-1", "negative")),
  Refused(code: "quantity_off_step", request: .market(.buy, "1.5", "a")),
  Refused(code: "price_missing", request: .make(.limit, .buy, "1", "limit")),
  Refused(code: "price_missing", request: .make(.stop, .buy, "1", "stop")),
  Refused(code: "price_missing", request: .make(.stopLimit, .buy, "1", "both", stop: "11")),
  Refused(code: "price_missing", request: .make(.trailingStop, .buy, "1", "distance")),
  Refused(code: "price_not_used", request: .make(.market, .buy, "1", "a", limit: "10")),
  Refused(code: "price_not_used", request: .make(.limit, .buy, "1", "b", limit: "10", stop: "9")),
  Refused(code: "price_not_used", request: .make(.stop, .buy, "1", "c", stop: "11", distance: "1")),
  Refused(code: "price_not_positive", request: .make(.limit, .buy, "1", "a", limit: "-10")),
  Refused(code: "price_not_positive", request: .make(.trailingStop, .buy, "1", "b", distance: "-1")),
  Refused(code: "price_off_tick", request: .make(.limit, .buy, "1", "limit", limit: "9.999")),
  Refused(code: "price_off_tick", request: .make(.stop, .buy, "1", "stop", stop: "11.001")),
  Refused(code: "price_off_tick", request: .market(.buy, "1", "sl").bracket(stopLoss: "9.0001")),
  Refused(code: "value_overflow", request: .make(.limit, .buy, "9000000000", "a", limit: "9000000000")),
  Refused(code: "insufficient_buying_power", request: .market(.buy, "10001", "a")),
  Refused(code: "exceeds_position", request: .market(.sell, "1", "a")),
  Refused(code: "time_in_force_unsupported", request: .make(.stop, .buy, "1", "a", .ioc, stop: "11")),
  Refused(code: "bracket_needs_buy", request: .market(.sell, "1", "a").bracket(stopLoss: "9")),
  Refused(code: "bracket_crossed", request: .market(.buy, "1", "a").bracket(takeProfit: "9", stopLoss: "9")),
  Refused(
    code: "client_id_too_long",
    request: .market(.buy, "1", String(repeating: "i", count: 46)).bracket(stopLoss: "9")),
]

@Suite struct `Refusals` {
  private func desk() -> Desk {
    var desk = Desk()
    desk.venue = PaperVenue(
      [Desk.instrument(0), Desk.instrument(1, currency: Currency("EUR")!)], settings: desk.venue.settings)
    desk.quote("10")
    desk.quote("10", instrument: 1)
    return desk
  }

  @Test(arguments: table) func `a request that cannot be filled`(_ row: Refused) {
    var desk = desk()
    let line = "\(row.request.clientOrderID) rejected \(row.code)"
    #expect(desk.place(row.request) == [line])
    #expect(desk.outcome == .refused)
    #expect(desk.working == [] && desk.cash == "100000" && desk.buyingPower == "100000")
    #expect(desk.place(row.request) == [line], "asked again, it is told again")
    #expect(desk.outcome == .refused)
    var places = Told()
    #expect(desk.venue.reports(of: row.request.clientOrderID, into: &places) && places.places.count == 1)
  }

  @Test func `every code is told by some row or test and has a text`() {
    let texts = Reason.allCases.map { $0.text(expected: 1_500_000_000, found: 2_000_000_000) }
    #expect(Set(texts).count == Reason.allCases.count)
    #expect(zip(Reason.allCases, texts).allSatisfy { $1.hasPrefix($0.code) && !$1.hasSuffix(".") })
  }

  @Test func `a reason gives both numbers`() {
    var desk = desk()
    desk.place(.limit(.buy, "1", "a", "9.999"))
    #expect(desk.told[0].reason == "price_off_tick: expected a multiple of 0.01, found 9.999")
  }

  @Test func `an unknown tick is 0.01 from 1 up and 0.0001 below`() {
    var instrument = Desk.instrument(0)
    instrument.tick = nil
    var desk = Desk()
    desk.venue = PaperVenue([instrument], settings: .frictionless)
    #expect(desk.place(.limit(.buy, "1", "a", "1.001")) == ["a rejected price_off_tick"])
    #expect(desk.place(.limit(.buy, "1", "b", "0.9991")) == ["b accepted"])
  }

  @Test(arguments: [
    Quote(instrument: InstrumentID(0), time: Timestamp(nanoseconds: 9), last: Price("0")!),
    Quote(instrument: InstrumentID(0), time: Timestamp(nanoseconds: 9), last: Price("-1")!),
    Quote(instrument: InstrumentID(9), time: Timestamp(nanoseconds: 9), last: Price("1")!),
    Quote(
      instrument: InstrumentID(0), time: Timestamp(nanoseconds: 9), last: Price("1")!, bid: Price("2")!,
      ask: Price("1")!),
    Quote(
      instrument: InstrumentID(0), time: Timestamp(nanoseconds: 9), last: Price("1")!,
      session: SessionFlags(rawValue: 4)),
  ])
  func `a quote that cannot be`(_ quote: Quote) {
    var desk = Desk()
    desk.place(.market(.buy, "1", "a"))
    #expect(desk.offer(quote) == [] && !desk.isUsable)
    #expect(desk.working == ["a 1"])
  }

  @Test(arguments: [
    (0.0, 1.0, 0.0, 1.0, 1.0), (1, 0.5, 1, 1, 1), (1, 1, 1, 2, 1), (1, .nan, 1, 1, 1), (1, .infinity, 1, 1, 1),
    (1, 1, 1, 1, -1), (1, 1, 1, 1, .nan), (1e12, 1e12, 1e12, 1e12, 1),
  ])
  func `a bar that cannot be`(_ open: Double, _ high: Double, _ low: Double, _ close: Double, _ volume: Double) {
    var desk = Desk()
    #expect(desk.bar(open, high, low, close, volume: volume) == [] && !desk.isUsable)
    desk.place(.market(.buy, "1", "a"))
    #expect(desk.bar(open, high, low, close, volume: volume) == [] && !desk.isUsable)
    #expect(desk.working == ["a 1"])
  }
}
