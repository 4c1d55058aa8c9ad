import PluginSDK
import PluginTestKit
import Testing
import TradingTypes

@Suite struct `Strategy adapter` {
  private func driver(_ behaviour: OptionValue, _ route: Route, _ session: SessionStart = SessionStart()) throws
    -> StrategyDriver<ProbeStrategy>
  {
    try StrategyDriver(
      route: route, host: TestHost(["behaviour": behaviour]),
      instruments: [
        .example("ABC"),
        .example("BTC", id: 1, currency: Currency("USDT")!, market: .crypto, exchange: "", tick: nil, barSeconds: 60),
      ], session: session)
  }

  @Test(arguments: Route.allCases) func `every part of a signal arrives`(_ route: Route) throws {
    let driver = try driver("full", route)
    try driver.bar(Examples.bar)
    try driver.bar(Examples.bar)
    #expect(driver.signals == [Examples.signal, Examples.signal])
  }

  @Test(arguments: Route.allCases) func `what a signal leaves out stays unset`(_ route: Route) throws {
    let driver = try driver("bare", route)
    try driver.bar(Examples.bar)
    #expect(driver.signals == [.enterLong(bar: Examples.bar)])
  }

  @Test(arguments: Examples.singles.indices) func `each flag of a signal stands for one part`(_ index: Int) throws {
    let host = TestHost(["behaviour": "single", "index": .integer(Int64(index))])
    let driver = try StrategyDriver(ProbeStrategy.self, route: .tables, host: host)
    try driver.bar(Examples.bar)
    #expect(driver.signals == [Examples.singles[index]])
  }

  @Test(arguments: Route.allCases) func `every part of a virtual trade arrives`(_ route: Route) throws {
    let driver = try driver("trade", route)
    try driver.bar(Examples.bar)
    #expect(driver.virtualTrades == [Examples.virtualTrade])
  }

  @Test(arguments: Route.allCases) func `evaluate tells the instant`(_ route: Route) throws {
    let driver = try driver("silent", route)
    try driver.evaluate(at: Timestamp(nanoseconds: 42))
    #expect(driver.signals.map(\.decidedAt) == [Timestamp(nanoseconds: 42)])
    #expect(driver.signals.map(\.verdict) == [.evaluated])
  }

  @Test(arguments: Route.allCases) func `every check of a recheck arrives`(_ route: Route) throws {
    let request = Recheck(
      instrument: InstrumentID(1), barTime: Timestamp(nanoseconds: 1), now: Timestamp(nanoseconds: 9),
      price: Price("100.5")!, quoteTime: Timestamp(nanoseconds: 4))
    #expect(
      try driver("silent", route).recheck(request) == [
        Check("price", .recheck, passed: false, value: 100.5, limit: 100),
        Check("age", .recheck, passed: true, note: "5"),
      ])
    #expect(throws: PluginError(.notFound, "probe knows no such signal")) {
      try driver("fault", route).recheck(request)
    }
  }

  @Test(arguments: Route.allCases) func `a fill arrives`(_ route: Route) throws {
    let driver = try driver("silent", route)
    try driver.fill(
      Fill(
        instrument: InstrumentID(1), side: .sell, exitReason: .trailing, signalBar: Timestamp(nanoseconds: 1),
        time: Timestamp(nanoseconds: 2), price: Price("3.5")!, quantity: Quantity("4")!, position: Quantity("5")!))
    #expect(driver.host.log.last?.text == "filled 4 at 3.5, now 5, trailing")
  }

  @Test func `start tells the instruments and the session`() throws {
    let session = SessionStart(explain: true, decideFrom: Timestamp(nanoseconds: 6))
    let direct = try driver("silent", .direct, session)
    #expect(direct.strategy?.session == session)
    #expect(direct.strategy?.instruments.last?.tick == nil)
    let tables = try driver("silent", .tables, session)
    #expect(tables.host.log.map(\.text) == ["started with ABC,BTC"])
  }

  @Test(arguments: Route.allCases) func `a throw becomes its status`(_ route: Route) throws {
    let driver = try driver("fault", route)
    #expect(throws: PluginError(.fault, "probe broke on purpose")) { try driver.bar(Examples.bar) }
  }

  @Test func `a throw is logged as an error`() throws {
    let driver = try driver("fault", .tables)
    #expect(throws: PluginError.self) { try driver.bar(Examples.bar) }
    #expect(driver.host.errors == ["probe broke on purpose"])
  }

  @Test func `an instrument that start did not name is refused before the strategy sees it`() throws {
    let driver = try driver("bare", .tables)
    var bar = Examples.bar
    bar.instrument = InstrumentID(2)
    #expect(throws: PluginError(.invalid, "instrument 2: expected one of the 2 of start")) { try driver.bar(bar) }
    #expect(driver.signals.isEmpty)
  }

  @Test func `an option that is missing fails the creation`() throws {
    let expected = PluginError(
      .configuration,
      "option behaviour: expected a text, found no value; set it, or declare it in the manifest with a default")
    for route in Route.allCases {
      #expect(throws: expected) { try StrategyDriver<ProbeStrategy>(route: route, host: TestHost()) }
    }
  }

  @Test(arguments: [SessionFlags(), .first, .last, [.first, .last]])
  func `the place of a bar in its session arrives`(_ flags: SessionFlags) throws {
    let driver = try driver("silent", .direct)
    try driver.bar(Examples.bar, session: flags)
    #expect(driver.strategy?.places == [flags])
  }
}
