import PluginSDK
import PluginTestKit
import Testing
import TradingTypes

@Suite struct `Scanner adapter` {
  @Test(arguments: Route.allCases) func `every part of an observation arrives`(_ route: Route) throws {
    let driver = try ScannerDriver(ProbeScanner.self, route: route, host: TestHost())
    try driver.bar(Examples.bar)
    try driver.evaluate(at: Timestamp(nanoseconds: 3))
    try driver.finish()
    #expect(driver.observations.first == Examples.observation)
    #expect(driver.observations.map(\.kind) == [.alert, .evaluated, .episodeClosed])
    #expect(driver.observations[1] == Observation(.evaluated, InstrumentID(0), at: Timestamp(nanoseconds: 3)))
  }
}

@Suite struct `Broker adapter` {
  private func driver(_ route: Route) throws -> BrokerDriver<ProbeVenue> {
    try BrokerDriver(route: route, host: TestHost())
  }

  private static let request: OrderRequest = {
    var request = OrderRequest(
      clientOrderID: "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKL", instrument: InstrumentID(0), side: .sell,
      type: .stopLimit, timeInForce: .fok, quantity: Quantity("1.5")!, ocoGroup: "group",
      createdAt: Timestamp(nanoseconds: 2))
    request.limitPrice = Price("3")
    request.stopPrice = Price("4")
    request.trailingDistance = Price("5")
    request.takeProfitPrice = Price("6")
    request.stopLossPrice = Price("7")
    return request
  }()

  @Test(arguments: Route.allCases) func `every part of an order and of a report arrives`(_ route: Route) throws {
    let driver = try driver(route)
    let request = Self.request
    #expect(try driver.place(request) == [Examples.report(request.clientOrderID, "\(request)")])
    var least = OrderRequest(
      clientOrderID: "b", instrument: InstrumentID(0), side: .buy, type: .market, timeInForce: .day,
      quantity: Quantity("1")!, createdAt: Timestamp(nanoseconds: 0))
    #expect(try driver.place(least) == [Examples.report("b", "\(least)")])
    #expect(try driver.openOrders().map(\.clientOrderID) == [request.clientOrderID, "b"])
    #expect(try driver.order("b") == [Examples.report("b", "found")])
    try driver.cancel("b")
    #expect(throws: PluginError(.notFound, "no order b")) { try driver.cancel("b") }
    #expect(throws: PluginError(.notFound, "no order c")) { try driver.order("c") }
    least.clientOrderID = "c"
    #expect(driver.reports.count == 5)
  }

  @Test(arguments: Route.allCases) func `a change keeps what it does not name`(_ route: Route) throws {
    let driver = try driver(route)
    for change in [
      OrderChange(clientOrderID: "a", quantity: Quantity("2")!),
      OrderChange(clientOrderID: "a", quantity: Quantity("2")!, limitPrice: Price("3")),
      OrderChange(clientOrderID: "a", quantity: Quantity("2")!, stopPrice: Price("4")),
    ] {
      #expect(try driver.replace(change) == [Examples.report("a", "\(change)")])
    }
  }

  @Test(arguments: Route.allCases) func `account, positions and abilities arrive`(_ route: Route) throws {
    let driver = try driver(route)
    #expect(try driver.capabilities() == [.limit, .oco, .findByClientID])
    #expect(
      try driver.account()
        == BrokerAccount(isLive: true, cash: Money("12.5", .usd)!, buyingPower: Money("25", .usd)!))
    #expect(
      try driver.positions() == [
        BrokerPosition(instrument: InstrumentID(0), quantity: Quantity("3")!, averagePrice: Price("1.25")!),
        BrokerPosition(instrument: InstrumentID(1), quantity: Quantity("-4")!, averagePrice: Price("2")!),
      ])
  }

  @Test(arguments: Route.allCases) func `quotes and bars reach a venue`(_ route: Route) throws {
    let driver = try driver(route)
    for quote in [
      Quote(instrument: InstrumentID(0), time: Timestamp(nanoseconds: 1), last: Price("2")!),
      Quote(
        instrument: InstrumentID(0), time: Timestamp(nanoseconds: 1), last: Price("2")!, bid: Price("1"),
        ask: Price("3"), session: .first),
    ] {
      #expect(try driver.quote(quote).map(\.reason) == ["\(quote)"])
    }
    #expect(
      try driver.bar(Examples.bar, session: .last).map(\.reason) == ["\(Examples.bar) \(SessionFlags.last)"])
  }
}

@Suite struct `Market data adapter` {
  @Test(arguments: Route.allCases) func `series, faults and the fingerprint arrive`(_ route: Route) throws {
    let driver = try MarketDataDriver(ProbeSource.self, route: route, host: TestHost())
    try driver.open(["A", "B"])
    #expect(driver.series == [Examples.series("A"), Examples.series("B")])
    #expect(driver.faults == [Examples.fault, DataFault(isSkipped: false, code: "no_columns", text: "")])
    #expect(driver.fingerprint == (0..<32).map { UInt8($0) })
    try driver.open()
    #expect(driver.series.isEmpty)
    #expect(throws: PluginError(.notFound, "no symbol NONE")) { try driver.open(["NONE"]) }
  }

  @Test(arguments: Route.allCases, [1, 2, 5, 6])
  func `bars come in pieces of the caller's size until none is left`(_ route: Route, _ capacity: Int) throws {
    let driver = try MarketDataDriver(ProbeSource.self, route: route, host: TestHost())
    let expected = (0..<5).map { Examples.bar($0) }
    #expect(try driver.read(capacity) == Array(expected.prefix(capacity)))
    try driver.rewind()
    #expect(try driver.readAll(capacity) == expected)
    #expect(try driver.read(capacity).isEmpty)
  }
}

@Suite struct `Notifier adapter` {
  @Test(arguments: Route.allCases) func `every part of a message arrives`(_ route: Route) throws {
    let driver = try NotifierDriver(ProbeNotifier.self, route: route, host: TestHost())
    let full = Notification(
      severity: .alarm, time: Timestamp(nanoseconds: 1), topic: "breaker", title: "Tripped", text: "two\nlines")
    let bare = Notification(severity: .info, time: Timestamp(nanoseconds: 2), topic: "fill", title: "Bought")
    try driver.notify(full)
    try driver.notify(bare)
    #expect(driver.host.log.map(\.text) == ["\(full)", "\(bare)"])
    let busy = Notification(severity: .warning, time: Timestamp(nanoseconds: 3), topic: "busy", title: "")
    #expect(throws: PluginError(.busy, "offer it again")) { try driver.notify(busy) }
  }
}
