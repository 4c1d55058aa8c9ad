import PluginSDK
import Testing
import TradingTypes

@testable import PaperLogic

/// One order resting before a session's open (or placed at it), and all that becomes of it by the close.
struct Case: Sendable, CustomTestStringConvertible {
  var name: String
  var request: OrderRequest
  /// Open, high, low, close of the session.
  var bar: (Double, Double, Double, Double) = (10, 11, 9, 10.5)
  var atOpen: [String] = []
  var atClose: [String] = []
  var testDescription: String { name }
}

private func buy(_ type: OrderType, _ tif: TimeInForce, limit: String? = nil, stop: String? = nil) -> OrderRequest {
  .make(type, .buy, "10", "a", tif, limit: limit, stop: stop)
}

private func sell(
  _ type: OrderType, _ tif: TimeInForce, limit: String? = nil, stop: String? = nil, distance: String? = nil
) -> OrderRequest { .make(type, .sell, "10", "a", tif, limit: limit, stop: stop, distance: distance) }

private let markets: [Case] = [
  Case(name: "market day fills at the open", request: buy(.market, .day), atOpen: ["a fill 10@10"]),
  Case(name: "market gtc fills at the open", request: buy(.market, .gtc), atOpen: ["a fill 10@10"]),
  Case(name: "market ioc fills at the open", request: buy(.market, .ioc), atOpen: ["a fill 10@10"]),
  Case(name: "market fok fills at the open", request: buy(.market, .fok), atOpen: ["a fill 10@10"]),
  Case(name: "market opg fills at the open", request: buy(.market, .opg), atOpen: ["a fill 10@10"]),
  Case(name: "market cls fills at the close", request: buy(.market, .cls), atClose: ["a fill 10@10.5"]),
  Case(name: "market sell fills at the open", request: sell(.market, .day), atOpen: ["a fill 10@10"]),
]

private let limits: [Case] = [
  Case(
    name: "buy limit above the open fills at the open", request: buy(.limit, .day, limit: "10.2"),
    atOpen: ["a fill 10@10"]),
  Case(
    name: "buy limit inside the range fills at the limit", request: buy(.limit, .day, limit: "9.5"),
    atClose: ["a fill 10@9.5"]),
  Case(name: "buy limit at the low fills", request: buy(.limit, .gtc, limit: "9"), atClose: ["a fill 10@9"]),
  Case(
    name: "buy limit day below the low expires", request: buy(.limit, .day, limit: "8.99"),
    atClose: ["a expired session_ended"]),
  Case(name: "buy limit gtc below the low works on", request: buy(.limit, .gtc, limit: "8.99")),
  Case(
    name: "buy limit ioc below the open is cancelled", request: buy(.limit, .ioc, limit: "9.9"),
    atOpen: ["a cancelled immediate_or_cancel"]),
  Case(
    name: "buy limit fok below the open is cancelled", request: buy(.limit, .fok, limit: "9.9"),
    atOpen: ["a cancelled fill_or_kill"]),
  Case(
    name: "buy limit opg below the open expires", request: buy(.limit, .opg, limit: "9.9"),
    atOpen: ["a expired not_at_open"]),
  Case(name: "buy limit opg above the open fills", request: buy(.limit, .opg, limit: "10"), atOpen: ["a fill 10@10"]),
  Case(
    name: "buy limit cls above the close fills at the close", request: buy(.limit, .cls, limit: "10.6"),
    atClose: ["a fill 10@10.5"]),
  Case(
    name: "buy limit cls below the close expires", request: buy(.limit, .cls, limit: "10.4"),
    atClose: ["a expired session_ended"]),
  Case(
    name: "sell limit below the open fills at the open", request: sell(.limit, .gtc, limit: "9.8"),
    atOpen: ["a fill 10@10"]),
  Case(
    name: "sell limit inside the range fills at the limit", request: sell(.limit, .gtc, limit: "10.9"),
    atClose: ["a fill 10@10.9"]),
  Case(name: "sell limit at the high fills", request: sell(.limit, .gtc, limit: "11"), atClose: ["a fill 10@11"]),
  Case(name: "sell limit above the high works on", request: sell(.limit, .gtc, limit: "11.01")),
  Case(
    name: "sell limit cls below the close fills at the close", request: sell(.limit, .cls, limit: "10.4"),
    atClose: ["a fill 10@10.5"]),
]

