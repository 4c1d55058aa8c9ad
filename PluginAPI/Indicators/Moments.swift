/// The mean and the population standard deviation of some numbers.
@frozen
public struct Moments: Hashable, Sendable {
  /// The plain mean.
  public var mean: Double
  /// The population standard deviation (divided by n).
  public var deviation: Double

  /// Makes moments from their parts.
  @inlinable public init(mean: Double, deviation: Double) {
    self.mean = mean
    self.deviation = deviation
  }

  /// What a window that is not full has: NaN both.
  @inlinable public static var undefined: Moments { Moments(mean: .nan, deviation: .nan) }

  /// Whether the deviation is at most 1e-12 of the level, that is, nothing but rounding.
  @inlinable public var isFlat: Bool { deviation <= 1e-12 * abs(mean) }

  /// The distance of a value from the mean in deviations; 0 where the numbers are flat, NaN where undefined.
  @inlinable public func zScore(of value: Double) -> Double { isFlat ? 0 : (value - mean) / deviation }

  /// Computes both in two passes over the numbers: the mean, then the squared distances from it; undefined without any.
  ///
  /// The mean is summed as distances from the first number, so it is exact where all are equal; four partial sums are
  /// kept in each pass. The result depends on the numbers and their order only.
  public init(of numbers: Span<Double>) {
    guard let (mean, squares) = numbers.withUnsafeBufferPointer(twoPasses) else {
      self = .undefined
      return
    }
    // Of a magnitude the root is one instruction; of any number, a call of libm for the sake of `errno`.
    self.init(mean: mean, deviation: (squares / Double(numbers.count)).magnitude.squareRoot())
  }
}

/// The mean and the sum of squared distances from it.
private func twoPasses(_ numbers: UnsafeBufferPointer<Double>) -> (mean: Double, squares: Double)? {
  guard let start = numbers.baseAddress, let pivot = numbers.first else { return nil }
  let raw = UnsafeRawPointer(start)
  let grouped = numbers.count & ~3
  func group(_ index: Int) -> SIMD4<Double> {
    raw.loadUnaligned(fromByteOffset: index * MemoryLayout<Double>.stride, as: SIMD4<Double>.self)
  }
  var distances = SIMD4<Double>.zero
  for index in stride(from: 0, to: grouped, by: 4) { distances += group(index) - pivot }
  var distance = (distances.x + distances.z) + (distances.y + distances.w)
  for index in grouped..<numbers.count { distance += numbers[index] - pivot }
  let mean = pivot + distance / Double(numbers.count)

  var squares = SIMD4<Double>.zero
  for index in stride(from: 0, to: grouped, by: 4) {
    let d = group(index) - mean
    squares += d * d
  }
  var square = (squares.x + squares.z) + (squares.y + squares.w)
  for index in grouped..<numbers.count {
    let d = numbers[index] - mean
    square += d * d
  }
  return (mean, square)
}
