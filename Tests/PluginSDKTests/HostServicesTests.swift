import MarketCalendar
import PluginSDK
import PluginTestKit
import Testing
import TradingTypes

private enum Colour: String, CaseIterable {
  case red
  case blue
}

@Suite struct `Options` {
  private let host = TestHost([
    "whole": 20, "exact": .decimal(nanos: 1_500_000_000), "yes": true, "no": false, "name": "naïve", "colour": "blue",
    "list": ["AAPL", "ON"], "none": [],
  ])

  @Test func `each type is read`() throws {
    let options = try host.services.options
    #expect(try options.integer("whole") == 20)
    #expect(try options.integer("whole", in: 20...20) == 20)
    #expect(try options.seconds("whole") == 20)
    #expect(try options.decimal("exact", as: Price.self) == Price("1.5"))
    #expect(try options.decimal("whole", as: Quantity.self) == Quantity("20"))
    #expect(try options.number("exact") == 1.5)
    #expect(try options.boolean("yes"))
    #expect(try !options.boolean("no"))
    #expect(try options.text("name") == "naïve")
    #expect(try options.choice("colour", as: Colour.self) == .blue)
    #expect(try options.list("list") == ["AAPL", "ON"])
    #expect(try options.list("none") == [])
    #expect(try options.list("absent") == [])
    #expect(try options.optionalInteger("absent") == nil)
    #expect(try options.optionalDecimal("absent", as: Price.self) == nil)
    #expect(try options.optionalText("absent") == nil)
  }

  @Test func `a fault names the option, what was expected and what was found`() throws {
    let options = try host.services.options
    let missing = "found no value; set it, or declare it in the manifest with a default"
    let otherType = "in the manifest, found an option of another type"
    expectFault("option absent: expected an integer, \(missing)") { _ = try options.integer("absent") }
    expectFault("option absent: expected a decimal, \(missing)") { _ = try options.number("absent") }
    expectFault("option absent: expected a boolean, found no value") { _ = try options.boolean("absent") }
    expectFault("option absent: expected a text, \(missing)") { _ = try options.text("absent") }
    expectFault("option name: expected an integer \(otherType)") { _ = try options.integer("name") }
    expectFault("option name: expected a decimal \(otherType)") { _ = try options.number("name") }
    expectFault("option whole: expected a boolean \(otherType)") { _ = try options.boolean("whole") }
    expectFault("option whole: expected a text \(otherType)") { _ = try options.text("whole") }
    expectFault("option whole: expected a list \(otherType)") { _ = try options.list("whole") }
    expectFault("option whole: expected an integer in 1...19, found 20") {
      _ = try options.integer("whole", in: 1...19)
    }
    expectFault("option exact: expected a decimal in 0.0...1.0, found 1.5") {
      _ = try options.number("exact", in: 0...1)
    }
    expectFault("option name: expected one of red, blue, found \"naïve\"") {
      _ = try options.choice("name", as: Colour.self)
    }
  }

  private func expectFault(
    _ message: String, _ location: SourceLocation = #_sourceLocation, _ body: () throws -> Void
  ) {
    #expect(throws: PluginError(.configuration, message), sourceLocation: location, performing: body)
  }
}

@Suite struct `Host services` {
  @Test func `a table that is not offered says so`() throws {
    let host = TestHost()
    host.withheld = ["wharf.state/1", "wharf.log/1"]
    let failure = #expect(throws: PluginError.self) { try host.services.state }
    #expect(failure?.status == .unsupported)
    #expect(failure?.message.hasPrefix("host table wharf.state/1: not offered") == true)
    host.services.log.error("goes nowhere")
    #expect(host.log.isEmpty)
  }

  @Test func `each level reaches the log`() {
    let host = TestHost()
    let log = host.services.log
    log.debug("a")
    log.info("b")
    log.warning("c")
    log.error("")
    #expect(host.log.map(\.level) == [1, 2, 3, 4])
    #expect(host.log.map(\.text) == ["a", "b", "c", ""])
  }

  @Test func `the clock is the host's`() throws {
    let host = TestHost()
    let clock = try host.services.clock
    host.now = Timestamp(nanoseconds: -5)
    #expect(clock.now == Timestamp(nanoseconds: -5))
  }

