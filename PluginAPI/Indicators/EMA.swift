/// How an exponential average gets its first value; both are in use and both are legitimate.
public enum AverageSeed: Sendable {
  /// The plain mean of the first `period` inputs, at input `period` - 1 (TA-Lib).
  case mean
  /// The first input itself, at input 0.
  case firstValue
}

/// The exponential moving average with weight 2 / (`period` + 1) for the newest input.
///
/// `next = previous + weight · (input - previous)`, seeded as ``AverageSeed`` says. Old rounding fades as old inputs
/// do, so it cannot drift. Source: TA-Lib's EMA.
@frozen
public struct EMA: SeriesIndicator {
  /// The number of inputs that fixes the weight and the seed.
  public let period: Int
  /// The weight of the newest input.
  public let weight: Double
  /// How many inputs the seed is the mean of.
  @usableFromInline let seedLength: Int
  @usableFromInline var seen = 0
  @usableFromInline var average = 0.0

  /// Makes an average without inputs; `period` must be positive.
  public init(period: Int, seed: AverageSeed = .mean) {
    precondition(period > 0, "an average needs a positive period")
    self.period = period
    weight = 2 / Double(period + 1)
    seedLength = seed == .mean ? period : 1
  }

  /// Whether the seed is complete.
  @inlinable public var isReady: Bool { seen == seedLength }
  /// The average as it stands, NaN until the seed is complete.
  @inlinable public var value: Double { isReady ? average : .nan }

  /// Takes the next input and returns the average, NaN until the seed is complete.
  @inlinable @discardableResult public mutating func update(_ input: Double) -> Double {
    guard seen == seedLength else {
      average += input
      seen += 1
      guard seen == seedLength else { return .nan }
      average /= Double(seedLength)
      return average
    }
    average += weight * (input - average)
    return average
  }
}
