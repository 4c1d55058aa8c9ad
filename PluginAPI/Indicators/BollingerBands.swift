/// Bollinger bands: a simple moving average and a number of population standard deviations around it.
///
/// Defined from input `period` - 1 (from 0). Source: Bollinger 2001, "Bollinger on Bollinger Bands"; same definition as
/// TA-Lib's BBANDS with simple averages. Two passes over the window, as ``StandardDeviation``.
@frozen
public struct BollingerBands: SeriesIndicator {
  /// The bands as of one input; every member is NaN until the window is full.
  @frozen
  public struct Value: Hashable, Sendable {
    /// The mean plus the width.
    public var upper: Double
    /// The mean.
    public var middle: Double
    /// The mean minus the width.
    public var lower: Double
    /// Where the input lies between the bands: 0 at the lower, 1 at the upper, 0.5 where the window is flat.
    public var percentB: Double
  }

  @usableFromInline var window: StandardDeviation
  /// How many deviations the bands lie from the mean.
  public let width: Double

  /// Makes bands without inputs; `period` and `width` must be positive.
  public init(period: Int = 20, width: Double = 2) {
    precondition(width > 0, "Bollinger bands need a positive width")
    window = StandardDeviation(period: period)
    self.width = width
  }

  /// Whether the window is full.
  @inlinable public var isReady: Bool { window.isReady }

  /// Takes the next input and returns the bands as of it.
  @discardableResult public mutating func update(_ input: Double) -> Value {
    let moments = window.update(input)
    let reach = width * moments.deviation
    return Value(
      upper: moments.mean + reach, middle: moments.mean, lower: moments.mean - reach,
      percentB: (moments.zScore(of: input) / width + 1) / 2)
  }
}
