import Glibc

/// Up to 20 volumes of the baseline sessions, oldest first, held in place.
struct Samples {
  private var values = InlineArray<20, Double>(repeating: 0)
  private(set) var count = 0

  mutating func append(_ value: Double) {
    values[count] = value
    count += 1
  }

  /// The middle one, or the mean of the two in the middle; not a number when there are none.
  var median: Double {
    guard count > 0 else { return .nan }
    var sorted = values
    for place in 1..<max(count, 2) where place < count {
      let value = sorted[place]
      var hole = place
      while hole > 0, sorted[hole - 1] > value {
        sorted[hole] = sorted[hole - 1]
        hole -= 1
      }
      sorted[hole] = value
    }
    let middle = sorted[count / 2]
    return count % 2 == 1 ? middle : (sorted[count / 2 - 1] + middle) / 2
  }

  /// Mean and population deviation, in two passes, of ln(1 + volume); not numbers when there are none.
  var logMoments: (mean: Double, deviation: Double) {
    var logs = values
    var sum = 0.0
    for place in 0..<count {
      logs[place] = log1p(values[place])
      sum += logs[place]
    }
    let mean = sum / Double(count)
    var squares = 0.0
    for place in 0..<count { squares += (logs[place] - mean) * (logs[place] - mean) }
    return (mean, (squares / Double(count)).squareRoot())
  }
}
