/// Mean and population standard deviation of the last `period` inputs, in two passes over the window each step.
///
/// The digits depend on the window's numbers alone, not on what came before, whatever their level. The price is
/// `period` operations a step (about 10 ns for 20); ``FastStandardDeviation`` does it in constant time. TA-Lib's
/// STDDEV and BBANDS use the same definition (divided by n).
@frozen
public struct StandardDeviation: SeriesIndicator {
  /// The number of inputs in the window.
  public let period: Int
  /// The window twice, `period` apart, so that its members lie side by side, oldest first, wherever it begins.
  @usableFromInline var mirrored: [Double]
  @usableFromInline var position = 0
  @usableFromInline var full = false

  /// Makes an empty window; `period` must be positive.
  public init(period: Int) {
    precondition(period > 0, "a deviation needs a positive period")
    self.period = period
    mirrored = [Double](repeating: 0, count: 2 * period)
  }

  /// Whether the window is full.
  @inlinable public var isReady: Bool { full }

  /// Takes the next input and returns the window's moments, undefined until it is full.
  @discardableResult public mutating func update(_ input: Double) -> Moments {
    mirrored[position] = input
    mirrored[position + period] = input
    position += 1
    if position == period {
      position = 0
      full = true
    }
    return moments
  }

  /// The moments of the window as it stands, undefined until it is full.
  public var moments: Moments {
    guard full else { return .undefined }
    return Moments(of: mirrored.span.extracting(position..<position + period))
  }
}

/// How many population standard deviations the newest of the last `period` inputs lies from their mean.
///
/// 0 where the window is flat (deviation at most 1e-12 of the level). Two passes, as ``StandardDeviation``.
@frozen
public struct ZScore: SeriesIndicator {
  @usableFromInline var window: StandardDeviation

  /// Makes an empty window; `period` must be positive.
  public init(period: Int) { window = StandardDeviation(period: period) }

  /// Whether the window is full.
  @inlinable public var isReady: Bool { window.isReady }

  /// Takes the next input and returns its z-score, NaN until the window is full.
  @discardableResult public mutating func update(_ input: Double) -> Double {
    window.update(input).zScore(of: input)
  }
}
