/// The true range: how far the price went since the previous close, `max(H, C') - min(L, C')`, from bar 1.
///
/// The same number as `max(H - L, |H - C'|, |L - C'|)` wherever the low is not above the high. Source: Wilder 1978.
@frozen
public struct TrueRange: RangeIndicator {
  @usableFromInline var previousClose = 0.0
  @usableFromInline var bars = 0

  /// Makes a true range without bars.
  @inlinable public init() {}

  /// Whether two bars were seen.
  @inlinable public var isReady: Bool { bars == 2 }

  /// Takes the next bar and returns its true range, NaN for the first one.
  @inlinable @discardableResult public mutating func update(high: Double, low: Double, close: Double) -> Double {
    let top = Larger.combine(high, previousClose)
    let bottom = Smaller.combine(low, previousClose)
    previousClose = close
    guard bars > 0 else {
      bars = 1
      return .nan
    }
    bars = 2
    return top - bottom
  }
}

/// Wilder's average true range: the ``WilderAverage`` of the ``TrueRange``, first at bar `period` (from 0).
///
/// Source: Wilder 1978; same seed as TA-Lib's ATR (the mean of the true ranges of bars 1 to `period`).
@frozen
public struct ATR: RangeIndicator {
  @usableFromInline var range = TrueRange()
  @usableFromInline var average: WilderAverage

  /// Makes an average without bars; `period` must be positive.
  public init(period: Int = 14) { average = WilderAverage(period: period) }

  /// The number of true ranges in the first average.
  @inlinable public var period: Int { average.period }
  /// Whether `period` true ranges were seen.
  @inlinable public var isReady: Bool { average.isReady }

  /// Takes the next bar and returns the average, NaN until `period` true ranges were seen.
  @inlinable @discardableResult public mutating func update(high: Double, low: Double, close: Double) -> Double {
    let first = range.bars == 0
    let term = range.update(high: high, low: low, close: close)
    return first ? .nan : average.update(term)
  }
}
