import Foundation
import PluginSDK
import PluginTestKit
import Testing
import TradingTypes

@testable import PaperLogic

private typealias Driver = BrokerDriver<PaperBroker>

/// The options of a manifest, so that tests run on what is shipped.
private struct Manifest: Decodable {
  struct Option: Decodable {
    var name: String
    var type: String
    var `default`: String
    var minimum: String?
    var maximum: String?
  }
  var id: String
  var roles: [String]
  var abi: String
  var options: [Option]

  static func shipped() throws -> Manifest {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = root.appending(path: "Plugins/Brokers/Paper/Manifest/manifest.json")
    return try JSONDecoder().decode(Manifest.self, from: Data(contentsOf: file))
  }

  static func value(_ text: String, _ type: String) -> OptionValue {
    switch type {
    case "decimal": .decimal(nanos: Price(text)!.nanos)
    case "boolean": .boolean(text == "true")
    default: .text(text)
    }
  }

  var defaults: [String: OptionValue] {
    Dictionary(uniqueKeysWithValues: options.map { ($0.name, Manifest.value($0.default, $0.type)) })
  }
}

private func shippedHost(_ changes: [String: OptionValue] = [:]) throws -> TestHost {
  TestHost(try Manifest.shipped().defaults.merging(changes) { $1 })
}

/// No cost and no limit on volume.
private let frictionless: [String: OptionValue] = ["slippage_rate": 0.0, "spread_rate": 0.0, "volume_share": 0.0]

private func quote(_ last: String, at time: Int64) -> Quote {
  Quote(instrument: InstrumentID(0), time: Timestamp(nanoseconds: time), last: Price(last)!)
}

private func bar(_ price: Double, at time: Int64, volume: Double = 1000) -> Bar {
  Bar(
    start: Timestamp(nanoseconds: time - 1), end: Timestamp(nanoseconds: time), open: price, high: price, low: price,
    close: price, volume: volume, instrument: InstrumentID(0))
}

