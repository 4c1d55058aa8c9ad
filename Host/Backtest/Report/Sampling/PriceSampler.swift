import TradingTypes

/// The price of one instrument over a run of any length, in bounded memory: open, high, low and close of each of a
/// bounded number of buckets.
public struct PriceSampler: Sendable {
  /// A stretch of the price.
  public struct Bucket: SampleBucket, Equatable {
    /// The start of its first bar.
    public var time: Timestamp
    /// First traded price.
    public var open: Double
    /// Highest traded price.
    public var high: Double
    /// Lowest traded price.
    public var low: Double
    /// Last traded price.
    public var close: Double

    mutating func absorb(_ later: Bucket) {
      high = max(high, later.high)
      low = min(low, later.low)
      close = later.close
    }
  }

  private var series: BucketSeries<Bucket>

  /// A sampler with at most `capacity` buckets.
  public init(capacity: Int = 16_384) { series = BucketSeries(capacity: capacity) }

  /// Takes a bar, in order of time; a bar without finite prices is left out.
  public mutating func add(_ bar: Bar) {
    guard bar.high.isFinite, bar.low.isFinite, bar.open.isFinite, bar.close.isFinite else { return }
    series.add(Bucket(time: bar.start, open: bar.open, high: bar.high, low: bar.low, close: bar.close))
  }

  /// The price so far, oldest first.
  public var buckets: [Bucket] { series.buckets }
  /// Bars a bucket; every bucket but the last holds as many.
  public var barsPerBucket: Int { series.span }
  /// Bars taken so far.
  public var barCount: Int { series.sampleCount }

  /// The same price in at most `limit` buckets (at least 2).
  public func coarsened(to limit: Int) -> PriceSampler {
    var copy = self
    copy.series = series.coarsened(to: limit)
    return copy
  }
}

/// The prices of all instruments of a run, in bounded memory however many they are.
public struct PriceCurves: Sendable {
  private var samplers: [PriceSampler]

  /// - Parameters:
  ///   - instruments: how many there are; ids are 0 up to it.
  ///   - pointBudget: how many buckets they share (40 bytes each, taken as they fill); an instrument has 256 at least and 16,384 at
  ///     most.
  public init(instruments: Int, pointBudget: Int = 786_432) {
    let capacity = min(max(pointBudget / max(instruments, 1), 256), 16_384)
    samplers = Array(repeating: PriceSampler(capacity: capacity), count: instruments)
  }

  /// Takes a bar of an instrument; each instrument's bars come in order of time.
  public mutating func add(_ bar: Bar) { samplers[Int(bar.instrument.index)].add(bar) }

  /// The price of one instrument.
  public subscript(_ instrument: InstrumentID) -> PriceSampler { samplers[Int(instrument.index)] }
}
