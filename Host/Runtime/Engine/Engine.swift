import Scheduling
import TradingCore
import TradingTypes

/// Everything a session is made of.
public struct EngineParts {
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
  public var view: (any RoadView)?
  public var observer: (any AccountObserver)?
  public var scheduler: EngineSchedule
  /// What earlier lives of this session journaled.
  public var journal: [JournaledInput] = []

  /// Makes parts with everything that has no default.
  public init(
    core: Core, feed: MarketFeed, strategies: [any StrategyPort], broker: any BrokerPort, recorder: any Recorder,
    scheduler: EngineSchedule
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
public final class Engine {
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
  let view: (any RoadView)?
  let observer: (any AccountObserver)?
  var marks: ContiguousArray<AccountMark> = []
  var schedule: EngineSchedule
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
  public init(_ parts: EngineParts) {
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
    view = parts.view
    observer = parts.observer
    schedule = parts.scheduler
    journal = JournalReplay(parts.journal)
    decideFrom = parts.core.configuration.decideFrom
  }

  /// Bars that decisions were made on; those that only warmed up are not counted.
  public private(set) var decidedBarCount: UInt64 = 0
  /// Start of the first and of the last bar that decisions were made on.
  public private(set) var firstBarStart: Timestamp?
  public private(set) var lastBarStart: Timestamp?
  /// Bars that were not used, by reason.
  public var skippedBars: [FeedSkip: Int] { feed.skipped }

  /// How a run came to its end.
  public enum Ending: Hashable, Sendable {
    /// The data ended.
    case dataEnded
    /// A person said so; what is open stays open.
    case endedByPerson
    /// The process was told to stop; the session can go on later.
    case interrupted
  }

  /// Runs to the end of the data, or until somebody ends it. Blocks; call it once.
  public func run() throws -> Ending {
    var events: ContiguousArray<MarketEvent> = []
    while !isEnding, let instant = try feed.next(into: &events) {
      time = instant.time
      view?.show(time: time)
      if instant.time < decideFrom {
        try warmUp(instant, events)
        continue
      }
      if firstTime == nil { firstTime = instant.time }
      if !isRepeating, let pacer, !pacer.wait(until: instant.time) { return try interrupted() }
      try advanceSchedule(to: instant.time)
      core.advance(to: instant.time)
      if instant.isOpen { try opens(events) } else { try barsEnd(instant.time, events) }
      try feed(.endOfInstant(instant.time))
      try pollApproval()
      try resolveUnknown()
      if isDirty { try commit() }
      if !instant.isOpen { try mark(instant.time, events) }
    }
    try handOutMarks()
    if journal.isReplaying {
      throw EngineFailure.journalNotReached(index: inputs + 1, inputs: inputs)
    }
    if !isEnding {
      try advanceSchedule(to: time.adding(seconds: 1))
      try finishScanners()
    }
    if isDirty { try commit() }
    return isEnding ? .endedByPerson : .dataEnded
  }

  private func interrupted() throws -> Ending {
    if isDirty { try commit() }
    return .interrupted
  }

  /// Whether this life is still where an earlier one has been: nobody is asked or told, and time does not pass.
  var isRepeating: Bool { journal.isReplaying || recorder.isCatchingUp }

  /// Ends the session at the next instant.
  public func end() { isEnding = true }

  private func warmUp(_ instant: Instant, _ events: ContiguousArray<MarketEvent>) throws {
    guard !instant.isOpen else { return }
    for case .bar(let bar, let edges) in events {
      for strategy in strategies { _ = try strategy.onBar(bar, edges) }
      for scanner in scanners { _ = try scanner.onBar(bar, edges) }
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
    for case .bar(let bar, let edges) in events {
      try venue?.onBar(bar, edges)
      try takeVenueReports()
      try feed(.bar(bar))
    }
    decidedBarCount += UInt64(events.count)
    view?.show(portfolioOf: core)
    for (index, strategy) in strategies.enumerated() {
      var wait = false
      for case .bar(let bar, let edges) in events where try strategy.onBar(bar, edges) { wait = true }
      if try strategy.evaluate(at: time) { wait = true }
      guard wait else { continue }
      for signal in strategy.takeSignals() { try feed(.signal(StrategyID(UInt16(index)), signal)) }
    }
    for scanner in scanners {
      var wait = false
      for case .bar(let bar, let edges) in events where try scanner.onBar(bar, edges) { wait = true }
      if try scanner.evaluate(at: time) { wait = true }
      if wait { try record(scanner) }
    }
  }

  /// Notes the account after the bars of an instant, and hands the marks on many at a time.
  private func mark(_ time: Timestamp, _ events: ContiguousArray<MarketEvent>) throws {
    guard case .bar(let bar, _) = events.first else { return }
    if firstBarStart == nil { firstBarStart = bar.start }
    lastBarStart = bar.start
    guard observer != nil else { return }
    marks.append(
      AccountMark(
        barStart: bar.start, time: time, equityNanos: core.equity?.nanos ?? AccountMark.unknown,
        isInvested: core.openPositions > 0))
    if marks.count >= 1024 { try handOutMarks() }
  }

  private func handOutMarks() throws {
    guard let observer, !marks.isEmpty else { return }
    try marks.withUnsafeBufferPointer { try observer.take($0) }
    marks.removeAll(keepingCapacity: true)
  }

  private func finishScanners() throws {
    for scanner in scanners where try scanner.finish() { try record(scanner) }
  }

  private func record(_ scanner: any ScannerPort) throws {
    for observation in scanner.takeObservations() {
      let isOld = try recorder.append(observation, scanner: scanner.id)
      if !isOld { isDirty = true }
      let isNews = observation.kind == .alert || observation.kind == .digest
      guard isNews, !observation.text.isEmpty, !isOld else { continue }
      notifier?.notify(
        Notification(
          severity: .info, time: observation.time, topic: "observation", title: observation.text, text: ""))
    }
  }
}
