import Scheduling
import TradingCore
import TradingTypes

/// Everything a session is made of.
public struct SessionParts {
  public var core: Core
  public var feed: MarketFeed
  public var strategies: [any StrategyPort]
  public var scanners: [any ScannerPort] = []
  public var broker: any BrokerPort
  public var venue: (any SimulatedVenue)?
  public var approval: (any ApprovalPort)?
  public var recorder: any Recorder
  public var notifier: (any NotifierPort)?
  public var pacer: (any Pacer)?
  public var faults: (any FaultPoints)?
  public var scheduler: SessionSchedule
  /// What earlier lives of this session journaled.
  public var journal: [JournaledInput] = []

  /// Makes parts with everything that has no default.
  public init(
    core: Core, feed: MarketFeed, strategies: [any StrategyPort], broker: any BrokerPort, recorder: any Recorder,
    scheduler: SessionSchedule
  ) {
    self.core = core
    self.feed = feed
    self.strategies = strategies
    self.broker = broker
    self.recorder = recorder
    self.scheduler = scheduler
  }
}

/// Drives the core: one thread, one event at a time, effects performed in order, what comes back fed in as events.
///
/// Inputs that cannot be made again are journaled with their number. A session that resumes runs the same code over the
/// same data; journaled inputs come from the journal until it is used up, and from then on from the world.
public final class Session {
  public internal(set) var core: Core
  var feed: MarketFeed
  let strategies: [any StrategyPort]
  let scanners: [any ScannerPort]
  let broker: any BrokerPort
  let venue: (any SimulatedVenue)?
  let approval: (any ApprovalPort)?
  let recorder: any Recorder
  let notifier: (any NotifierPort)?
  let pacer: (any Pacer)?
  let faults: (any FaultPoints)?
  var schedule: SessionSchedule
  var journal: JournalReplay

  var effects = EffectBuffer()
  /// Effects that wait to be performed, oldest first.
  var queue: [Effect] = []
  /// Inputs the core has had.
  var inputs: UInt64 = 0
  /// Rows or inputs since the last commit.
  var isDirty = false
  var isPerforming = false
  /// Intents that an earlier life had committed, so the order may already be at the venue.
  var committedBefore: Set<OrderNumber> = []
  var questions: [SignalNumber: Question] = [:]
  var isEnding = false
  let decideFrom: Timestamp

  /// How far the market is.
  public private(set) var time: Timestamp = .distantPast
  /// First and last decided instant.
  public private(set) var firstTime: Timestamp?

  /// Makes a session that has not begun.
  public init(_ parts: SessionParts) {
    core = parts.core
    feed = parts.feed
    strategies = parts.strategies
    scanners = parts.scanners
    broker = parts.broker
    venue = parts.venue
    approval = parts.approval
    recorder = parts.recorder
    notifier = parts.notifier
    pacer = parts.pacer
    faults = parts.faults
    schedule = parts.scheduler
    journal = JournalReplay(parts.journal)
    decideFrom = parts.core.configuration.decideFrom
  }

  /// Bars handed out so far, warm-up included.
  public var barCount: UInt64 { feed.barCount }
  /// Bars that were not used, by reason.
  public var skippedBars: [FeedSkip: Int] { feed.skipped }
  /// Whether it ended because somebody asked for it.
  public private(set) var wasEnded = false

  /// Runs to the end of the data, or until somebody ends it. Blocks; call it once.
  public func run() throws {
    var events: ContiguousArray<MarketEvent> = []
    while !isEnding, let instant = try feed.next(into: &events) {
      time = instant.time
      if instant.time < decideFrom {
        try warmUp(instant, events)
        continue
      }
      if firstTime == nil { firstTime = instant.time }
      if !journal.isReplaying, let pacer, !pacer.wait(until: instant.time) { break }
      try advanceSchedule(to: instant.time)
      if instant.isOpen { try opens(events) } else { try barsEnd(instant.time, events) }
      try feed(.endOfInstant(instant.time))
      try pollApproval()
      if isDirty { try commit() }
    }
    wasEnded = isEnding
    if journal.isReplaying {
      throw SessionFailure.journalNotReached(index: inputs + 1, inputs: inputs)
    }
    try advanceSchedule(to: time.adding(seconds: 1))
    try finishScanners()
    if isDirty { try commit() }
  }

  /// Ends the session at the next instant.
  public func end() { isEnding = true }

  private func warmUp(_ instant: Instant, _ events: ContiguousArray<MarketEvent>) throws {
    guard !instant.isOpen else { return }
    for case .bar(let bar, _) in events {
      for strategy in strategies { _ = try strategy.onBar(bar) }
      for scanner in scanners { _ = try scanner.onBar(bar) }
    }
    for strategy in strategies {
      _ = try strategy.evaluate(at: instant.time)
      _ = strategy.takeSignals()
    }
    for scanner in scanners {
      _ = try scanner.evaluate(at: instant.time)
      _ = scanner.takeObservations()
    }
  }

  private func opens(_ events: ContiguousArray<MarketEvent>) throws {
    for case .open(let instrument, let at, let price, let isFirst) in events {
      guard let last = Price(price) else { continue }
      let quote = Quote(instrument: instrument, time: at, last: last, isSessionFirst: isFirst)
      try venue?.onQuote(quote)
      try takeVenueReports()
      try feed(.quote(quote))
    }
  }

  private func barsEnd(_ time: Timestamp, _ events: ContiguousArray<MarketEvent>) throws {
    for case .bar(let bar, let isLast) in events {
      try venue?.onBar(bar, isSessionLast: isLast)
      try takeVenueReports()
      try feed(.bar(bar))
    }
    for (index, strategy) in strategies.enumerated() {
      var wait = false
      for case .bar(let bar, _) in events where try strategy.onBar(bar) { wait = true }
      if try strategy.evaluate(at: time) { wait = true }
      guard wait else { continue }
      for signal in strategy.takeSignals() { try feed(.signal(StrategyID(UInt16(index)), signal)) }
    }
    for scanner in scanners {
      var wait = false
      for case .bar(let bar, _) in events where try scanner.onBar(bar) { wait = true }
      if try scanner.evaluate(at: time) { wait = true }
      if wait { try record(scanner) }
    }
  }

  private func finishScanners() throws {
    guard !wasEnded else { return }
    for scanner in scanners where try scanner.finish() { try record(scanner) }
  }

  private func record(_ scanner: any ScannerPort) throws {
    for observation in scanner.takeObservations() {
      let isOld = try recorder.append(observation, scanner: scanner.id)
      isDirty = true
      guard observation.kind == .alert, !isOld else { continue }
      notifier?.notify(
        Notification(
          severity: .info, time: observation.time, topic: "observation", title: observation.text, text: ""))
    }
  }
}
