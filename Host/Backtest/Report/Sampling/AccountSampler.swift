import TradingTypes

/// The account's equity over a run of any length, in bounded memory: the curve, the drawdowns, and the returns by period.
///
/// Feed it once per instant, in order of time; the equity is the account's value after everything that happened at that
/// instant. It keeps the first, lowest, highest and last value of each of a bounded number of buckets, and the exact
/// deepest drawdown of each. Doubles, since a curve is for looking at; the figures in the tables are exact.
public struct AccountSampler: Sendable {
  /// A stretch of the curve.
  public struct Bucket: SampleBucket, Equatable {
    /// The time of its first sample.
    public var time: Timestamp
    /// The time of its last sample.
    public var lastTime: Timestamp
    /// The first equity.
    public var first: Double
    /// The lowest equity.
    public var low: Double
    /// The highest equity.
    public var high: Double
    /// The last equity.
    public var last: Double
    /// The deepest drawdown: equity over its running peak, minus 1; zero or negative.
    public var drawdown: Double

    mutating func absorb(_ later: Bucket) {
      lastTime = later.lastTime
      low = min(low, later.low)
      high = max(high, later.high)
      last = later.last
      drawdown = min(drawdown, later.drawdown)
    }
  }

  private var series: BucketSeries<Bucket>
  private var lastTime = Timestamp.distantPast
  private var tracker = DrawdownTracker()
  private var periods: PeriodReturns

  /// - Parameters:
  ///   - startingEquity: what the account began with; the first period's return is measured from it.
  ///   - capacity: how many buckets the curve is kept in at most.
  public init(startingEquity: Double, capacity: Int = 16_384) {
    series = BucketSeries(capacity: capacity)
    periods = PeriodReturns(base: startingEquity)
  }

  /// Takes the account's equity at an instant. A second value for the same instant replaces the first (its extremes
  /// stay); a value that is not finite is left out.
  public mutating func add(at time: Timestamp, equity: Double) {
    guard equity.isFinite else { return }
    let drawdown = tracker.add(at: time, equity: equity)
    periods.add(at: time, equity: equity)
    let sample = Bucket(
      time: time, lastTime: time, first: equity, low: equity, high: equity, last: equity, drawdown: drawdown)
    if time > lastTime {
      series.add(sample)
      lastTime = time
    } else {
      series.amend(with: sample)
    }
  }

  /// The curve so far, oldest first.
  public var buckets: [Bucket] { series.buckets }
  /// Instants a bucket; every bucket but the last holds as many.
  public var instantsPerBucket: Int { series.span }
  /// Instants taken so far.
  public var instantCount: Int { series.sampleCount }
  /// The deepest and the longest drawdown so far, exact to the instant.
  public var drawdowns: Drawdowns { tracker.drawdowns }
  /// The return of each month so far, UTC, with the last as far as it goes.
  public var months: [PeriodReturn] { periods.months }
  /// The return of each UTC day so far; empty once there are more than ``PeriodReturns/dayLimit``.
  public var days: [PeriodReturn] { periods.days }
}
