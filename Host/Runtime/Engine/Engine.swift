import Scheduling
import TradingCore
import TradingTypes

/// Drives the core: one thread, one event at a time, effects performed in order, what comes back fed in as events.
///
/// Inputs that cannot be made again are journaled with their number. A session that resumes runs the same code over the
/// same data; journaled inputs come from the journal until it is used up, and from then on from the world.
public struct Engine: ~Copyable {
  public internal(set) var core: Core
  var feed: MarketFeed
  let strategies: StrategyPorts
  let scanners: [any ScannerPort]
  /// What is called for each bar, in the order of the ports.
  let strategyCalls: ContiguousArray<BarCall>
  /// What takes the signals of each strategy.
  let signalCalls: ContiguousArray<SignalCall>
  let strategyEvaluates: ContiguousArray<Bool>
  let hasScanners: Bool
  let scannerCalls: ContiguousArray<BarCall>
  var teller: VenueTeller
  let broker: any BrokerPort
  let venue: (any SimulatedVenue)?
  let approval: (any ApprovalPort)?
  let recorder: any Recorder
  let notifier: (any NotifierPort)?
  let pacer: (any Pacer)?
  let isPaced: Bool
  let faults: (any FaultPoints)?
  let clock: RoadClock
  let portfolio: (any PortfolioView)?
  let watch: PortfolioWatch
  let supervision: (any SupervisionPort)?
  let pluginWatch: SupervisionWatch
  var marks: AccountMarks
  var schedule: EngineSchedule
  var journal: JournalReplay
  let keepsJournal: Bool
  /// Whether bars of a quiet market may open and end at once: nobody is told of instants, and nothing of them is kept.
  let mayRunQuietly: Bool
  let decideFrom: Timestamp

  /// Effects that wait to be performed, oldest first; the core appends to it.
  var queue: EffectBuffer
  var reports = ReportBuffer()
  /// Signals on their way from a strategy into the core.
  var raised = SignalBuffer()
  /// Inputs the core has had.
  var inputs: UInt64 = 0
  /// Rows or inputs since the last commit.
  var isDirty = false
  var isPerforming = false
  /// Intents that an earlier life had committed, so the order may already be at the venue.
  var committedBefore: Set<OrderNumber> = []
  var questions: [SignalNumber: Question] = [:]
  var isEnding = false

  /// How far the market is.
  public internal(set) var time: Timestamp = .distantPast
  /// First decided instant.
  public internal(set) var firstTime: Timestamp?
  /// Start of the first and of the last bar that decisions were made on.
  public internal(set) var firstBarStart: Timestamp?
  public internal(set) var lastBarStart: Timestamp?
  /// Bars that decisions were made on; those that only warmed up are not counted.
  public internal(set) var decidedBarCount: UInt64 = 0
  /// Bars that were not used, by reason.
  public var skippedBars: [FeedSkip: Int] { feed.skipped }

  /// Makes a session that has not begun.
  public init(_ parts: EngineParts) {
    core = Core(parts.core)
    feed = parts.feed
    strategies = StrategyPorts(parts.strategies)
    scanners = parts.scanners
    strategyCalls = ContiguousArray(parts.strategies.map(\.barCall))
    signalCalls = ContiguousArray(parts.strategies.map(\.signalCall))
    strategyEvaluates = ContiguousArray(parts.strategies.map(\.evaluates))
    hasScanners = !parts.scanners.isEmpty
    scannerCalls = ContiguousArray(parts.scanners.map(\.barCall))
    broker = parts.broker
    venue = parts.venue
    teller = VenueTeller(
      parts.venue, instruments: parts.core.instruments.count, clock: parts.clock)
    approval = parts.approval
    recorder = parts.recorder
    notifier = parts.notifier
    pacer = parts.pacer
    isPaced = parts.pacer != nil
    faults = parts.faults
    clock = parts.clock
    portfolio = parts.portfolio
    watch = parts.portfolio?.watch ?? PortfolioWatch()
    supervision = parts.supervision
    pluginWatch = parts.supervision?.watch ?? SupervisionWatch()
    marks = AccountMarks(parts.observer)
    schedule = parts.scheduler
    journal = JournalReplay(parts.journal)
    keepsJournal = parts.recorder.keepsJournal
    mayRunQuietly =
      parts.venue?.needsEveryPrice == false && parts.scanners.isEmpty && parts.pacer == nil && parts.approval == nil
      && !parts.recorder.keepsJournal && parts.journal.isEmpty && parts.strategies.allSatisfy { !$0.evaluates }
    decideFrom = parts.core.decideFrom
    queue = EffectBuffer(rows: parts.recorder.rows, notifies: parts.notifier != nil)
  }

