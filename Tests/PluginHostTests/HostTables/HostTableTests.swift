import MarketCalendar
import PluginHost
import Testing
import TradingCore
import TradingTypes

/// A store that can be made to fail.
final class FragileStore: PluginStateStore {
  struct Broken: Error {}
  let inner = MemoryStateStore()
  var isBroken = false

  func value(of key: [UInt8]) throws -> [UInt8]? {
    if isBroken { throw Broken() }
    return inner.value(of: key)
  }
  func keys(withPrefix prefix: [UInt8]) throws -> [[UInt8]] {
    if isBroken { throw Broken() }
    return inner.keys(withPrefix: prefix)
  }
  func commit(_ changes: [PluginStateChange]) throws {
    if isBroken { throw Broken() }
    inner.commit(changes)
  }
}

@Suite(.serialized) struct `The host's tables` {
  private static let shared = Result { try LoadedFixture(Probe.source, options: Probe.options) }
  let strategy: StrategyInstance
  let recorder = Recorder()
  let store = FragileStore()
  let clock = RoadClock(Timestamp(nanoseconds: 5))
  let board = PortfolioBoard(instrumentCount: 2)

  init() throws {
    let image = try Self.shared.get().image
    var services = try recorder.services(image, configuration: "    key: ${secret:KEY}\n    fast: 30\n", clock: clock)
    services.state = store
    services.portfolio = board
    services.calendars = ["XNYS": .xnys, "24/7": .aroundTheClock]
    strategy = try StrategyInstance(image, services)
  }

  /// What the plugin logs for some calls, made one after the other.
  private func answers(_ names: String...) throws -> [String] {
    recorder.clear()
    for name in names {
      let call = try #require(Probe.calls.firstIndex { $0.name == name }, "\(name)")
      #expect(strategy.onBar(bar(volume: Double(call)), isSessionFirst: false, isSessionLast: false) == .ok)
    }
    return recorder.lines.map(\.text)
  }

  @Test(
    arguments: [
      ("integer", "0 30"), ("duration", "0 90"), ("split second", "1 -1"), ("split decimal", "0 500000000"),
      ("decimal", "0 3000000000"), ("whole decimal", "1 -1"), ("unlimited", "3 -1"), ("boolean", "0 1"),
      ("other type", "1 -1"), ("text", "0 [cross]"), ("list", "0 [ON][NO]"), ("secret", "3 "), ("undeclared", "3 "),
    ])
  func `give options by their types, and no secret`(_ call: String, _ answer: String) throws {
    #expect(try answers(call) == [answer])
  }

  @Test func `hold changes of the state back until they are committed`() throws {
    #expect(try answers("get nothing", "put", "get", "keys") == ["3 ", "0", "0 [one]", "0 [a/0][a/1]"])
    #expect(store.inner.keys(withPrefix: []).isEmpty)
    #expect(try answers("commit", "remove", "get", "keys") == ["0", "0", "3 ", "0 [a/0]"])
    #expect(store.inner.value(of: Array("a/1".utf8)) == Array("one".utf8))
    #expect(try answers("commit", "all keys") == ["0", "0 [a/0][b]"])
    #expect(store.inner.value(of: Array("a/1".utf8)) == nil)
    #expect(store.inner.value(of: Array("a/0".utf8)) == [])
  }

  @Test func `refuse keys and values that are too short or too long`() throws {
    #expect(try answers("bad keys", "big value") == ["1 1 1", "0 1"])
  }

  @Test func `refuse to keep more than the quota`() throws {
    let image = try Self.shared.get().image
    let recorder = Recorder()
    var services = try recorder.services(image)
    (services.state, services.portfolio) = (FragileStore(), board)
    services.limits.stateBytes = 1 << 20
    let strategy = try StrategyInstance(image, services)
    let call = try #require(Probe.calls.firstIndex { $0.name == "big value" })
    #expect(strategy.onBar(bar(volume: Double(call)), isSessionFirst: false, isSessionLast: false) == .ok)
    #expect(recorder.lines.map(\.text) == ["state.put refused: more than 1048576 bytes", "4 1"])
  }

  @Test func `keep the changes of a commit that failed`() throws {
    store.isBroken = true
    #expect(try answers("put", "commit") == ["0", "state.commit failed: Broken()", "10"])
    store.isBroken = false
    #expect(try answers("commit", "all keys") == ["0", "0 [a/0][a/1][b]"])
  }

  @Test func `give the same random numbers for the same seed`() throws {
    // SplitMix64 of the seed 7, by its reference implementation (prng.di.unimi.it/splitmix64.c).
    #expect(try answers("random", "random") == ["63cbe1e459320dd7", "44c3cd7f43c661c"])
  }

