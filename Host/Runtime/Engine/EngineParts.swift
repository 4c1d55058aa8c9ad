import TradingCore

/// Everything a session is made of.
public struct EngineParts {
  /// What the core decides with.
  public var core: CoreConfiguration
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
  /// The clock that plugins read.
  public var clock: RoadClock
  public var portfolio: (any PortfolioView)?
  /// Who looks after plugins that fail; `nil`: whoever made the session sees to it afterwards.
  public var supervision: (any SupervisionPort)?
  public var observer: (any AccountObserver)?
  public var scheduler: EngineSchedule
  /// What earlier lives of this session journaled.
  public var journal: [JournaledInput] = []

  /// Makes parts with everything that has no default.
  public init(
    core: CoreConfiguration, feed: MarketFeed, strategies: [any StrategyPort], broker: any BrokerPort,
    recorder: any Recorder,
    clock: RoadClock, scheduler: EngineSchedule
  ) {
    self.core = core
    self.feed = feed
    self.strategies = strategies
    self.broker = broker
    self.recorder = recorder
    self.clock = clock
    self.scheduler = scheduler
  }
}
