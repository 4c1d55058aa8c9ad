import Backtest
import CommandLineKit
import Configuration
import Ledger
import PluginHost
import Runtime
import TradingCore
import TradingTypes

/// A backtest put together: configuration checked, plugins loaded, data opened.
struct BacktestSetup {
  let options: BacktestOptions
  let plan: BacktestPlan
  let data: OpenedData
  /// Every plugin that decides.
  let plugins: [PluginIdentity]
  /// Processor time of opening the data, in nanoseconds.
  let openNanoseconds: UInt64

  /// Loads the plugins and opens the data; writes nothing. Blocks on the disk.
  ///
  /// - Parameter swept: names of parameters that are set later, for each backtest anew.
  init(
    _ options: BacktestOptions, _ environment: HostEnvironment, swept: [String] = [], _ streams: StandardStreams
  ) throws {
    self.options = options
    let files = try options.strategies.map { try environment.plugin($0, role: .strategy) }
    try StrategyParameters.requireDeclared(swept, plugins: files)
    let configuration = try environment.configuration(
      presets: options.presets,
      overrides: StrategyParameters.overrides(options.bars.parameters, plugins: files) + options.overrides,
      inUse: Set(options.strategies + ["replay", "paper"]))
    for warning in configuration.warnings { streams.errors.line("warning: \(warning)") }
    let rack = PluginRack(environment, configuration, RoadClock(Timestamp(nanoseconds: 0)), streams.errors)
    let began = ProcessorTime.now
    data = try OpenedData(
      rack: rack, source: "replay", symbols: options.bars.symbols, configuration: configuration.host,
      market: options.bars.market ?? .unfiltered, quoteCurrency: options.bars.quoteCurrency, errors: streams.errors)
    openNanoseconds = ProcessorTime.now - began
    let decideFrom = options.bars.from.flatMap(DateBound.from) ?? .distantPast
    let endBefore = options.bars.to.flatMap(DateBound.after) ?? .distantFuture
    try data.requireBars(from: decideFrom, endBefore: endBefore)
    plan = BacktestPlan(
      strategies: try options.strategies.map { try rack.image($0, role: .strategy) },
      broker: try rack.image("paper", role: .broker), configuration: configuration, universe: data.universe,
      cash: options.cash, decideFrom: decideFrom, firstStart: data.contents.firstStart,
      endBefore: endBefore, stopped: rack.stopped)
    plugins = rack.loaded
  }

  /// What makes this backtest itself: a ledger's fingerprint is made of it.
  var description: SessionDescription {
    SessionParts(
      mode: "backtest", account: "backtest", currency: plan.cash.currency, options: options.canonical,
      configuration: plan.configuration, data: data, decideFrom: plan.decideFrom, endBefore: plan.endBefore,
      strategies: plan.strategies.map(\.manifest), plugins: plugins
    ).description
  }

  /// The bars as the data source gives them, read once.
  func source() -> any BarSource {
    MarketDataAdapter(data.instance, startAt: options.bars.warmsUp ? .distantPast : plan.decideFrom)
  }

  /// All bars in memory, so that several backtests can share them. Blocks on the disk.
  func loadBars() throws -> BarArray {
    try BarArray(reading: source(), expected: data.contents.series.reduce(0) { $0 + Int($1.barCount) })
  }
}
