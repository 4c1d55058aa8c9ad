import CommandLineKit
import Configuration
import PluginHost
import Runtime
import TradingCore
import TradingTypes

/// A scan put together: one plugin, the data, a flat account.
struct ScanSetup {
  let plugin: String
  let isScanner: Bool
  let reportsAllBars: Bool
  let rack: PluginRack
  let data: OpenedData
  private let options: DataOptions
  private let clock: RoadClock

  /// Loads the plugin and opens the data. Blocks on the disk.
  init(
    _ arguments: ParsedArguments, _ environment: HostEnvironment, _ file: PluginFile, _ streams: StandardStreams
  ) throws {
    options = try DataOptions(arguments)
    plugin = file.manifest?.id ?? ""
    isScanner = file.manifest?.roles.contains(.scanner) ?? false
    reportsAllBars = arguments.has("all-bars")
    var overrides = try StrategyParameters.overrides(options.parameters, plugins: [file])
    if !options.data.isEmpty {
      overrides.append(
        ConfigurationOverride(
          ConfigurationKey("plugins", "replay", "paths"), options.data.joined(separator: ","), .commandLine("--data")))
    }
    let configuration = try environment.configuration(overrides: overrides, inUse: [plugin, "replay"])
    clock = RoadClock(Timestamp(nanoseconds: 0))
    rack = PluginRack(environment, configuration, clock, streams.errors)
    data = try OpenedData(
      rack: rack, source: "replay", symbols: options.symbols, configuration: configuration.host,
      market: options.market ?? configuration.host.market.value, quoteCurrency: options.quoteCurrency,
      errors: streams.errors)
    rack.calendars = data.universe.calendars
    let board = PortfolioBoard(instrumentCount: data.universe.instruments.count)
    let currency = data.universe.instruments.first?.currency ?? .usd
    let cash = Money(nanos: options.cash.nanos, currency: currency)
    board.account = .init(equity: cash, cash: cash, buyingPower: cash, isBreakerTripped: false)
    rack.board = board
    try data.requireBars(from: from, endBefore: endBefore)
  }

  /// The first instant of the report.
  var from: Timestamp { options.from.flatMap(DateBound.from) ?? .distantPast }
  /// The first instant that is no longer looked at.
  var endBefore: Timestamp { options.to.flatMap(DateBound.after) ?? .distantFuture }

  /// The bars of the history.
  func history() -> any BarSource {
    MarketDataAdapter(data.instance, startAt: options.warmsUp ? .distantPast : from)
  }

  /// Walks the bars of a source; `evaluate` follows when all bars of an instant were offered.
  ///
  /// - Returns: how many bars were not used, by reason.
  @discardableResult
  func walk(
    _ source: any BarSource, bar: (UnsafePointer<Bar>) -> Void, evaluate: (Timestamp) -> Void
  ) throws -> [String: Int] {
    var feed = MarketFeed(
      source, instruments: data.universe.instruments, calendars: data.universe.calendars, endBefore: endBefore)
    defer { feed.close() }
    var bars = UnsafeBufferPointer<Bar>(start: nil, count: 0)
    while let instant = try feed.next(&bars) {
      guard !instant.isOpen, let base = bars.baseAddress else { continue }
      clock.now = instant.time
      for index in bars.indices { bar(base + index) }
      evaluate(instant.time)
    }
    return Dictionary(uniqueKeysWithValues: feed.skipped.map { ($0.key.rawValue, $0.value) })
  }

  /// The instrument's ticker.
  func symbol(_ instrument: InstrumentID) -> String { data.universe.instruments[Int(instrument.index)].symbol }
}
