/// Packs a block of bars into about a dozen bytes each, and unpacks it bit for bit.
///
/// Prices in text are whole numbers of some power of ten, so they are kept as such: opens and closes as distances to the
/// close before, highs and lows as distances to the body. Every number is checked to come back as it was; a block
/// that would not is kept as doubles. Equal bars pack to equal bytes, however their text was written.
final class BlockCodec {
  /// An upper bound for the size of a packed block.
  static let largest = 128 + 6 * (9 + BarColumns.capacity * 8)
  private static let raw: UInt8 = 255
  private static let second: Int64 = 1_000_000_000
  /// Adding it to a double under 2^51 leaves the nearest whole number in the low bits.
  private static let magic = 6_755_399_441_055_744.0

  private typealias Numbers = UnsafeMutablePointer<Int64>
  private let packed = UnsafeMutableRawPointer.allocate(byteCount: BlockCodec.largest, alignment: 64)
  private let numbers: (Numbers, Numbers, Numbers, Numbers, Numbers)

  init() {
    func column() -> Numbers {
      let column = Numbers.allocate(capacity: BarColumns.capacity)
      column.initialize(repeating: 0, count: BarColumns.capacity)
      return column
    }
    numbers = (column(), column(), column(), column(), column())
  }

  deinit {
    packed.deallocate()
    for column in [numbers.0, numbers.1, numbers.2, numbers.3, numbers.4] { column.deallocate() }
  }

  /// Packs `count` bars whose texts had at most so many decimals; the bytes live until the next call.
  func pack(_ bars: BarColumns, _ count: Int, decimals: Int, volumeDecimals: Int) -> UnsafeRawBufferPointer {
    var out = PackWriter(at: packed)
    let (opens, highs, lows, closes, volumes) = numbers
    let isWhole =
      decimals <= 15 && whole(bars.values.0, count, decimals, opens) && whole(bars.values.1, count, decimals, highs)
      && whole(bars.values.2, count, decimals, lows) && whole(bars.values.3, count, decimals, closes)
    let isVolumeWhole = volumeDecimals <= 15 && whole(bars.values.4, count, volumeDecimals, volumes)
    let shown = isWhole ? UInt8(reduce([opens, highs, lows, closes], count, decimals)) : BlockCodec.raw
    let shownVolume = isVolumeWhole ? UInt8(reduce([volumes], count, volumeDecimals)) : BlockCodec.raw
    out.put(UInt16(count))
    out.put(shown)
    out.put(shownVolume)
    if isVolumeWhole { out.pack(volumes, count) } else { putRaw(bars.values.4, count, &out) }
    if isWhole {
      packPrices(count, &out)
    } else {
      for column in [bars.values.0, bars.values.1, bars.values.2, bars.values.3] { putRaw(column, count, &out) }
    }
    packTimes(bars.starts, count, &out)
    return UnsafeRawBufferPointer(start: packed, count: out.address - packed)
  }

  /// Unpacks a block into columns and answers how many bars it holds.
  func unpack(_ block: UnsafeRawPointer, into bars: BarColumns) -> Int {
    var block = PackReader(at: block)
    let count = Int(block.get(UInt16.self))
    let decimals = block.get(UInt8.self)
    let volumeDecimals = block.get(UInt8.self)
    unpackColumn(&block, bars.values.4, count, volumeDecimals)
    if decimals == BlockCodec.raw {
      for column in [bars.values.0, bars.values.1, bars.values.2, bars.values.3] {
        unpackColumn(&block, column, count, decimals)
      }
    } else {
      unpackPrices(&block, bars, count, PowersOfTen.double[Int(decimals)])
    }
    unpackTimes(&block, bars.starts, count)
    return count
  }

  // MARK: Whole numbers

  /// Turns doubles into whole numbers of a power of ten; false when one would not come back as it was.
  private func whole(_ values: UnsafePointer<Double>, _ count: Int, _ decimals: Int, _ out: Numbers) -> Bool {
    let scale = PowersOfTen.double[decimals]
    // Differences are gathered rather than branched on, so that several numbers are handled at once.
    var differences: UInt64 = 0
    var all: Int64 = 0
    for index in 0..<count {
      let shifted = values[index] * scale + BlockCodec.magic
      let number = Int64(bitPattern: shifted.bitPattern &- BlockCodec.magic.bitPattern)
      out[index] = number
      all |= number
      // Bit patterns, so that minus zero is not taken for zero.
      differences |= ((shifted - BlockCodec.magic) / scale).bitPattern ^ values[index].bitPattern
    }
    return differences == 0 && UInt64(bitPattern: all) < 1 << 51
  }

