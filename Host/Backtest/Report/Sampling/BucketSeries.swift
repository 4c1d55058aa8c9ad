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
  /// The buckets that have all their samples, oldest first.
  private var full: [Bucket] = []
  /// The one that is being filled; `nil` only before the first sample.
  private(set) var present: Bucket?
  /// Samples in the present bucket.
  private var filled = 0
  /// Samples a bucket.
  private(set) var span = 1
  private let capacity: Int

  /// A series of at most `capacity` buckets, at least 2; odd capacities lose one.
  init(capacity: Int) { self.capacity = max(capacity & ~1, 2) }

  /// The buckets, oldest first.
  var buckets: [Bucket] { present.map { full + [$0] } ?? [] }

  /// All samples ever added.
  var sampleCount: Int { full.count * span + filled }

  /// Adds a sample as a bucket of its own size.
  @inline(__always)
  mutating func add(_ sample: Bucket) {
    if filled < span, present != nil {
      present!.absorb(sample)
      filled += 1
    } else {
      begin(sample)
    }
  }

  /// Changes the present bucket without counting a sample.
  @inline(__always)
  mutating func amend(with sample: Bucket) { present?.absorb(sample) }

  private mutating func begin(_ sample: Bucket) {
    if let present {
      full.append(present)
      if full.count == capacity { mergeNeighbours() }
    }
    present = sample
    filled = 1
  }

  /// The same series in at most `limit` buckets (at least 2).
  func coarsened(to limit: Int) -> BucketSeries {
    var copy = self
    while copy.full.count + (copy.present == nil ? 0 : 1) > max(limit, 2) {
      if copy.full.count.isMultiple(of: 2) {
        copy.mergeNeighbours()
      } else {
        var last = copy.full.removeLast()
        last.absorb(copy.present!)
        copy.present = last
        copy.filled += copy.span
        copy.mergeNeighbours()
      }
    }
    return copy
  }

  /// Merges the full buckets, an even number of them, two and two.
  private mutating func mergeNeighbours() {
    for index in 0..<full.count / 2 {
      var bucket = full[index * 2]
      bucket.absorb(full[index * 2 + 1])
      full[index] = bucket
    }
    full.removeLast(full.count / 2)
    span *= 2
  }
}
