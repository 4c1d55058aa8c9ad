import Configuration
import Foundation
import Hashing
import MarketCalendar
import PluginHost
import Testing
import TradingCore
import TradingTypes

/// The plugins that were built with the headers of one version of the ABI and never since.
enum Golden {
  static let versions = ["1.0", "1.1"]
  static let folder = CPlugin.packageRoot + "/Tests/Golden"

  #if arch(x86_64)
    static let canRun = true
  #else
    static let canRun: Bool = {
      FileHandle.standardError.write(Data("SKIPPED: the golden plugins were built for x86-64\n".utf8))
      return false
    }()
  #endif

  static func load(_ version: String, _ name: String) throws -> PluginImage {
    let folder = PluginFolder(path: "\(folder)/\(version)", source: .configuration)
    let file = PluginDirectory.list([folder], environment: [:]).first { $0.path.hasSuffix("/\(name).so") }
    return try PluginImage.load(try #require(file))
  }
}

@Suite(.enabled(if: Golden.canRun, "the golden plugins were built for x86-64"))
struct `A plugin of an earlier ABI` {
  private let recorder = Recorder()
  private static let bars = (0..<4).map { day -> Bar in
    var bar = bar(Int32(day))
    if day == 2 { bar.close = 9.5 }
    return bar
  }

  @Test(arguments: Golden.versions) func `lies here as it was built`(_ version: String) throws {
    let lines = try String(contentsOfFile: "\(Golden.folder)/\(version)/SHA256SUMS", encoding: .utf8).split(
      separator: "\n")
    #expect(lines.count == (version == "1.0" ? 5 : 6))
    for line in lines {
      let words = line.split(separator: " ")
      let bytes = try Data(contentsOf: URL(filePath: "\(Golden.folder)/\(version)/\(words[1])"))
      #expect(SHA256.hash(Array(bytes)).hex == words[0], "\(version)/\(words[1])")
      #expect(bytes.count < 16 << 10)
    }
  }

  @Test(arguments: Golden.versions) func `decides as a strategy, and keeps its state`(_ version: String) throws {
    let image = try Golden.load(version, "strategy")
    let store = MemoryStateStore()
    for round in 0..<2 {
      recorder.clear()
      var services = try recorder.services(image, clock: RoadClock(Timestamp(nanoseconds: 77)))
      services.state = store
      services.portfolio = PortfolioBoard(instrumentCount: 1)
      services.calendars = ["XNYS": .xnys]
      let strategy = try StrategyInstance(image, services)
      try strategy.start(instruments(1), decideFrom: .distantPast, isExplaining: false)
      for bar in Self.bars { #expect(strategy.onBar(bar, isSessionFirst: false, isSessionLast: false) == .ok) }
      // The second instance goes on counting at four, so its sixth bar is the second it sees.
      let signal = try #require(strategy.signals.first)
      #expect(strategy.signals.count == 1)
      #expect(signal.barTime == Self.bars[round == 0 ? 2 : 1].start)
      #expect(signal.verdict == .raised && signal.quantity == Quantity("2") && signal.confidence == 75)
      #expect(signal.stopDistance == Price("0.5") && signal.code == "due")
      #expect(signal.fields.map(\.name) == ["seen", "draw", "now"] && signal.checks.map(\.name) == ["due"])
      #expect(
        strategy.onFill(
          FillNotice(
            instrument: InstrumentID(0), side: .buy, exitReason: nil, signalBar: Self.bars[2].start,
            time: Self.bars[3].start,
            price: Price("10")!, quantity: Quantity("2")!, position: Quantity("2")!)) == .ok)
      #expect(recorder.lines.map(\.text) == ["golden start", "golden fill"])
      #expect(recorder.faults.isEmpty)
    }
    #expect(store.value(of: Array("seen".utf8)) == [8, 0, 0, 0, 0, 0, 0, 0])
  }

