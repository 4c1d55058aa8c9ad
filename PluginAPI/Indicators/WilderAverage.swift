/// Wilder's smoothed average: the plain mean of the first `period` terms, then `(previous · (period - 1) + term) /
/// period`.
///
/// Old rounding fades as old terms do, so it cannot drift; the seed fades as slowly, so supply the same history to get
/// the same digits. Source: Wilder 1978, "New Concepts in Technical Trading Systems"; same seed as TA-Lib.
@frozen
public struct WilderAverage: SeriesIndicator {
  /// The number of terms of the first mean, and the inverse of the weight of a new term after it.
  public let period: Int
  @usableFromInline var seen = 0
  @usableFromInline var average = 0.0

  /// Makes an average without terms; `period` must be positive.
  public init(period: Int) {
    precondition(period > 0, "an average needs a positive period")
    self.period = period
  }

  /// Whether `period` terms were seen.
  @inlinable public var isReady: Bool { seen == period }
  /// The average as it stands, NaN until it is ready.
  @inlinable public var value: Double { isReady ? average : .nan }

  /// Takes the next term and returns the average, NaN until `period` terms were seen.
  @inlinable @discardableResult public mutating func update(_ term: Double) -> Double {
    let length = Double(period)
    guard seen == period else {
      average += term
      seen += 1
      guard seen == period else { return .nan }
      average /= length
      return average
    }
    average = (average * (length - 1) + term) / length
    return average
  }
}