  @Test func `tell the time of the road`() throws {
    #expect(try answers("now") == ["5"])
    clock.now = Timestamp(nanoseconds: 1_000)
    #expect(try answers("now") == ["1000"])
  }

  @Test func `tell the sessions of an exchange`() throws {
    let sessions = SessionCalendar.xnys.indices.compactMap { SessionCalendar.xnys.session(at: $0) }
    let early = sessions.filter(\.isEarlyClose).count
    #expect(early > 10)
    #expect(try answers("sessions", "no calendar") == ["0 \(sessions.count) \(early) 0", "3 0"])
  }

  @Test func `tell the account and what is held`() throws {
    #expect(try answers("account", "old account", "no holding") == ["3 9 0 0 0 ", "1", "3"])
    board.account = PortfolioBoard.Account(
      equity: Money(nanos: 3, currency: .usd), cash: Money(nanos: 2, currency: .usd),
      buyingPower: Money(nanos: 1, currency: .usd), isBreakerTripped: true)
    board[InstrumentID(1)].flags = [.position, .blocked]
    board[InstrumentID(1)].quantity = Quantity(nanos: 4)
    board[InstrumentID(1)].averagePrice = Price(nanos: 5)
    #expect(try answers("account", "holding") == ["0 1 3 2 1 USD", "0 9 4 5"])
  }

  @Test func `are not there when the host has none`() throws {
    #expect(try answers("unknown table") == ["2 1"])
    // The probe asks for the tables of state and portfolio at its creation, and takes both or none.
    let image = try Self.shared.get().image
    _ = try StrategyInstance(image, recorder.services(image))
  }

  @Test func `answer nothing to an instance that has ended`() throws {
    let image = try Self.shared.get().image
    // The probe keeps the host of its latest instance and goes on to use it for this one.
    _ = try StrategyInstance(image, recorder.services(image))
    #expect(try answers("integer", "now", "log long").isEmpty)
  }

  @Test func `write lines that are cut, valid and printable`() throws {
    #expect(
      try answers("log long", "log cut", "log garbage") == [
        String(repeating: "x", count: 4096), String(repeating: "x", count: 4095), "a\\u{1b}[1mb\u{fffd}\\n",
      ])
    #expect(recorder.lines.map(\.level) == [.error, .debug, .warning])
    #expect(recorder.lines.first?.plugin.id == "tiny")
  }

  @Test func `refuse calls that cannot be`() throws {
    #expect(try answers("log level", "log nothing", "no host") == ["1 1"])
    #expect(
      recorder.messages == [
        "log.write: level: expected 1 to 4, found 5", "log.write: text: expected a text, found a length without a text",
      ])
  }

  @Test func `tell instruments and bars as they are, and the end`() throws {
    recorder.clear()
    do {
      let image = try Self.shared.get().image
      let strategy = try StrategyInstance(image, recorder.services(image))
      var two = instruments(2)
      two[1].exchange = ""
      two[1].market = .crypto
      two[1].tick = nil
      two[1].symbol = "BRDBTC"
      two[1].barSeconds = 60
      try strategy.start(two, decideFrom: Timestamp(nanoseconds: -9), isExplaining: true)
      var bar = bar(1, instrument: 1, volume: -1)
      bar.open = 10.5
      _ = strategy.onBar(bar, isSessionFirst: false, isSessionLast: true)
      bar.flags = [.sessionFirst, .sessionLast]
      _ = strategy.onBar(at: &bar)
    }
    #expect(
      recorder.lines.map(\.text) == [
        "1 -9 2", "0 1 86400 A USD XNYS 10000000 1000000000", "1 2 60 BRDBTC USD  0 1000000000",
        "1555286400000000000 1555362000000000000 10.5 12 9 11 -1 1 2",
        "1555286400000000000 1555362000000000000 10.5 12 9 11 -1 1 3", "destroyed",
      ])
  }

  @Test func `say why an instance could not be made`() throws {
    let fixture = try LoadedFixture(
      CPlugin.quietSource.replacing(
        "*o = (wharf_instance *)&anything; return WHARF_OK;", with: "(void)o; return WHARF_E_CONFIGURATION;"))
    let error = try #require(throws: PluginFault.self) {
      try StrategyInstance(fixture.image, recorder.services(fixture.image))
    }
    #expect(error.description.hasSuffix("strategy.create: status: expected ok, found configuration"))
    let silent = try LoadedFixture(CPlugin.quietSource.replacing("*o = (wharf_instance *)&anything;", with: "(void)o;"))
    let other = try #require(throws: PluginFault.self) {
      try StrategyInstance(silent.image, recorder.services(silent.image))
    }
    #expect(other.description.hasSuffix("strategy.create: instance: expected an instance, found null"))
  }
}
