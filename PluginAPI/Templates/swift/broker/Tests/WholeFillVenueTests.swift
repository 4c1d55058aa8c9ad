import BrokerLogic
import PluginSDK
import PluginTestKit
import Testing
import TradingTypes

@Suite struct `The venue` {
  static func host() -> TestHost { TestHost(["cash": 1000.0, "currency": "USD", "fee_rate": 0.001]) }

  static func order(
    _ id: ShortText, _ side: Side, _ type: OrderType = .market, _ quantity: String = "10", at price: String? = nil,
    _ group: ShortText = ShortText()
  ) -> OrderRequest {
    var request = OrderRequest(
      clientOrderID: id, instrument: InstrumentID(0), side: side, type: type, timeInForce: .gtc,
      quantity: Quantity(quantity)!, ocoGroup: group, createdAt: Timestamp(nanoseconds: 1))
    if type == .limit { request.limitPrice = price.flatMap { Price($0) } }
    if type == .stop { request.stopPrice = price.flatMap { Price($0) } }
    return request
  }

  static func quote(_ time: Int64, _ price: String) -> Quote {
    Quote(
      instrument: InstrumentID(0), time: Timestamp(nanoseconds: time), last: Price(price)!, bid: nil, ask: nil,
      session: .first)
  }

  static func bar(_ low: Double, _ high: Double) -> Bar {
    Bar(
      start: Timestamp(nanoseconds: 100), end: Timestamp(nanoseconds: 200), open: low, high: high, low: low, close: low,
      volume: 1000, instrument: InstrumentID(0))
  }

  @Test(arguments: Route.allCases) func `fills once, however often it is asked`(_ route: Route) throws {
    let venue = try BrokerDriver(WholeFillVenue.self, route: route, host: Self.host())
    #expect(try venue.place(Self.order("a", .buy)).map(\.kind) == [.accepted])
    #expect(try venue.quote(Self.quote(10, "20")).map(\.kind) == [.fill])
    #expect(try venue.quote(Self.quote(10, "20")).map(\.kind) == [.fill])
    #expect(try venue.place(Self.order("a", .buy)).map(\.kind) == [.accepted, .fill])
    #expect(Set(venue.reports.map(\.reportID)).count == 2)
    #expect(try venue.account().cash == Money("799.8", .usd))
    #expect(try venue.positions().map(\.quantity) == [Quantity("10")])
  }

  @Test func `sells nothing that is not held and buys nothing without cash`() throws {
    let venue = try BrokerDriver(WholeFillVenue.self, host: Self.host())
    #expect(throws: PluginError.self) { try venue.place(Self.order("a", .sell)) }
    #expect(venue.reports.map(\.reason) == ["more_than_held"])
    try venue.quote(Self.quote(10, "200"))
    #expect(try venue.place(Self.order("b", .buy)).map(\.reason) == ["", "not_enough_cash"])
  }

  @Test(arguments: Route.allCases) func `fills the stop where a bar touches both legs`(_ route: Route) throws {
    let host = Self.host()
    var venue = try BrokerDriver(WholeFillVenue.self, route: route, host: host)
    try venue.quote(Self.quote(10, "20"))
    try venue.place(Self.order("a", .buy))
    try venue.place(Self.order("stop", .sell, .stop, at: "18", "pair"))
    try venue.place(Self.order("goal", .sell, .limit, at: "25", "pair"))
    try venue.replace(OrderChange(clientOrderID: "stop", quantity: Quantity("10")!, stopPrice: Price("19")))
    let told = try venue.bar(Self.bar(18.5, 26))
    #expect(told.map(\.kind) == [.triggered, .fill, .cancelled])
    #expect(told.map(\.price) == [nil, Price("19"), nil])

    // A restart keeps what was told, and the same bar tells it again.
    host.crash()
    venue = try BrokerDriver(WholeFillVenue.self, route: route, host: host)
    #expect(try venue.bar(Self.bar(18.5, 26)) == told)
    #expect(try venue.positions().isEmpty)
    #expect(try venue.openOrders().isEmpty)
  }

  @Test func `refuses what it does not understand`() throws {
    let venue = try BrokerDriver(WholeFillVenue.self, host: Self.host())
    let error = #expect(throws: PluginError.self) { try venue.place(Self.order("a", .buy, .trailingStop)) }
    #expect(error?.status == .unsupported)
    let missing = #expect(throws: PluginError.self) { try venue.order("a") }
    #expect(missing?.status == .notFound)
  }

  @Test func `tells nothing that it could not save, and stops`() throws {
    let host = Self.host()
    let venue = try BrokerDriver(WholeFillVenue.self, host: host)
    host.failsCommits = true
    #expect(throws: PluginError.self) { try venue.place(Self.order("a", .buy)) }
    #expect(venue.reports.isEmpty)
    let error = #expect(throws: PluginError.self) { try venue.account() }
    #expect(error?.status == .fault)
  }

  @Test func `refuses state that was damaged`() throws {
    let host = Self.host()
    try BrokerDriver(WholeFillVenue.self, host: host).place(Self.order("a", .buy))
    try host.services.state.put("o/00000000", Array("a\n".utf8))
    try host.services.state.commit()
    let error = #expect(throws: PluginError.self) { try BrokerDriver(WholeFillVenue.self, host: host) }
    #expect(error?.status == .configuration)
  }
}
