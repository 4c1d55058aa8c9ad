/// Mean and population standard deviation of the last `period` inputs in amortised constant time.
///
/// Sums and sums of squares are taken of distances from a pivot that lies in the window (see ``SMA``), by blocks, with
/// nothing subtracted when an input leaves. The usual objection to `mean of squares - square of mean` is cancellation
/// against a high level; here a distance is at most the window's range R, and the variance of a window of n with range
/// R is at least R²/2n, so the relative error of the variance stays below about 4·n² roundings (2e-13 for n = 20) at
/// any level and after any length, and a window of equal values has deviation 0 exactly. Last bits differ from
/// ``StandardDeviation``, and between two that began at different bars.
@frozen
public struct FastStandardDeviation: SeriesIndicator {
  /// This block's inputs up to the position, then suffix sums of the block before.
  @usableFromInline var sums: BlockSlots
  /// From the position on, suffix sums of squares of the block before.
  @usableFromInline var squares: BlockSlots
  @usableFromInline let divisor: Double
  @usableFromInline var pivot = 0.0
  @usableFromInline var sum = 0.0
  @usableFromInline var square = 0.0
  @usableFromInline var full = false

  /// Makes an empty window; `period` must be positive.
  public init(period: Int) {
    precondition(period > 0, "a deviation needs a positive period")
    sums = BlockSlots(length: period, filledWith: 0)
    squares = BlockSlots(length: period, filledWith: 0)
    sums.position = period
    divisor = Double(period)
  }

  /// The number of inputs in the window.
  @inlinable public var period: Int { sums.length }
  /// Whether the window is full.
  @inlinable public var isReady: Bool { full }

  /// Takes the next input and returns the window's moments, undefined until it is full.
  @inlinable @discardableResult public mutating func update(_ input: Double) -> Moments {
    if sums.isComplete { startBlock(input) }
    let distance = input - pivot
    sum += distance
    square += distance * distance
    let olderSum = sums.exchange(input)
    let olderSquare = squares.exchange(0)
    if !full {
      guard sums.isComplete else { return .undefined }
      full = true
    }
    let mean = (sum + olderSum) / divisor
    let variance = (square + olderSquare) / divisor - mean * mean
    return Moments(mean: pivot + mean, deviation: (variance < 0 ? 0 : variance).magnitude.squareRoot())
  }

  @usableFromInline mutating func startBlock(_ input: Double) {
    if full {
      let length = period
      sums.restart { sums in
        squares.restart { squares in
          var square = 0.0
          for slot in (0..<length).reversed() {
            let distance = sums[slot] - input
            squares[slot] = square
            square += distance * distance
          }
        }
        sumSuffixes(&sums, count: length, from: input)
      }
    } else {
      sums.position = 0
      squares.position = 0
    }
    pivot = input
    sum = 0
    square = 0
  }
}
