import CommandLineKit
import PluginHost
import Runtime
import TradingCore
import TradingTypes

/// Walks a new instance of the plugin over bars while every evaluation is reported, and logs all it answers.
struct AnswerWalk {
  let setup: LookaheadSetup
  /// Takes what the plugin says; `nil`: nobody.
  var log: (@Sendable (String) -> Void)?

  /// Walks to the end of the source. A plugin that stops is told of nothing any more.
  ///
  /// - Returns: whether it stopped.
  func run(_ source: any BarSource, into answers: AnswerLog) throws -> Bool {
    do {
      return setup.isScanner ? try scan(source, answers) : try decide(source, answers)
    } catch let fault as PluginFault {
      throw fault.commandFailure
    }
  }

  private func decide(_ source: any BarSource, _ answers: AnswerLog) throws -> Bool {
    let clock = RoadClock(Timestamp(nanoseconds: 0))
    let instance = try StrategyInstance(setup.plugin, setup.newServices(clock, log: log))
    try instance.start(setup.universe.instruments, decideFrom: setup.decideFrom, isExplaining: true)
    func collect(_ now: Timestamp) {
      for signal in instance.signals {
        // A signal belongs to the instant it says it was decided at, also when it comes later.
        answers.add(
          signal, at: signal.decidedAt, instrument: signal.instrument, isRaised: signal.verdict == .raised,
          isLate: signal.decidedAt < now)
      }
      // A virtual trade is told when it is over.
      for trade in instance.virtualTrades { answers.add(trade, at: now, instrument: trade.instrument) }
      instance.clearAnswers()
    }
    try walk(instance, source, clock, collect)
    return instance.isStopped
  }

  private func scan(_ source: any BarSource, _ answers: AnswerLog) throws -> Bool {
    let clock = RoadClock(Timestamp(nanoseconds: 0))
    let instance = try ScannerInstance(setup.plugin, setup.newServices(clock, log: log))
    try instance.start(setup.universe.instruments, decideFrom: setup.decideFrom, isExplaining: true)
    func collect(_ now: Timestamp) {
      for seen in instance.observations {
        // What became of an alert, and that an episode is over, is only known later: it belongs to when it is told.
        let isDecision = seen.kind == .alert || seen.kind == .evaluated
        answers.add(
          seen, at: isDecision ? seen.time : now, instrument: seen.instrument, isRaised: seen.kind == .alert,
          isLate: isDecision && seen.time < now)
      }
      instance.clearAnswers()
    }
    try walk(instance, source, clock, collect)
    // What is told because the data ends belongs to no instant.
    _ = instance.finish()
    collect(.distantFuture)
    return instance.isStopped
  }

  private func walk(
    _ instance: some BarReader, _ source: any BarSource, _ clock: RoadClock, _ collect: (Timestamp) -> Void
  ) throws {
    var feed = MarketFeed(
      source, instruments: setup.universe.instruments, calendars: setup.universe.calendars, endBefore: setup.endBefore)
    defer { feed.close() }
    var bars = UnsafeBufferPointer<Bar>(start: nil, count: 0)
    while let instant = try feed.next(&bars) {
      guard !instant.isOpen, let base = bars.baseAddress else { continue }
      clock.now = instant.time
      for index in bars.indices {
        _ = instance.onBar(at: base + index)
        if instance.hasAnswers { collect(instant.time) }
      }
      _ = instance.evaluate(at: instant.time)
      if instance.hasAnswers { collect(instant.time) }
    }
  }
}
