/// The six values of a scan as of one bar of one symbol, NaN while undefined.
@frozen
public struct ScanValues: Hashable, Sendable {
  /// Wilder's RSI over 2 bars.
  public var rsi2: Double
  /// Wilder's RSI over 14 bars.
  public var rsi14: Double
  /// The z-score of the close over 20 bars.
  public var bollingerZ: Double
  /// Wilder's average true range over 14 bars.
  public var atr14: Double
  /// The mean close over 200 bars.
  public var sma200: Double
  /// The volume as a multiple of the mean of the last 20, the present one included.
  public var relativeVolume: Double
}

/// The scan of one symbol: six indicators in one pass, bar by bar or a whole series at once.
///
/// Both forms and ``ScanPanel`` agree bit for bit. All memory (2 KB) lies in the value. Inputs must be finite.
public struct ScanState: Sendable {
  var clock = ScanClock()
  var memory = InlineArray<270, Double>(repeating: 0)

  /// Makes a scan without bars.
  public init() { assert(memory.count == ScanRow.count, "the memory does not hold the scan's rows") }

  /// Takes the next bar and returns the values as of its close.
  public mutating func update(high: Double, low: Double, close: Double, volume: Double) -> ScanValues {
    let now = clock
    clock.advance()
    var numbers = memory.mutableSpan
    let result = numbers.withUnsafeMutableBufferPointer { numbers in
      let memory = numbers.baseAddress!
      var sums = ScanSums<Double>(at: memory + ScanRow.sums, stride: 1)
      if now.place == 0 { sums.startBlock(memory, stride: 1, clock: now, close: close) }
      let draft = sums.advance(
        memory, place: ScanPlace(now, stride: 1), smoothing: now.smoothing, high: high, low: low, close: close,
        volume: volume)
      sums.put(at: memory + ScanRow.sums, stride: 1)
      return draft.finished()
    }
    func shown(_ value: Double, _ column: ScanColumn) -> Double { now.seen >= column.firstBar ? value : .nan }
    return ScanValues(
      rsi2: shown(result.rsi2, .rsi2), rsi14: shown(result.rsi14, .rsi14),
      bollingerZ: shown(result.bollingerZ, .bollingerZ), atr14: shown(result.atr14, .atr14),
      sma200: shown(result.sma200, .sma200), relativeVolume: shown(result.relativeVolume, .relativeVolume))
  }
}
