import CommandLineKit
import Configuration
import Hashing
import Ledger
import MarketCalendar
import PluginHost
import Runtime
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
    let broker = configuration.host.activeBroker.value
    clock = RoadClock(Timestamp(nanoseconds: 0))
    rack = PluginRack(environment, configuration, clock, streams.errors)
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
    let strategies = files.compactMap(\.manifest).filter { $0.roles.contains(.strategy) }
    return SessionDescription(
      mode: "paper", account: configuration.host.activeBroker.value, currency: options.bars.cash.currency,
      dataHash: data.contents.fingerprint.hex, configuration: RunSetup.text(of: configuration),
      options: JSONValue.array(options.canonical.map { .string($0) }).text,
      from: decideFrom == .distantPast ? nil : decideFrom, to: endBefore == .distantFuture ? nil : endBefore,
      strategies: strategies.map { manifest in
        SessionDescription.Strategy(
          id: manifest.id, version: manifest.version.description,
          parameters: RunSetup.parameters(configuration.plugin(manifest.id)))
      }, instruments: data.universe.instruments,
      plugins: rack.loaded.map { .init(id: $0.id, version: $0.version, sha256: $0.digest.hex) },
      build: "host \(HostProgram.version)")
  }

  /// Every setting in effect, one a line, but for where files are.
  private static func text(of configuration: EffectiveConfiguration) -> String {
    configuration.rows.filter { $0.key != "plugins.replay.paths" && $0.key != "plugins.paths" }
      .map { "\($0.key)=\($0.value ?? "")" }.joined(separator: "\n")
  }

  /// A plugin's options as a JSON object with sorted keys.
  private static func parameters(_ plugin: PluginConfiguration?) -> String {
    var object: [String: JSONValue] = [:]
    for setting in plugin?.settings ?? [] {
      object[setting.schema.name] = setting.value.map { .string($0.value.description) } ?? .null
    }
    return JSONValue.object(object).text
  }
}
