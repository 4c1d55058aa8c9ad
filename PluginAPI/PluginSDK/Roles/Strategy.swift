import TradingTypes

/// A strategy: a value that sees bars and raises signals.
///
/// Calls to one instance never overlap. ``onBar(_:_:)`` is the hot path: it must not block, and in the steady state not
/// allocate. A throw stops the instance with the status it carries; a Swift trap stops the whole host, so use reporting
/// arithmetic. A strategy that also decides once all bars of an instant are known conforms to ``EvaluatingStrategy``.
public protocol Strategy {
  /// Reads the options and takes what it needs from the host. Must not block.
  init(host: HostServices) throws(PluginError)

  /// Learns the instruments, in the order of their ids; called once, before the first bar.
  mutating func start(_ instruments: [Instrument], _ session: SessionStart) throws(PluginError)

  /// Takes one finished bar; bars come in order of end, then instrument. `bar.instrument` is one of those of `start`.
  mutating func onBar(_ bar: Bar, _ context: borrowing StrategyContext) throws(PluginError)

  /// Answers whether an approved signal still stands: any check that failed stops the order, and so does a throw.
  /// Without an own implementation only the host's own checks decide.
  mutating func recheck(_ request: Recheck) throws(PluginError) -> [Check]

  /// Learns of a fill of its order. Without an own implementation fills are ignored.
  mutating func onFill(_ fill: Fill) throws(PluginError)
}

extension Strategy {
  public mutating func recheck(_ request: Recheck) throws(PluginError) -> [Check] { [] }
  public mutating func onFill(_ fill: Fill) throws(PluginError) {}
}

/// A strategy that decides when all bars of an instant have been offered, for example to rank its instruments.
public protocol EvaluatingStrategy: Strategy {
  /// All bars that end at `time` have been offered.
  mutating func evaluate(at time: Timestamp, _ context: borrowing StrategyContext) throws(PluginError)
}