private let stops: [Case] = [
  Case(
    name: "sell stop inside the range fills at the stop", request: sell(.stop, .gtc, stop: "9.5"),
    atClose: ["a triggered", "a fill 10@9.5"]),
  Case(
    name: "sell stop at the low fills", request: sell(.stop, .day, stop: "9"), atClose: ["a triggered", "a fill 10@9"]),
  Case(name: "sell stop below the low works on", request: sell(.stop, .gtc, stop: "8.99")),
  Case(
    name: "sell stop day below the low expires", request: sell(.stop, .day, stop: "8.99"),
    atClose: ["a expired session_ended"]),
  Case(
    name: "sell stop above the open fills at the open", request: sell(.stop, .gtc, stop: "10.3"),
    atOpen: ["a triggered", "a fill 10@10"]),
  Case(
    name: "buy stop inside the range fills at the stop", request: buy(.stop, .gtc, stop: "10.7"),
    atClose: ["a triggered", "a fill 10@10.7"]),
  Case(
    name: "buy stop below the open fills at the open", request: buy(.stop, .gtc, stop: "9.7"),
    atOpen: ["a triggered", "a fill 10@10"]),
  Case(name: "buy stop above the high works on", request: buy(.stop, .gtc, stop: "11.01")),
  Case(
    name: "sell stop-limit fills between stop and limit", request: sell(.stopLimit, .gtc, limit: "9.4", stop: "9.5"),
    atClose: ["a triggered", "a fill 10@9.5"]),
  Case(
    name: "sell stop-limit opening below its limit rests", request: sell(.stopLimit, .gtc, limit: "11.2", stop: "11.5"),
    atOpen: ["a triggered"]),
  Case(
    name: "sell stop-limit triggered at the open fills at its limit later",
    request: sell(.stopLimit, .gtc, limit: "10.2", stop: "10.4"), atOpen: ["a triggered"], atClose: ["a fill 10@10.2"]),
  Case(
    name: "buy stop-limit fills between stop and limit", request: buy(.stopLimit, .gtc, limit: "10.8", stop: "10.7"),
    atClose: ["a triggered", "a fill 10@10.7"]),
  Case(
    name: "buy stop-limit opening above its limit rests", request: buy(.stopLimit, .gtc, limit: "8.9", stop: "8.8"),
    atOpen: ["a triggered"]),
  Case(
    name: "sell stop-limit with its limit above its stop waits for a later bar",
    request: sell(.stopLimit, .gtc, limit: "9.8", stop: "9.5"), atClose: ["a triggered"]),
]

@Suite struct `Order types and times in force` {
  @Test(arguments: markets + limits + stops)
  func `an order that rests before the open`(_ row: Case) {
    var desk = Desk()
    desk.hold("10", at: "12")
    desk.bar(12, 12, 12, 12)
    #expect(desk.place(row.request) == ["a accepted"])
    #expect(desk.open("\(row.bar.0)".replacing(".0", with: "")) == row.atOpen)
    #expect(desk.bar(row.bar.0, row.bar.1, row.bar.2, row.bar.3) == row.atClose)
  }

  @Test(arguments: markets + limits + stops)
  func `the bar's own open stands in for a quote that never came`(_ row: Case) {
    var desk = Desk()
    desk.hold("10", at: "12")
    desk.bar(12, 12, 12, 12)
    desk.place(row.request)
    #expect(desk.bar(row.bar.0, row.bar.1, row.bar.2, row.bar.3) == row.atOpen + row.atClose)
  }

  @Test(arguments: zip(TimeInForce.allCases, [true, true, true, true, true, false]))
  func `a market order placed at the open fills at once unless it is for the close`(_ tif: TimeInForce, fills: Bool) {
    var desk = Desk()
    desk.open("10")
    let expected = fills ? ["a accepted", "a fill 10@10"] : ["a accepted"]
    #expect(desk.place(.market(.buy, "10", "a", tif)) == expected)
  }

  @Test func `a market order placed after the close waits for the next quote`() {
    var desk = Desk()
    desk.open("10")
    desk.bar(10, 11, 9, 10)
    #expect(desk.place(.market(.buy, "10", "a")) == ["a accepted"])
    #expect(desk.open("10.3") == ["a fill 10@10.3"])
  }

  @Test(arguments: [OrderType.stop, .stopLimit, .trailingStop], [TimeInForce.ioc, .fok, .opg, .cls])
  func `a stop order lives for the day or until cancelled`(_ type: OrderType, _ tif: TimeInForce) {
    var desk = Desk()
    desk.hold("10", at: "10")
    let request = OrderRequest.make(
      type, .sell, "10", "a", tif, limit: type == .stopLimit ? "9" : nil, stop: type == .trailingStop ? nil : "9",
      distance: type == .trailingStop ? "1" : nil)
    #expect(desk.place(request) == ["a rejected time_in_force_unsupported"])
  }

  @Test func `an order for the open placed after it expires with its session`() {
    var desk = Desk()
    desk.open("10")
    desk.quote("10.1")
    #expect(desk.place(.market(.buy, "10", "a", .opg)) == ["a accepted"])
    #expect(desk.quote("10.2") == [])
    #expect(desk.bar(10, 11, 9, 10) == ["a expired session_ended"])
  }

  @Test func `a day order placed after the close lives through the next session`() {
    var desk = Desk()
    desk.open("10")
    desk.bar(10, 11, 9, 10)
    desk.place(.limit(.buy, "10", "a", "8", .day))
    #expect(desk.open("10") == [])
    #expect(desk.bar(10, 11, 9, 10) == ["a expired session_ended"])
  }

  @Test func `a day order ends at the next open when nobody told of its session's end`() {
    var desk = Desk()
    desk.open("10")
    desk.place(.limit(.buy, "10", "a", "8", .day))
    #expect(desk.bar(10, 11, 9, 10, []) == [])
    #expect(desk.open("7") == ["a expired session_ended"])
  }

  @Test func `a bar does not work on an order accepted after its end`() {
    var desk = Desk()
    desk.open("10")
    desk.time += 10
    desk.place(.limit(.buy, "10", "a", "9.5", .day))
    desk.time -= 9
    #expect(desk.bar(10, 11, 9, 10) == [])
    desk.time += 20
    #expect(desk.bar(10, 11, 9, 10) == ["a fill 10@9.5"])
  }
}
