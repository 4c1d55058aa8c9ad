import CommandLineKit
import Configuration
import PluginHost
import TradingCore
import TradingTypes

/// What a test for look-ahead needs: one plugin, the bars in memory, and the backtest of a strategy.
struct LookaheadSetup {
  let plugin: PluginImage
  let isScanner: Bool
  let universe: Universe
  let timeline: Timeline
  /// Of a strategy.
  let plan: BacktestPlan?
  let cash: Money
  let decideFrom: Timestamp
  let endBefore: Timestamp
  private let services: ServiceMaker

  /// Loads the plugin and reads the data. Blocks on the disk.
  init(_ arguments: ParsedArguments, _ environment: HostEnvironment, _ streams: StandardStreams) throws {
    let id = arguments.argument("PLUGIN") ?? ""
    let file = try environment.plugin(id)
    isScanner = file.manifest?.roles.contains(.scanner) ?? false
    let options = try BacktestOptions(arguments, strategies: [id])
    let configuration = try environment.configuration(
      presets: options.presets,
      overrides: StrategyParameters.overrides(options.bars.parameters, plugins: [file]) + options.overrides,
      inUse: isScanner ? [id, "replay"] : [id, "replay", "paper"])
    let rack = PluginRack(environment, configuration, RoadClock(Timestamp(nanoseconds: 0)), streams.errors)
    plugin = try rack.image(id, role: isScanner ? .scanner : .strategy)
    let data = try OpenedData(
      rack: rack, source: "replay", symbols: options.bars.symbols, configuration: configuration.host,
      market: options.bars.market ?? configuration.host.market.value, quoteCurrency: options.bars.quoteCurrency,
      errors: streams.errors)
    universe = data.universe
    decideFrom = options.bars.from.flatMap(DateBound.from) ?? .distantPast
    endBefore = options.bars.to.flatMap(DateBound.after) ?? .distantFuture
    try data.requireBars(from: decideFrom, endBefore: endBefore)
    timeline = try Timeline(
      MarketDataAdapter(data.instance, startAt: options.bars.warmsUp ? .distantPast : decideFrom),
      instruments: universe.instruments, calendars: universe.calendars, endBefore: endBefore)
    cash = options.cash
    services = ServiceMaker(configuration: configuration, calendars: universe.calendars) { _ in }
    let universe = self.universe
    plan =
      isScanner
      ? nil
      : BacktestPlan(
        strategies: [plugin], broker: try rack.image("paper", role: .broker), configuration: configuration,
        universe: universe, cash: options.cash, decideFrom: decideFrom, firstStart: data.contents.firstStart,
        endBefore: endBefore)
  }

  /// What a new instance of the plugin is given: a flat account, and a log that nobody reads unless asked for.
  func newServices(_ clock: RoadClock, log: (@Sendable (String) -> Void)?) throws -> InstanceServices {
    var maker = services
    if let log { maker.log = log }
    var given = try maker.services(plugin.identity.id, clock: clock)
    let board = PortfolioBoard(instrumentCount: universe.instruments.count)
    board.account = .init(equity: cash, cash: cash, buyingPower: cash, isBreakerTripped: false)
    given.portfolio = board
    return given
  }
}
