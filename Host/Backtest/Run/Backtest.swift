import Glibc
import MarketCalendar
import Runtime
import TradingCore
import TradingTypes

/// A backtest: the engine of every session over a source of bars, with rows in memory and nobody asked.
///
/// It belongs to the thread that runs it. Several backtests may run at the same time on several threads when each has
/// strategies, a broker and a source of its own.
public struct Backtest {
  /// What the core decides with.
  public var core: CoreConfiguration
  /// What is traded by which calendar; exchanges without one trade around the clock.
  public var calendars: [String: SessionCalendar]
  /// Whose sessions the account's day follows.
  public var referenceCalendar: SessionCalendar
  /// In the order of the configuration's strategies.
  public var strategies: [any StrategyPort]
  /// The simulated account.
  public var broker: any BrokerPort & SimulatedVenue
  /// Where the bars come from.
  public var source: any BarSource
  /// The clock that plugins read.
  public var clock: RoadClock
  /// The start of the source's first bar, or anything before it.
  public var firstStart: Timestamp
  /// Bars that start at or after it are left out.
  public var endBefore: Timestamp = .distantFuture
  /// Who looks at the account over time, if anybody.
  public var observer: (any AccountObserver)?
  /// What plugins may see of the account.
  public var portfolio: (any PortfolioView)?
  /// Where all rows go besides; `nil`: only what the outcome holds is kept.
  public var recorder: (any Recorder)?
  /// Whether the outcome lists every closed trade.
  public var keepsTrades = true
  /// Whether the outcome lists every fill.
  public var keepsFills = false

  /// Makes a backtest with everything that has no default.
  public init(
    core: CoreConfiguration, calendars: [String: SessionCalendar], referenceCalendar: SessionCalendar,
    strategies: [any StrategyPort], broker: any BrokerPort & SimulatedVenue, source: any BarSource,
    firstStart: Timestamp, clock: RoadClock
  ) {
    self.core = core
    self.calendars = calendars
    self.referenceCalendar = referenceCalendar
    self.strategies = strategies
    self.broker = broker
    self.source = source
    self.firstStart = firstStart
    self.clock = clock
  }

  /// Runs to the end of the data. Blocks until then; throws what the source, a plugin or the recorder throws.
  public func run() throws -> BacktestOutcome {
    let memory = MemoryRecorder(
      currency: core.cash.currency, keepsTrades: keepsTrades, keepsFills: keepsFills, further: recorder)
    let timed = TimedSource(source)
    let feed = MarketFeed(timed, instruments: core.instruments, calendars: calendars, endBefore: endBefore)
    defer { feed.close() }
    var parts = EngineParts(
      core: core, feed: feed, strategies: strategies, broker: broker, recorder: memory,
      clock: clock,
      scheduler: try EngineSchedule(calendar: referenceCalendar, startingAt: max(core.decideFrom, firstStart)))
    parts.venue = broker
    parts.portfolio = portfolio
    parts.observer = observer
    var engine = Engine(parts)
    let began = ProcessorTime.now
    _ = try engine.run()
    let spent = ProcessorTime.now - began
    return BacktestOutcome(
      bars: engine.decidedBarCount,
      skippedBars: Dictionary(uniqueKeysWithValues: engine.skippedBars.map { ($0.key.rawValue, $0.value) }),
      first: engine.firstBarStart, last: engine.lastBarStart, counters: engine.core.counters,
      openPositions: engine.core.heldPositions, finalEquity: engine.core.equity, tradeStatistics: memory.statistics,
      trades: memory.trades, fills: memory.fills, engineNanoseconds: spent - min(spent, timed.nanoseconds),
      readNanoseconds: timed.nanoseconds)
  }
}

/// Processor time of the calling thread.
public enum ProcessorTime {
  /// Nanoseconds since an instant that does not change.
  public static var now: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}

/// A source whose reading is not counted as the engine's time. It is read thousands of bars at a time.
private final class TimedSource: BarSource {
  private let source: any BarSource
  private(set) var nanoseconds: UInt64 = 0

  init(_ source: any BarSource) { self.source = source }

  func read(into buffer: UnsafeMutableBufferPointer<Bar>) throws -> Int {
    let began = ProcessorTime.now
    defer { nanoseconds += ProcessorTime.now - began }
    return try source.read(into: buffer)
  }
}
