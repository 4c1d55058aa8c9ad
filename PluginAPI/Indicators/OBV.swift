/// On-balance volume: a running total to which the volume is added on a higher close and taken from it on a lower one.
///
/// It starts with the first bar's volume, as TA-Lib's does. Whole volumes are exact up to 9e15; others are summed with
/// compensation (``CompensatedSum``), so a long series loses no digits. Source: Granville 1963.
@frozen
public struct OBV: Sendable {
  @usableFromInline var balance = CompensatedSum()
  @usableFromInline var previousClose = 0.0
  /// Whether a bar was seen.
  public private(set) var isReady = false

  /// Makes a balance without bars.
  public init() {}

  /// Takes the next bar and returns the balance as of its close.
  @discardableResult public mutating func update(close: Double, volume: Double) -> Double {
    let change = close - previousClose
    previousClose = close
    if !isReady || change > 0 {
      balance.add(volume)
    } else if change < 0 {
      balance.add(-volume)
    } else if change.isNaN {
      balance.add(.nan)
    }
    isReady = true
    return balance.total
  }

  /// Takes a run of bars and writes the balance as of each; goes on from the present state.
  ///
  /// The columns must be of equal length and `outputs` at least as long; anything else traps first.
  public mutating func update(closes: Span<Double>, volumes: Span<Double>, into outputs: inout MutableSpan<Double>) {
    precondition(closes.count == volumes.count, "the input columns differ in length")
    precondition(outputs.count >= closes.count, "the output span is shorter than the input spans")
    for index in closes.indices { outputs[index] = update(close: closes[index], volume: volumes[index]) }
  }

  /// The balances over whole columns of equal length, starting from a copy of this state; one per bar.
  public func values(closes: [Double], volumes: [Double]) -> [Double] {
    precondition(closes.count == volumes.count, "the input columns differ in length")
    var state = self
    return closes.indices.map { state.update(close: closes[$0], volume: volumes[$0]) }
  }
}