  @Test func `random numbers are the host's`() throws {
    var first = try TestHost(seed: 7).services.random
    var second = try TestHost(seed: 7).services.random
    let numbers = (0..<4).map { _ in Int.random(in: 0..<1000, using: &first) }
    #expect(numbers == (0..<4).map { _ in Int.random(in: 0..<1000, using: &second) })
    #expect(Set(numbers).count > 1)
  }

  @Test func `the account and holdings arrive`() throws {
    let host = TestHost()
    host.account = Account(
      equity: Money("3", Currency("USDT")!)!, cash: Money("-1", Currency("USDT")!)!,
      buyingPower: Money("2", Currency("USDT")!)!, isBreakerTripped: true)
    let holding = Holding(
      quantity: Quantity("4")!, averagePrice: Price("5")!, hasPosition: true, hasPendingSignal: true, isBlocked: true)
    host.holdings[InstrumentID(1)] = holding
    let portfolio = try host.services.portfolio
    #expect(try portfolio.account() == host.account)
    #expect(try portfolio.holding(InstrumentID(1)) == holding)
    #expect(!holding.isFree)
    #expect(try portfolio.holding(InstrumentID(0)).isFree)
  }
}

@Suite struct `State store` {
  @Test func `changes are read at once and are durable only after a commit`() throws {
    let host = TestHost()
    let state = try host.services.state
    #expect(try state.get("a") == nil)
    try state.put("a", [1, 2])
    try state.put("empty", [])
    #expect(try state.get("a") == [1, 2])
    #expect(try state.get("empty") == [])
    host.crash()
    #expect(try state.get("a") == nil)
    try state.put("a", [3])
    try state.commit()
    try state.remove("a")
    try state.remove("never")
    #expect(try state.get("a") == nil)
    host.crash()
    #expect(try state.get("a") == [3])
  }

  @Test func `keys come in order and by prefix`() throws {
    let host = TestHost()
    let state = try host.services.state
    for key in ["order/2", "order/10", "account", "order/é"] { try state.put(key, [0]) }
    try state.commit()
    try state.put("order/1", [0])
    try state.remove("order/2")
    #expect(try state.keys(prefix: "order/") == ["order/1", "order/10", "order/é"])
    #expect(try state.keys().count == 4)
  }

  @Test func `a failed commit and an unusable key throw`() throws {
    let host = TestHost()
    let state = try host.services.state
    try state.put("a", [1])
    host.failsCommits = true
    #expect(throws: PluginError(.io, "state commit: the host answered io")) { try state.commit() }
    #expect(host.durable.isEmpty)
    #expect(throws: PluginError(.invalid, "state put : the host answered invalid")) { try state.put("", [1]) }
  }
}

@Suite struct `Calendars` {
  @Test func `an exchange's calendar has the host's sessions, also those from data`() throws {
    let host = TestHost()
    let early = try #require(CivilDate("1999-03-01"))
    host.calendars["XNYS"] = SessionCalendar.xnys.extended(withDates: [early])
    let calendar = try host.services.calendars.calendar(of: .example())
    #expect(calendar.session(on: early)?.isFromData == true)
    let halfDay = try #require(CivilDate("2018-11-23"))
    #expect(calendar.session(on: halfDay) == SessionCalendar.xnys.session(on: halfDay))
    #expect(calendar.indices.count == SessionCalendar.xnys.indices.count + 1)
  }

  @Test func `an instrument without an exchange trades around the clock`() throws {
    let calendar = try TestHost().services.calendars.calendar(of: .example(market: .crypto, exchange: ""))
    #expect(calendar.isAroundTheClock)
  }

  @Test func `an exchange nobody knows and one that disagrees are refused`() throws {
    let host = TestHost()
    let calendars = try host.services.calendars
    #expect(throws: PluginError(.notFound, "calendar XTKS: the host answered notFound")) {
      try calendars.calendar(of: "XTKS")
    }
    host.calendars["XNYS"] = .xlon
    let failure = #expect(throws: PluginError.self) { try calendars.calendar(of: "XNYS") }
    #expect(failure?.status == .unsupported)
    #expect(failure?.message.hasSuffix("rebuild the plugin for this host") == true)
  }
}
