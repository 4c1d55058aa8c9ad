import Backtest
import CommandLineKit
import Configuration
import PluginHost
import Runtime
import TradingCore
import TradingTypes

/// Everything backtests of the same strategies on the same instruments share. It never changes, so several threads can run
/// backtests of one plan at the same time.
struct BacktestPlan: Sendable {
  /// In the order they were named.
  let strategies: [PluginImage]
  let broker: PluginImage
  let configuration: EffectiveConfiguration
  let universe: Universe
  /// The account at the start.
  let cash: Money
  let decideFrom: Timestamp
  /// The start of the data's first bar.
  let firstStart: Timestamp
  let endBefore: Timestamp
  /// Failures of these plugins.
  var stopped = StoppedPlugins()

  /// A parameter of a strategy that takes another value than the configuration's.
  struct Parameter: Hashable, Sendable {
    var name: String
    var text: String
  }

  /// What one backtest keeps and who looks on.
  struct Wishes {
    var observer: (any AccountObserver)?
    var recorder: (any Recorder)?
    var keepsTrades = true
    var keepsFills = false
    /// Whether the account is told of prices also while no order works, which changes nothing but the time it takes.
    var tellsEveryPrice = false
  }

  /// Runs one backtest on the calling thread, with plugin instances of its own. Blocks until it has ended.
  ///
  /// - Parameters:
  ///   - parameters: set in every strategy of the plan that declares them.
  ///   - log: takes what the plugins say.
  /// - Throws: `PluginFailure` when a plugin fails; `CommandFailure` when one refuses or a parameter is none of its values; what the source throws.
  func run(
    _ source: any BarSource, parameters: [Parameter] = [], wishes: Wishes = Wishes(),
    log: @escaping @Sendable (String) -> Void
  ) throws -> BacktestOutcome {
    let clock = RoadClock(Timestamp(nanoseconds: 0))
    let portfolio = PortfolioAdapter(instrumentCount: universe.instruments.count)
    let services = ServiceMaker(configuration: configuration, calendars: universe.calendars, log: log)
    var ports: [any StrategyPort] = []
    var instances: [StrategyInstance] = []
    var profiles: [CoreConfiguration.Strategy] = []
    let keepsDetails = wishes.recorder != nil
    do {
      for image in strategies {
        var given = try services.services(image.identity.id, clock: clock)
        given.portfolio = portfolio.board
        given.configuration = try given.configuration.setting(parameters)
        given.noteStops(stopped)
        let instance = try StrategyInstance(image, given, keepsDetails: keepsDetails)
        try instance.start(universe.instruments, decideFrom: decideFrom, isExplaining: false)
        let hashes = keepsDetails ? BarHashes(instrumentCount: universe.instruments.count) : nil
        ports.append(StrategyAdapter(instance, hashes: hashes))
        instances.append(instance)
        profiles.append(.init(id: image.identity.id, rechecks: instance.rechecks))
      }
      var given = try services.services(broker.identity.id, clock: clock)
      given.portfolio = portfolio.board
      given.noteStops(stopped)
      let venue = try BrokerInstance(broker, given, keepsIDs: keepsDetails)
      try venue.start(universe.instruments, decideFrom: decideFrom, isExplaining: false)
      let core = CoreConfiguration(
        universe: universe, host: configuration.host, strategies: profiles, cash: cash, approval: .automatic,
        decideFrom: decideFrom, clientOrderPrefix: "b")
      var backtest = Backtest(
        core: core, calendars: universe.calendars, referenceCalendar: universe.referenceCalendar, strategies: ports,
        broker: BrokerAdapter(venue, clock: clock, needsEveryPrice: wishes.tellsEveryPrice), source: source,
        firstStart: firstStart, clock: clock)
      backtest.endBefore = endBefore
      backtest.portfolio = portfolio
      backtest.observer = wishes.observer
      backtest.recorder = wishes.recorder
      backtest.keepsTrades = wishes.keepsTrades
      backtest.keepsFills = wishes.keepsFills
      let outcome = try backtest.run()
      // What came out would not compare with anything.
      for instance in instances where instance.isStopped {
        throw stopped.take(instance.plugin.id) ?? PluginFailure(stopped: instance.plugin)
      }
      return outcome
    } catch let fault as PluginFault {
      throw fault.commandFailure
    } catch let failure as BrokerUnavailable {
      throw stopped.take(failure.broker) ?? CommandFailure(failure.commandError()) as any Error
    }
  }
}

extension PluginConfiguration {
  /// The same options with the parameters that are declared among them set.
  fileprivate func setting(_ parameters: [BacktestPlan.Parameter]) throws -> PluginConfiguration {
    var result = self
    for parameter in parameters {
      do {
        result = try result.setting(parameter.name, to: parameter.text, .commandLine("--param")) ?? result
      } catch {
        throw CommandFailure(
          code: error.code.rawValue, message: error.what, where: "--param \(parameter.name)", expected: error.expected,
          found: error.found, remedy: error.remedy, exitCode: .usage)
      }
    }
    return result
  }
}
