/// The symbols of a scan that are oversold within an uptrend: close above the 200-bar mean, lowest RSI over 2 bars
/// first.
///
/// Ties go by the symbol's number. A symbol whose mean or RSI is undefined is not ranked.
public struct ScanRanking: Sendable {
  /// The numbers of the ranked symbols, best first.
  public private(set) var symbols: [Int] = []
  /// RSI and number in one, so that one comparison settles both.
  private var keys: [UInt128] = []

  /// Makes an empty ranking with room for a number of symbols.
  public init(capacity: Int) {
    symbols.reserveCapacity(capacity)
    keys.reserveCapacity(capacity)
  }

  /// Ranks the symbols by their last values; the columns must be of equal length.
  public mutating func rank(closes: Span<Double>, sma200: Span<Double>, rsi2: Span<Double>) {
    precondition(sma200.count == closes.count && rsi2.count == closes.count, "the columns differ in length")
    keys.removeAll(keepingCapacity: true)
    for symbol in closes.indices where closes[symbol] > sma200[symbol] && rsi2[symbol] >= 0 {
      // Numbers from 0 up order like their bit patterns (an RSI of -0 does not occur).
      keys.append(UInt128(rsi2[symbol].bitPattern) << 64 | UInt128(truncatingIfNeeded: symbol))
    }
    keys.sort()
    symbols.removeAll(keepingCapacity: true)
    for key in keys { symbols.append(Int(truncatingIfNeeded: key)) }
  }
}