@Suite struct `The paper plugin` {
  @Test func `its manifest has the defaults of the paper session`() throws {
    let manifest = try Manifest.shipped()
    #expect(manifest.id == "paper" && manifest.roles == ["broker"] && manifest.abi == "1.0")
    #expect(
      manifest.defaults == [
        "cash": .decimal(nanos: 100_000_000_000_000), "currency": "USD", "slippage_rate": .decimal(nanos: 300_000),
        "spread_rate": .decimal(nanos: 400_000), "fee_rate": 0.0, "volume_share": 0.1, "durable": true,
      ])
    let settings = PaperSettings()
    #expect(settings.cashNanos == 100_000_000_000_000 && settings.slippageNanos == 300_000)
    #expect(settings.spreadNanos == 400_000 && settings.feeNanos == 0 && settings.volumeShareNanos == 100_000_000)
  }

  @Test func `every bound of an option is taken and what lies beyond is refused`() throws {
    for option in try Manifest.shipped().options where option.type == "decimal" {
      for text in [option.minimum, option.maximum].compactMap(\.self) {
        _ = try Driver(host: shippedHost([option.name: Manifest.value(text, option.type)]))
      }
      for (bound, step) in [(option.minimum, Int64(-1)), (option.maximum, 1)] {
        guard let bound else { continue }
        let beyond = Price(bound)!.nanos + step
        let host = try shippedHost([option.name: .decimal(nanos: beyond)])
        let error = #expect(throws: PluginError.self) { _ = try Driver(host: host) }
        #expect(error?.status == .configuration && error?.message.contains(option.name) == true)
      }
    }
    let error = #expect(throws: PluginError.self) { _ = try Driver(host: shippedHost(["currency": "usd"])) }
    #expect(error?.status == .configuration)
  }

  @Test(arguments: Route.allCases) func `an order goes from request to position`(_ route: Route) throws {
    let driver = try Driver(route: route, host: shippedHost())
    #expect(try driver.quote(quote("10", at: 1)).isEmpty)
    let reports = try driver.place(.market(.buy, "10", "a"))
    #expect(reports.map(\.line) == ["a accepted", "a fill 10@10.005"])
    #expect(reports.map(\.reportID) == ["a#1", "a#2"] && reports[1].venueOrderID == "a")
    #expect(try driver.order("a") == reports)
    #expect(
      try driver.positions() == [
        BrokerPosition(instrument: InstrumentID(0), quantity: Quantity("10")!, averagePrice: Price("10.005")!)
      ])
    let account = try driver.account()
    #expect(!account.isLive && account.cash.description == "99899.95 USD" && account.buyingPower == account.cash)
    try driver.place(.stop(.sell, "10", "s", "9"))
    #expect(try driver.openOrders().map(\.line) == ["s accepted"])
    let change = OrderChange(clientOrderID: "s", quantity: Quantity("10")!, stopPrice: Price("9.5")!)
    #expect(try driver.replace(change).map(\.line) == ["s replaced 10 stop 9.5"])
    #expect(try driver.bar(bar(9, at: 2), session: .last).map(\.line) == ["s triggered", "s fill 10@9"])
    #expect(try driver.positions().isEmpty)
  }

  @Test(arguments: Route.allCases) func `each refusal has the status of the contract`(_ route: Route) throws {
    let driver = try Driver(route: route, host: shippedHost())
    func status(_ call: () throws -> Void) -> PluginStatus? {
      (#expect(throws: PluginError.self) { try call() })?.status
    }
    #expect(status { try driver.place(.market(.sell, "10", "a")) } == .rejected)
    #expect(driver.reports.map(\.line) == ["a rejected exceeds_position"])
    #expect(status { try driver.place(.market(.sell, "11", "a")) } == .invalid)
    #expect(status { _ = try driver.order("b") } == .notFound)
    #expect(status { try driver.cancel("a") } == .notFound)
    let change = OrderChange(clientOrderID: "b", quantity: Quantity("10")!)
    #expect(status { try driver.replace(change) } == .notFound)
    try driver.place(.limit(.buy, "10", "c", "9"))
    let offTick = OrderChange(clientOrderID: "c", quantity: Quantity("10")!, limitPrice: Price("9.001")!)
    let error = #expect(throws: PluginError.self) { try driver.replace(offTick) }
    #expect(error?.status == .rejected)
    #expect(error?.message.hasSuffix("price_off_tick: expected a multiple of 0.01, found 9.001") == true)
    #expect(status { try driver.quote(quote("0", at: 1)) } == .invalid)
    #expect(status { try driver.bar(bar(.nan, at: 1)) } == .invalid)
  }

  @Test func `a bar without volume is warned of once where it holds an order up`() throws {
    let driver = try Driver(host: shippedHost())
    try driver.bar(bar(10, at: 1, volume: 0))
    #expect(driver.host.log.isEmpty)
    try driver.place(.limit(.buy, "10", "a", "11"))
    for time in 2..<5 { #expect(try driver.bar(bar(10, at: Int64(time), volume: 0)).isEmpty) }
    #expect(driver.host.log.map(\.level) == [3])
    #expect(driver.host.log.allSatisfy { $0.text.contains("set plugins.paper.volume_share to 0") })
  }
}

@Suite struct `The saved account of the paper plugin` {
  @Test(arguments: Route.allCases) func `a restart finds everything`(_ route: Route) throws {
    let host = try shippedHost(frictionless)
    var driver = try Driver(route: route, host: host)
    try driver.quote(quote("10", at: 1))
    let placed = try driver.place(.market(.buy, "10", "a"))
    try driver.place(.limit(.sell, "10", "t", "11"))
    let filled = try driver.quote(quote("12", at: 2))
    driver = try Driver(route: route, host: host)
    #expect(try driver.order("a") == placed)
    #expect(try driver.place(.market(.buy, "10", "a")) == placed)
    #expect(try driver.quote(quote("10", at: 1)).isEmpty)
    #expect(try driver.quote(quote("12", at: 2)) == filled && filled.map(\.line) == ["t fill 10@12"])
    #expect(try driver.positions().isEmpty && driver.account().cash.amount == "100020")
    #expect(host.log.contains { $0.text.hasPrefix("paper account restored") })
  }

  @Test(arguments: Route.allCases) func `what could not be saved is not told and stops the broker`(_ route: Route)
    throws
  {
    let host = try shippedHost(frictionless)
    var driver = try Driver(route: route, host: host)
    try driver.quote(quote("10", at: 1))
    host.failsCommits = true
    let error = #expect(throws: PluginError.self) { try driver.place(.market(.buy, "10", "a")) }
    #expect(error?.status == .io && driver.reports.isEmpty)
    host.failsCommits = false
    func isStopped(_ call: () throws -> Void) -> Bool {
      (#expect(throws: PluginError.self) { try call() })?.status == .fault
    }
    #expect(isStopped { try driver.place(.market(.buy, "10", "b")) })
    #expect(isStopped { try driver.quote(quote("11", at: 2)) })
    #expect(isStopped { try driver.bar(bar(11, at: 3)) })
    #expect(isStopped { _ = try driver.positions() })
    #expect(isStopped { _ = try driver.account() })
    #expect(isStopped { _ = try driver.openOrders() })
    #expect(isStopped { _ = try driver.order("a") })
    #expect(isStopped { _ = try driver.cancel("a") })
    host.crash()
    driver = try Driver(route: route, host: host)
    let missing = #expect(throws: PluginError.self) { _ = try driver.order("a") }
    #expect(missing?.status == .notFound)
  }

  @Test func `without durability no state is asked for`() throws {
    let host = try shippedHost(["durable": false])
    host.withheld = ["wharf.state/1"]
    let driver = try Driver(host: host)
    try driver.quote(quote("10", at: 1))
    try driver.place(.market(.buy, "10", "a"))
    #expect(host.durable.isEmpty)
    let durable = try shippedHost()
    durable.withheld = ["wharf.state/1"]
    let error = #expect(throws: PluginError.self) { _ = try Driver(host: durable) }
    #expect(error?.status == .unsupported)
  }

  @Test(arguments: 1...10) func `commits that fail at random change neither book nor reports`(_ seed: UInt64) throws {
    let steps = Scenario(seed: seed &+ 500, sessions: 12).steps
    let (calm, calmHost, _) = try run(steps, failing: 0, seed)
    let (stormy, stormyHost, lives) = try run(steps, failing: 12, seed)
    #expect(lives > 5)
    #expect(stormy == calm && stormyHost.durable == calmHost.durable)
  }

  /// Runs the steps, restarting after each failed commit: all market events again, then what was not answered.
  private func run(_ steps: [Step], failing percent: Int, _ seed: UInt64) throws -> (
    [OrderReport], TestHost, lives: Int
  ) {
    let host = try shippedHost(["cash": 5000.0, "fee_rate": 0.001])
    let instruments = (0..<Scenario.instruments).map { Desk.instrument($0) }
    var dice = Dice(seed)
    var known: Set<ShortText> = []
    var stream: [OrderReport] = []
    var answered = 0
    var lives = 0
    while answered < steps.count {
      lives += 1
      host.crash()
      host.failsCommits = false
      let driver = try Driver(host: host, instruments: instruments)
      for step in steps[..<answered] where step.isMarket { try driver.run(step) }
      while answered < steps.count {
        host.failsCommits = dice.chance(percent)
        do {
          try driver.run(steps[answered])
        } catch let error as PluginError where error.status == .io {
          break
        } catch let error as PluginError where [.rejected, .invalid, .notFound].contains(error.status) {
          // An answer like any other.
        }
        answered += 1
      }
      for report in driver.reports where known.insert(report.reportID).inserted { stream.append(report) }
    }
    return (stream, host, lives)
  }
}

extension BrokerDriver where B == PaperBroker {
  fileprivate func run(_ step: Step) throws {
    switch step {
    case .quote(let value): try quote(value)
    case .bar(let value, let session): try bar(value, session: session)
    case .place(let request): try place(request)
    case .cancel(let id): try cancel(id)
    case .replace(let id, let quantity, let limit, let stop):
      try replace(OrderChange(clientOrderID: id, quantity: quantity, limitPrice: limit, stopPrice: stop))
    }
  }
}
