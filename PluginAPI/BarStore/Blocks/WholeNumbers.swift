/// Columns of a block as whole numbers of a power of ten.
enum WholeNumbers {
  /// Adding it to a double under 2^51 leaves the nearest whole number in the low bits.
  private static let magic = 6_755_399_441_055_744.0

  /// Turns columns of doubles into whole numbers and answers of how many decimals; `nil`, and nothing is changed, when
  /// there is no such number under 2^51 for one of them, or it would not come back bit for bit.
  static func find(_ columns: [UnsafeMutablePointer<Int64>], _ count: Int, guess: Int) -> Int? {
    var found: Int?
    if columns.allSatisfy({ fits($0, count, guess) }) {
      found = guess
    } else if let first = (0...BlockHeader.mostDecimals).first(where: { decimals in
      columns.allSatisfy { fits($0, 1, decimals) }
    }) {
      // Fewer than the first bar needs cannot be enough.
      found = (first...BlockHeader.mostDecimals).first { decimals in
        columns.allSatisfy { fits($0, count, decimals) }
      }
    }
    guard let found else { return nil }
    let scale = PowersOfTen.double[found]
    for column in columns { for index in 0..<count { column[index] = number(column[index], scale) } }
    return found
  }

  /// Whether doubles come back bit for bit from whole numbers of so many decimals.
  private static func fits(_ column: UnsafePointer<Int64>, _ count: Int, _ decimals: Int) -> Bool {
    let scale = PowersOfTen.double[decimals]
    // Differences are gathered rather than branched on, so that several numbers are handled at once.
    var differences: Int64 = 0
    var all: Int64 = 0
    for index in 0..<count {
      let number = number(column[index], scale)
      all |= number
      let shifted = Double(bitPattern: UInt64(bitPattern: number) &+ magic.bitPattern)
      // Bit patterns, so that minus zero is not taken for zero.
      differences |= Int64(bitPattern: ((shifted - magic) / scale).bitPattern) ^ column[index]
    }
    return differences == 0 && UInt64(bitPattern: all) < 1 << 51
  }

  @inline(__always) private static func number(_ bits: Int64, _ scale: Double) -> Int64 {
    let shifted = Double(bitPattern: UInt64(bitPattern: bits)) * scale + magic
    return Int64(bitPattern: shifted.bitPattern &- magic.bitPattern)
  }

  /// Takes off the decimals that are zero everywhere; answers how many are left.
  static func reduce(_ columns: [UnsafeMutablePointer<Int64>], _ count: Int, _ decimals: Int) -> Int {
    var left = decimals
    while left > 0, columns.allSatisfy({ column in (0..<count).allSatisfy { column[$0] % 10 == 0 } }) {
      for column in columns { for index in 0..<count { column[index] /= 10 } }
      left -= 1
    }
    return left
  }

  /// Turns open, high, low and close into steps from price to price; answers the close that the first open is measured from.
  static func steps(_ prices: [UnsafeMutablePointer<Int64>], _ count: Int) -> Int64 {
    let (opens, highs, lows, closes) = (prices[0], prices[1], prices[2], prices[3])
    let first = opens[0]
    var before = first
    for index in 0..<count {
      let (open, close) = (opens[index], closes[index])
      highs[index] = highs[index] &- max(open, close)
      lows[index] = min(open, close) &- lows[index]
      opens[index] = open &- before
      closes[index] = close &- open
      before = close
    }
    return first
  }

  /// Undoes ``steps``.
  static func prices(
    _ opens: UnsafeMutablePointer<Int64>, _ highs: UnsafeMutablePointer<Int64>, _ lows: UnsafeMutablePointer<Int64>,
    _ closes: UnsafeMutablePointer<Int64>, _ count: Int, closeBefore: Int64
  ) {
    var before = closeBefore
    for index in 0..<count {
      let open = before &+ opens[index]
      let close = open &+ closes[index]
      highs[index] = highs[index] &+ max(open, close)
      lows[index] = min(open, close) &- lows[index]
      opens[index] = open
      closes[index] = close
      before = close
    }
  }

  /// Turns starts into distances from the one before; answers whether these are in seconds rather than nanoseconds.
  static func distances(_ starts: UnsafeMutablePointer<Int64>, _ count: Int) -> Bool {
    for index in stride(from: count - 1, to: 0, by: -1) { starts[index] = starts[index] &- starts[index - 1] }
    // The first has no bar before it; it repeats its neighbour, so that evenly spaced bars take no bits at all.
    starts[0] = count > 1 ? starts[1] : 0
    var differences: Int64 = 0
    for index in 0..<count { differences |= starts[index] ^ starts[0] }
    if differences == 0 {
      guard starts[0] % second == 0 else { return false }
      let distance = starts[0] / second
      for index in 0..<count { starts[index] = distance }
      return true
    }
    let isSeconds = (0..<count).allSatisfy { starts[$0] % second == 0 }
    if isSeconds { for index in 0..<count { starts[index] /= second } }
    return isSeconds
  }

  static let second: Int64 = 1_000_000_000
}
