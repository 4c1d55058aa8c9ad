/// What becomes of a strategy's positions once it has failed for good.
public enum PositionPolicy: String, Hashable, Sendable, Codable, CaseIterable {
  /// Nothing is changed: stops, targets and exits that are under way stay as they are.
  case hold
  /// Positions keep their stops; a stop that is missing is placed, and a position for which none is known is alarmed.
  case protect
  /// Positions are left at the market.
  case flatten
}

/// A strategy's plugin crashed, hung or broke its contract, and is not called any more until it is replaced.
public struct StrategyFailure: Hashable, Sendable, Codable {
  public var strategy: StrategyID
  /// Which of its instances failed, from 1.
  public var epoch: UInt32
  /// Which call of that instance failed, from 1; 0: it did not come to be called in this session.
  public var call: UInt64
  /// What was called, how it failed, in a line.
  public var reason: String
  /// Whether it is quarantined: no other instance follows until a person releases the plugin.
  public var isFinal: Bool
  /// What becomes of its positions then.
  public var policy: PositionPolicy

  /// Makes a failure from its parts.
  public init(
    strategy: StrategyID, epoch: UInt32, call: UInt64, reason: String, isFinal: Bool, policy: PositionPolicy
  ) {
    self.strategy = strategy
    self.epoch = epoch
    self.call = call
    self.reason = reason
    self.isFinal = isFinal
    self.policy = policy
  }
}

/// A new instance of a strategy decides in place of one that failed.
public struct StrategyReplacement: Hashable, Sendable, Codable {
  public var strategy: StrategyID
  /// Which of its instances decides now, from 2.
  public var epoch: UInt32

  /// Makes a replacement from its parts.
  public init(strategy: StrategyID, epoch: UInt32) {
    self.strategy = strategy
    self.epoch = epoch
  }
}