  @Test(arguments: Golden.versions) func `observes as a scanner`(_ version: String) throws {
    let image = try Golden.load(version, "scanner")
    let scanner = try ScannerInstance(image, recorder.services(image))
    try scanner.start(instruments(1), decideFrom: .distantPast, isExplaining: false)
    for bar in Self.bars { #expect(withUnsafePointer(to: bar) { scanner.onBar(at: $0) } == .ok) }
    #expect(scanner.finish() == .ok)
    #expect(scanner.observations.map(\.kind) == [.alert, .alert, .alert, .episodeClosed])
    #expect(scanner.observations.map(\.number) == [1, 2, 3, 0])
    #expect(scanner.observations.first?.level == "golden_alert" && scanner.observations.first?.text == "up")
    #expect(recorder.faults.isEmpty)
  }

  @Test(arguments: Golden.versions) func `fills as a broker`(_ version: String) throws {
    let image = try Golden.load(version, "broker")
    let broker = try BrokerInstance(image, recorder.services(image))
    try broker.start(instruments(1), decideFrom: .distantPast, isExplaining: false)
    #expect(broker.isSimulatedVenue && image.isSimulatedVenue)
    #expect(broker.capabilities()?.isSuperset(of: [.oco, .stop, .replace]) == true)
    #expect(broker.account()?.cash == Money("1000", .usd))
    #expect(broker.positions() == [] && broker.openOrders() == [])
    let answer = broker.place(
      OrderRequest(
        clientOrderID: "c-1", instrument: InstrumentID(0), side: .buy, type: .market, timeInForce: .day,
        quantity: Quantity("3")!, createdAt: Timestamp(nanoseconds: 5)))
    #expect(answer.outcome == .accepted)
    #expect(answer.reports.map(\.kind) == [.accepted, .fill])
    #expect(answer.reports.last?.price == Price("10") && answer.reports.last?.clientOrderID == "c-1")
    #expect(broker.positions()?.map(\.quantity) == [Quantity("3")!])
    #expect(withUnsafePointer(to: Self.bars[0]) { broker.onBar(at: $0) } == .ok)
    #expect(recorder.faults.isEmpty)
  }

  @Test(arguments: Golden.versions) func `brings bars as a source`(_ version: String) throws {
    let image = try Golden.load(version, "market_data")
    let source = try MarketDataInstance(image, recorder.services(image))
    var faults: [DataFault] = []
    let contents = try source.open(symbols: ["GOLD"]) { faults.append($0) }
    #expect(contents.series.map(\.symbol) == ["GOLD"] && contents.series.map(\.barCount) == [3])
    #expect(faults.map(\.code) == ["possible_split"])
    for _ in 0..<2 {
      var bars: [Bar] = []
      #expect(try source.read(into: &bars))
      #expect(try !source.read(into: &bars))
      #expect(bars.map(\.close) == [11, 11, 11])
      try source.rewind()
    }
    #expect(throws: MarketDataError.notFound) { _ = try source.open(symbols: ["LEAD"]) { _ in } }
  }

  @Test(arguments: Golden.versions) func `carries messages as a notifier`(_ version: String) throws {
    let image = try Golden.load(version, "notifier")
    let notifier = try NotifierInstance(image, recorder.services(image))
    for (severity, delivery) in [(TradingCore.Notification.Severity.info, Delivery.delivered), (.alarm, .busy)] {
      let message = TradingCore.Notification(
        severity: severity, time: Timestamp(nanoseconds: 1), topic: "fill", title: "bought", text: "")
      #expect(notifier.notify(message) == delivery)
    }
    #expect(recorder.lines.map(\.text) == ["bought", "bought"])
  }

  @Test func `of 1.1 reaches outside as it was granted`() throws {
    let image = try Golden.load("1.1", "outside")
    let transport = FakeTransport(headers: [("x-a", "b")], pieces: ["for tok", "en-12345678"])
    let host = try ConfigurationDocument(Array("processes: {cat: [/bin/cat]}\n".utf8), file: "c.yaml")
      .validated(plugins: []).host
    var services = try recorder.services(image)
    services.outside = OutsideAccess(
      image.manifest.permissions,
      OutsideServices(host, transport: transport, secret: { $0.name == "TOKEN" ? Secret("token-12345678") : nil }))
    let notifier = try NotifierInstance(image, services)
    let message = TradingCore.Notification(
      severity: .info, time: Timestamp(nanoseconds: 1), topic: "fill", title: "hello", text: "")
    #expect(notifier.notify(message) == .delivered)
    #expect(recorder.lines.map(\.text) == ["200 x-a=b for (redacted) / hello ended"])
    let exchange = try #require(transport.exchanges.first)
    #expect(exchange.method == "POST" && exchange.path == "/messages?kind=golden")
    #expect(exchange.headers.map(\.value) == ["Bearer token-12345678"] && exchange.body == Array("hello".utf8))
    // Without the grant it finds no table, and says so in its own way.
    #expect(throws: PluginFault.self) { try NotifierInstance(image, recorder.services(image)) }
  }
}
