import CommandLineKit
import Configuration
import Hashing
import Ledger
import MarketCalendar
import PluginHost
import Runtime
import Sandbox
import TradingCore
import TradingTypes

/// Puts a session together from options, configuration, plugins, data and ledger.
struct RunSetup {
  let options: RunOptions
  let environment: HostEnvironment
  let configuration: EffectiveConfiguration
  let files: [PluginFile]
  let rack: PluginRack
  let data: OpenedData
  let clock: RoadClock
  let portfolio: PortfolioAdapter

  /// Loads plugins and opens the data; writes nothing. Blocks on the disk.
  init(_ options: RunOptions, _ environment: HostEnvironment, _ streams: StandardStreams) throws {
    self.options = options
    self.environment = environment
    let ids = options.strategies.isEmpty ? ["mr-combined"] : options.strategies
    files = try ids.map { try environment.plugin($0) }
    configuration = try environment.configuration(
      overrides: RunSetup.overrides(options, files), inUse: Set(ids + ["replay"]))
    for warning in configuration.warnings { streams.errors.line("warning: \(warning)") }
    for warning in SandboxSupport.current.warnings(for: environment.files) {
      streams.errors.line("warning: \(warning)")
    }
    let broker = configuration.host.activeBroker.value
    clock = RoadClock(Timestamp(nanoseconds: 0))
    rack = PluginRack(environment, configuration, clock, streams.errors)
    rack.logsFailures = false
    rack.letsDecidersOut = true
    data = try OpenedData(
      rack: rack, source: "replay", symbols: options.bars.symbols, configuration: configuration.host,
      market: options.bars.market ?? configuration.host.market.value, quoteCurrency: options.bars.quoteCurrency,
      errors: streams.errors)
    // Everything that decides is loaded now, so that its hashes are part of what makes the session itself.
    _ = try rack.image(broker, role: .broker)
    for manifest in files.compactMap(\.manifest) {
      _ = try rack.image(manifest.id, role: manifest.roles.contains(.strategy) ? .strategy : .scanner)
    }
    portfolio = PortfolioAdapter(instrumentCount: data.universe.instruments.count)
    rack.calendars = data.universe.calendars
    rack.board = portfolio.board
    try data.requireBars(from: decideFrom, endBefore: endBefore)
  }

  private static func overrides(_ options: RunOptions, _ files: [PluginFile]) throws -> [ConfigurationOverride] {
    var overrides = try StrategyParameters.overrides(options.bars.parameters, plugins: files)
    func set(_ plugin: String, _ option: String, _ text: String?, _ origin: String) {
      guard let text else { return }
      overrides.append(ConfigurationOverride(ConfigurationKey("plugins", plugin, option), text, .commandLine(origin)))
    }
    set("replay", "paths", options.bars.data.isEmpty ? nil : options.bars.data.joined(separator: ","), "--data")
    set("paper", "cash", options.bars.cash.amount, "--cash")
    set("paper", "fee_rate", options.commissionRate, "--commission-rate")
    set("paper", "slippage_rate", options.slippageRate, "--slippage-rate")
    return overrides
  }

  /// The first instant of decisions.
  var decideFrom: Timestamp {
    if let from = options.bars.from.flatMap(DateBound.from) { return from }
    return options.bars.data.isEmpty ? RunSetup.bundledStart : .distantPast
  }

  /// The first instant that is no longer looked at.
  var endBefore: Timestamp { options.bars.to.flatMap(DateBound.after) ?? .distantFuture }

  /// The embedded session begins here; the years before warm the strategy's store.
  static let bundledStart = CivilDate(year: 2009, month: 1, day: 2)!.midnightUTC

  /// What makes this session itself: the ledger's fingerprint is made of it.
  func description() -> SessionDescription {
    SessionParts(
      mode: "paper", account: configuration.host.activeBroker.value, currency: options.bars.cash.currency,
      options: options.canonical, configuration: configuration, data: data, decideFrom: decideFrom,
      endBefore: endBefore,
      strategies: files.compactMap(\.manifest).filter { $0.roles.contains(.strategy) }, plugins: rack.loaded
    ).description
  }
}