  /// Takes off the decimals that are zero everywhere; answers how many are left.
  private func reduce(_ columns: [Numbers], _ count: Int, _ decimals: Int) -> Int {
    var left = decimals
    while left > 0, columns.allSatisfy({ column in (0..<count).allSatisfy { column[$0] % 10 == 0 } }) {
      for column in columns { for index in 0..<count { column[index] /= 10 } }
      left -= 1
    }
    return left
  }

  private func packPrices(_ count: Int, _ out: inout PackWriter) {
    let (opens, highs, lows, closes, _) = numbers
    out.put(opens[0])
    var before = opens[0]
    for index in 0..<count {
      let (open, close) = (opens[index], closes[index])
      highs[index] = highs[index] &- max(open, close)
      lows[index] = min(open, close) &- lows[index]
      opens[index] = open &- before
      closes[index] = close &- open
      before = close
    }
    out.pack(opens, count)
    out.pack(highs, count)
    out.pack(lows, count)
    out.pack(closes, count)
  }

  private func unpackPrices(_ block: inout PackReader, _ bars: BarColumns, _ count: Int, _ scale: Double) {
    let (opens, highs, lows, closes, _) = numbers
    var before = block.get(Int64.self)
    block.unpack(opens, count)
    block.unpack(highs, count)
    block.unpack(lows, count)
    block.unpack(closes, count)
    for index in 0..<count {
      let open = before &+ opens[index]
      let close = open &+ closes[index]
      highs[index] = highs[index] &+ max(open, close)
      lows[index] = min(open, close) &- lows[index]
      opens[index] = open
      closes[index] = close
      before = close
    }
    divide(opens, count, scale, bars.values.0)
    divide(highs, count, scale, bars.values.1)
    divide(lows, count, scale, bars.values.2)
    divide(closes, count, scale, bars.values.3)
  }

  private func unpackColumn(
    _ block: inout PackReader, _ column: UnsafeMutablePointer<Double>, _ count: Int, _ decimals: UInt8
  ) {
    block.unpack(numbers.4, count)
    guard decimals != BlockCodec.raw else {
      for index in 0..<count { column[index] = Double(bitPattern: UInt64(bitPattern: numbers.4[index])) }
      return
    }
    divide(numbers.4, count, PowersOfTen.double[Int(decimals)], column)
  }

  @inline(__always)
  private func divide(_ numbers: Numbers, _ count: Int, _ scale: Double, _ out: UnsafeMutablePointer<Double>) {
    for index in 0..<count {
      let shifted = Double(bitPattern: UInt64(bitPattern: numbers[index]) &+ BlockCodec.magic.bitPattern)
      out[index] = (shifted - BlockCodec.magic) / scale
    }
  }

  private func putRaw(_ values: UnsafePointer<Double>, _ count: Int, _ out: inout PackWriter) {
    for index in 0..<count { numbers.4[index] = Int64(bitPattern: values[index].bitPattern) }
    out.pack(numbers.4, count)
  }

  // MARK: Times

  private func packTimes(_ starts: UnsafePointer<Int64>, _ count: Int, _ out: inout PackWriter) {
    let distances = numbers.4
    for index in 1..<max(count, 1) { distances[index] = starts[index] &- starts[index - 1] }
    // The first has no bar before it; it repeats its neighbour, so that evenly spaced bars take no bytes at all.
    distances[0] = count > 1 ? distances[1] : 0
    let isSeconds = (0..<count).allSatisfy { distances[$0] % BlockCodec.second == 0 }
    if isSeconds { for index in 0..<count { distances[index] /= BlockCodec.second } }
    out.put(UInt8(isSeconds ? 1 : 0))
    out.put(starts[0])
    out.pack(distances, count)
  }

  private func unpackTimes(_ block: inout PackReader, _ starts: UnsafeMutablePointer<Int64>, _ count: Int) {
    let unit = block.get(UInt8.self) == 1 ? BlockCodec.second : 1
    var start = block.get(Int64.self)
    block.unpack(numbers.4, count)
    for index in 0..<count {
      if index > 0 { start = start &+ numbers.4[index] &* unit }
      starts[index] = start
    }
  }
}
