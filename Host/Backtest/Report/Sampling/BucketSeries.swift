/// What a bucket of a series can do: take in what came after it.
protocol SampleBucket: Sendable {
  /// Takes in a later bucket, so that this one tells of both.
  mutating func absorb(_ later: Self)
}

/// A series of any length in a fixed number of buckets.
///
/// Every bucket but the last holds the same number of samples. When the buckets run out, neighbours are merged and the
/// number doubles: adding costs O(1) amortised, and between half the capacity and the whole of it is in use.
struct BucketSeries<Bucket: SampleBucket>: Sendable {
  /// The buckets, oldest first.
  private(set) var buckets: [Bucket] = []
  /// Samples a bucket.
  private(set) var span = 1
  /// All samples ever added.
  private(set) var sampleCount = 0
  /// Samples in the last bucket.
  private var filled = 0
  private let capacity: Int

  /// A series of at most `capacity` buckets, at least 2; odd capacities lose one.
  init(capacity: Int) { self.capacity = max(capacity & ~1, 2) }

  /// Adds a sample as a bucket of its own size.
  mutating func add(_ sample: Bucket) {
    sampleCount += 1
    if filled < span, filled > 0 {
      buckets[buckets.count - 1].absorb(sample)
      filled += 1
      return
    }
    if buckets.count == capacity { mergeNeighbours() }
    buckets.append(sample)
    filled = 1
  }

  /// Changes the last bucket without counting a sample; there must be one.
  mutating func amend(_ change: (inout Bucket) -> Void) { change(&buckets[buckets.count - 1]) }

  /// The same series in at most `limit` buckets (at least 2).
  func coarsened(to limit: Int) -> BucketSeries {
    var copy = self
    while copy.buckets.count > max(limit, 2) { copy.mergeNeighbours() }
    return copy
  }

  private mutating func mergeNeighbours() {
    let count = buckets.count
    var kept = 0
    while kept * 2 < count {
      var bucket = buckets[kept * 2]
      if kept * 2 + 1 < count { bucket.absorb(buckets[kept * 2 + 1]) }
      buckets[kept] = bucket
      kept += 1
    }
    filled += count.isMultiple(of: 2) ? span : 0
    buckets.removeLast(count - kept)
    span *= 2
  }
}
