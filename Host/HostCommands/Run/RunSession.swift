import CommandLineKit
import Configuration
import Glibc
import Ledger
import PluginHost
import Runtime
import TradingCore
import TradingTypes

extension RunSetup {
  /// Opens the ledger, runs the session to its end, and shows the summary. Blocks until then.
  func run(_ streams: StandardStreams) throws -> ExitCode {
    let book = try SessionBook(self)
    let broker = try makeBroker(book, streams)
    let supervisor = SessionSupervisor(
      failures: environment.failures, stopped: rack.stopped, journal: book.earlier.journal
    ) { streams.errors.line($0) }
    let strategies = try makeStrategies(supervisor)
    let approval = try makeApproval(streams, isLive: broker.account.isLive)
    // Twelve ASCII characters: they fit, and leave room for every number.
    let prefix = ShortText("w" + description().fingerprint.prefix(10) + "-") ?? ShortText()
    let core = CoreConfiguration(
      universe: data.universe, host: configuration.host, strategies: strategies.profiles, cash: options.bars.cash,
      approval: approval.rule, decideFrom: decideFrom, clientOrderPrefix: prefix)
    let source = MarketDataAdapter(data.instance, startAt: options.bars.warmsUp ? .distantPast : decideFrom)
    var parts = EngineParts(
      core: core,
      feed: MarketFeed(
        source, instruments: data.universe.instruments, calendars: data.universe.calendars, endBefore: endBefore),
      strategies: strategies.ports, broker: broker.adapter, recorder: book.recorder, clock: clock,
      scheduler: try EngineSchedule(
        calendar: data.universe.referenceCalendar, startingAt: max(decideFrom, data.contents.firstStart)))
    parts.scanners = strategies.scanners
    parts.venue = broker.isVenue ? broker.adapter : nil
    parts.approval = approval.port
    parts.notifier = try makeNotifier(streams, supervisor)
    parts.supervision = supervisor
    parts.pacer = ReplayPacer(options.speed, now: systemMonotonicNanoseconds)
    let faults = DrillFaults(environment: environment.variables)
    parts.faults = faults
    parts.portfolio = portfolio
    parts.journal = book.earlier.journal
    if book.earlier.records > 0 {
      streams.errors.line("going on with the session in \(book.path): \(book.earlier.records) rows are there already")
    }
    var engine = Engine(parts)
    let ending = try run(&engine, streams)
    supervisor.finish()
    var summary = self.summary(engine, book.path)
    summary.remarks += try reconcile(engine, broker.adapter)
    summary.remarks += approval.remarks(engine.core.counters)
    summary.remarks += supervisor.remarks
    if ending == .interrupted {
      summary.remarks.append("interrupted: run the same command again to go on")
    } else {
      try book.finish(summary.json.text)
    }
    faults?.finish()
    try streams.show(summary)
    return ending == .interrupted ? .tryAgain : .ok
  }

  private func run(_ engine: inout Engine, _ streams: StandardStreams) throws -> Engine.Ending {
    do {
      return try engine.run()
    } catch let failure as BrokerUnavailable {
      let cause = rack.stopped.take(failure.broker)
      if let cause { PluginWatch.record(cause, environment.failures, streams.errors) }
      throw CommandFailure(failure.commandError(cause))
    } catch let failure as MarketDataError {
      throw rack.stopped.take("replay").map(UnavailableData.init) ?? failure as any Error
    } catch let failure as EngineFailure {
      throw CommandFailure(
        code: "not_reproduced", message: failure.description, where: "ledger", expected: "the same inputs", found: nil,
        remedy: "restore data, configuration and plugins, or begin anew with --new", exitCode: .badConfiguration)
    } catch let failure as LedgerError {
      throw CommandFailure(failure.commandError)
    }
  }

  private func makeBroker(
    _ book: SessionBook, _ streams: StandardStreams
  ) throws -> (adapter: BrokerAdapter, account: BrokerAccount, isVenue: Bool) {
    let id = configuration.host.activeBroker.value
    let image = try rack.image(id, role: .broker)
    let services = try rack.services(id, state: book.state(of: id))
    let instance = try rack.make(id) { () throws(PluginFault) in try BrokerInstance(image, services) }
    _ = try rack.make(id) { () throws(PluginFault) in
      try instance.start(data.universe.instruments, decideFrom: decideFrom, isExplaining: false)
    }
    guard let capabilities = instance.capabilities(), capabilities.isSuperset(of: [.oco, .stop, .replace]) else {
      throw CommandFailure(
        code: "broker_without_protection", message: "the broker cannot protect a position", where: "broker \(id)",
        expected: "stop orders, OCO groups and replacing", found: "a broker that lacks one of them",
        remedy: "choose another broker with broker.active", exitCode: .badConfiguration)
    }
    guard let account = instance.account() else {
      throw CommandFailure(BrokerUnavailable(broker: id).commandError(rack.stopped.take(id)))
    }
    guard account.cash.currency == options.bars.cash.currency else {
      throw CommandFailure(
        code: "currency_mismatch", message: "the account is in another currency", where: "broker \(id)",
        expected: "\(options.bars.cash.currency)", found: "\(account.cash.currency)",
        remedy: "set the broker's currency",
        exitCode: .badConfiguration)
    }
    return (BrokerAdapter(instance, clock: clock), account, instance.isSimulatedVenue)
  }

  private func summary(_ engine: borrowing Engine, _ path: String) -> RunSummary {
    RunSummary(
      mode: "paper", from: engine.firstTime.map(shown), to: engine.firstTime == nil ? nil : shown(engine.time),
      symbols: data.universe.instruments.map(\.symbol), bars: engine.decidedBarCount, counters: engine.core.counters,
      openPositions: engine.core.openPositions, equity: engine.core.equity, currency: options.bars.cash.currency,
      ledger: path, remarks: skippedRemarks(engine))
  }

  /// An instant as the summary names it: of daily data, its session date.
  private func shown(_ time: Timestamp) -> Timestamp {
    data.universe.instruments.allSatisfy(\.isDaily) ? CivilDate(utc: time).midnightUTC : time
  }

  private func skippedRemarks(_ engine: borrowing Engine) -> [String] {
    var remarks = engine.skippedBars.sorted { $0.key.rawValue < $1.key.rawValue }.filter { $0.key != .afterEnd }
      .map { "\($0.value) bars were not used: \($0.key.rawValue)" }
    if let foreign = data.universe.foreignRemark(account: options.bars.cash.currency) { remarks.append(foreign) }
    if data.faults.skipped > 0 { remarks.append("\(data.faults.skipped) rows or files of the data were skipped") }
    return remarks
  }

  /// Compares what the broker holds with what the record says; a difference is never repaired silently.
  private func reconcile(_ engine: borrowing Engine, _ broker: BrokerAdapter) throws -> [String] {
    let held = Dictionary(try broker.positions().map { ($0.instrument, $0.quantity) }) { $1 }
    return data.universe.instruments.compactMap { instrument in
      let (ours, theirs) = (engine.core.holding(instrument.id).quantity, held[instrument.id] ?? .zero)
      guard ours != theirs else { return nil }
      return "\(instrument.symbol): the record holds \(ours), the broker \(theirs); look into it before trading it"
    }
  }
}

extension MarketDataContents {
  /// The start of the first bar of all.
  var firstStart: Timestamp { series.map(\.firstStart).min() ?? .distantPast }
}
