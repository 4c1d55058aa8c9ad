import TradingTypes

/// What the tests of plugins came to for one file.
public struct CheckVerdict: Hashable, Sendable {
  /// How thorough they were, 1 to 10.
  public var level: Int
  /// What their random choices started from.
  public var seed: UInt64
  /// Tests that passed, those with a warning among them.
  public var passed: Int
  /// Tests that failed, crashed or ran out of time.
  public var failed: Int
  /// When they were made.
  public var checkedAt: Timestamp

  /// Makes a verdict from its parts.
  public init(level: Int, seed: UInt64, passed: Int, failed: Int, checkedAt: Timestamp) {
    self.level = level
    self.seed = seed
    self.passed = passed
    self.failed = failed
    self.checkedAt = checkedAt
  }
}

extension CheckVerdict: CustomStringConvertible {
  /// `53 passed, 0 failed at level 5, 2026-11-21T19:30:00Z`.
  public var description: String { "\(passed) passed, \(failed) failed at level \(level), \(checkedAt)" }
}
