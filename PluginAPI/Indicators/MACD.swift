/// Which inputs the two averages of a MACD are seeded with; both are in use and both are legitimate.
public enum MACDSeeds: Sendable {
  /// Both averages first exist at input `slow` - 1, the fast one seeded with the `fast` inputs that end there, and
  /// nothing is shown before the signal exists (TA-Lib).
  case aligned
  /// Each average is seeded with its own first inputs, and the line is shown as soon as it exists.
  case own
}

/// Moving average convergence and divergence: a fast minus a slow ``EMA``, the EMA of that, and their difference.
///
/// With 12, 26, 9 the line exists at input 25 (from 0) and the signal at input 33. Source: Appel 1979; conventions of
/// TA-Lib's MACD, or own seeds (``MACDSeeds``).
@frozen
public struct MACD: SeriesIndicator {
  /// The three lines as of one input, NaN while undefined.
  @frozen
  public struct Value: Hashable, Sendable {
    /// The fast average minus the slow one.
    public var line: Double
    /// The exponential average of the line.
    public var signal: Double
    /// The line minus the signal.
    public var histogram: Double
  }

  @usableFromInline var fast: EMA
  @usableFromInline var slow: EMA
  @usableFromInline var signal: EMA
  @usableFromInline let seeds: MACDSeeds
  /// How many inputs the fast average still has to skip.
  @usableFromInline var skip: Int

  /// Makes a MACD without inputs; the periods must be positive and `fast` shorter than `slow`.
  public init(fast: Int = 12, slow: Int = 26, signal: Int = 9, seeds: MACDSeeds = .aligned) {
    precondition(fast < slow, "the fast average must be shorter than the slow one")
    self.fast = EMA(period: fast)
    self.slow = EMA(period: slow)
    self.signal = EMA(period: signal)
    self.seeds = seeds
    skip = seeds == .aligned ? slow - fast : 0
  }

  /// Whether all three lines are defined.
  @inlinable public var isReady: Bool { signal.isReady }

  /// Takes the next input and returns the lines as of it.
  @discardableResult public mutating func update(_ input: Double) -> Value {
    if skip > 0 { skip -= 1 } else { fast.update(input) }
    slow.update(input)
    guard slow.isReady else { return Value(line: .nan, signal: .nan, histogram: .nan) }
    let line = fast.value - slow.value
    let average = signal.update(line)
    let shown = seeds == .own || signal.isReady
    return Value(line: shown ? line : .nan, signal: average, histogram: line - average)
  }
}