  /// How a run came to its end.
  public enum Ending: Hashable, Sendable {
    /// The data ended.
    case dataEnded
    /// A person said so; what is open stays open.
    case endedByPerson
    /// The process was told to stop; the session can go on later.
    case interrupted
  }

  /// Whether this life is still where an earlier one has been: nobody is asked or told, and time does not pass.
  var isRepeating: Bool { journal.isReplaying || recorder.isCatchingUp }

  /// Runs to the end of the data, or until somebody ends it. Blocks; call it once.
  public mutating func run() throws -> Ending {
    var bars = UnsafeBufferPointer<Bar>(start: nil, count: 0)
    while !isEnding {
      if mayRunQuietly, core.isQuiet, !watch.isOn { try runQuietBars() }
      guard let instant = try feed.next(&bars) else { break }
      time = instant.time
      clock.now = instant.time
      if bars[0].start < decideFrom {
        if !instant.isOpen { try warmUp(bars) }
        continue
      }
      if firstTime == nil { firstTime = instant.time }
      if isPaced, try !waitForTime() { return try interrupted() }
      if schedule.isDue(by: instant.time) { try advanceSchedule(to: instant.time) }
      core.advance(to: instant.time)
      if instant.isOpen { try open(bars) } else { try end(bars) }
      inputs &+= 1
      if time >= pluginWatch.dueAt || journal.isReplaying { try lookAfterPlugins() }
      inputs &+= 1
      if !core.isQuiet { try endInstant() }
      if mustLookAround() { try lookAround() } else { inputs &+= 2 }
      if isDirty { try commit() }
      if !instant.isOpen { try mark(bars) }
    }
    return try finish()
  }

  mutating func endInstant() throws {
    core.endInstant(time, into: &queue)
    try performQueue()
  }

  private mutating func mustLookAround() -> Bool {
    !questions.isEmpty || journal.isReplaying || !core.isQuiet && core.hasUnknownOrders()
  }

  /// Whether somebody answered, and what became of orders of unknown outcome.
  private mutating func lookAround() throws {
    try pollApproval()
    try resolveUnknown()
  }

  private mutating func finish() throws -> Ending {
    try marks.handOut()
    if journal.isReplaying {
      throw EngineFailure.journalNotReached(index: inputs + 1, inputs: inputs)
    }
    if !isEnding {
      try advanceSchedule(to: time.adding(seconds: 1))
      for scanner in scanners where try scanner.finish() { try record(scanner) }
    }
    if isDirty { try commit() }
    return isEnding ? .endedByPerson : .dataEnded
  }

  /// Lets real time pass; `false` when the process is to stop.
  private func waitForTime() throws -> Bool {
    guard let pacer, !isRepeating else { return true }
    return pacer.wait(until: time)
  }

  private mutating func interrupted() throws -> Ending {
    if isDirty { try commit() }
    return .interrupted
  }

  /// Notes the account after the bars of an instant.
  private mutating func mark(_ bars: UnsafeBufferPointer<Bar>) throws {
    if firstBarStart == nil { firstBarStart = bars[0].start }
    lastBarStart = bars[0].start
    decidedBarCount &+= UInt64(bars.count)
    if marks.areWanted { try marks.append(core.mark(barStart: bars[0].start, time: time)) }
  }
}
