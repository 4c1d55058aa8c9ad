/// The volume-weighted average price since the last reset: Σ(typical · volume) / Σ volume, typical = (H + L + C) / 3.
///
/// NaN while no volume was traded. Reset it at each session's start (24/7 markets: at 00:00 UTC). Both totals are
/// summed with compensation (``CompensatedSum``), so no digits are lost however long the session.
@frozen
public struct VWAP: FlowIndicator {
  @usableFromInline var turnover = CompensatedSum()
  @usableFromInline var volumes = CompensatedSum()

  /// Makes an average without bars.
  @inlinable public init() {}

  /// Whether any volume was traded since the reset.
  @inlinable public var isReady: Bool { volumes.total > 0 }
  /// The average as it stands, NaN while no volume was traded.
  @inlinable public var value: Double { turnover.total / volumes.total }

  /// Forgets all bars; call it at the session's start.
  @inlinable public mutating func reset() { self = VWAP() }

  /// Takes the next bar and returns the average as of its close, NaN while no volume was traded.
  @inlinable @discardableResult public mutating func update(
    high: Double, low: Double, close: Double, volume: Double
  ) -> Double {
    turnover.add((high + low + close) / 3 * volume)
    volumes.add(volume)
    return value
  }
}
