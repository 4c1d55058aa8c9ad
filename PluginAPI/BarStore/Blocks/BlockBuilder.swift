/// A decimal as it is written: `number / 10^decimals`, of at most 15 digits.
@frozen
public struct WholeDecimal {
  /// The digits.
  public var number: Int64
  /// How many of them follow the point.
  public var decimals: Int

  /// Makes a decimal from its parts.
  @inlinable @inline(__always) public init(_ number: Int64, decimals: Int) {
    self.number = number
    self.decimals = decimals
  }
}

/// Gathers the bars of one series and packs them into a block.
///
/// Prices that are decimals of one size are kept as whole numbers; the moment one is not, all of the block become doubles
/// and ``seal(at:)`` looks for the size that fits them. Equal bars give equal bytes, in whichever way they came.
public struct BlockBuilder: ~Copyable {
  /// The most bytes that a block takes.
  public static let largest = BlockHeader.byteCount + 6 * BarColumns.capacity * 8

  private let columns = BarColumns()
  /// Bars held so far.
  public private(set) var count = 0
  /// Whether the columns hold whole numbers, of so many decimals, rather than doubles.
  private var isWhole = true
  private var decimals = 0
  private var volumeDecimals = 0
  /// The decimals of the last block: mostly those of the next.
  private var guess = (prices: 0, volume: 0)

  /// Makes an empty block.
  public init() {}

  deinit { columns.deallocate() }

  /// Whether the block must be sealed before a further bar.
  public var isFull: Bool { count == BarColumns.capacity }

  /// Start of a bar that is held.
  @inline(__always) public func start(_ index: Int) -> Int64 { columns.start(index) }

  /// Adds a bar whose decimals are known; traps when the block is full.
  @inline(__always)
  public mutating func append(
    start: Int64, _ open: WholeDecimal, _ high: WholeDecimal, _ low: WholeDecimal, _ close: WholeDecimal,
    volume: WholeDecimal
  ) {
    let differences =
      (open.decimals ^ decimals) | (high.decimals ^ decimals) | (low.decimals ^ decimals) | (close.decimals ^ decimals)
      | (volume.decimals ^ volumeDecimals)
    guard differences == 0, isWhole, count < BarColumns.capacity else {
      return appendRescaled(start: start, (open, high, low, close, volume))
    }
    put(start, open.number, high.number, low.number, close.number, volume.number)
  }

  /// Adds a bar; traps when the block is full.
  public mutating func append(
    start: Int64, open: Double, high: Double, low: Double, close: Double, volume: Double
  ) {
    precondition(!isFull, "a bar for a full block")
    if isWhole { becomeDoubles() }
    columns.numbers(0)[count] = start
    columns.set(1, count, open)
    columns.set(2, count, high)
    columns.set(3, count, low)
    columns.set(4, count, close)
    columns.set(5, count, volume)
    count &+= 1
  }

  @inline(__always)
  private mutating func put(_ start: Int64, _ open: Int64, _ high: Int64, _ low: Int64, _ close: Int64, _ volume: Int64)
  {
    columns.numbers(0)[count] = start
    columns.numbers(1)[count] = open
    columns.numbers(2)[count] = high
    columns.numbers(3)[count] = low
    columns.numbers(4)[count] = close
    columns.numbers(5)[count] = volume
    count &+= 1
  }

  @inline(never)
  private mutating func appendRescaled(
    start: Int64, _ bar: (WholeDecimal, WholeDecimal, WholeDecimal, WholeDecimal, WholeDecimal)
  ) {
    precondition(!isFull, "a bar for a full block")
    let wanted = max(decimals, max(max(bar.0.decimals, bar.1.decimals), max(bar.2.decimals, bar.3.decimals)))
    let wantedVolume = max(volumeDecimals, bar.4.decimals)
    if isWhole, let open = BlockBuilder.scaled(bar.0, wanted), let high = BlockBuilder.scaled(bar.1, wanted),
      let low = BlockBuilder.scaled(bar.2, wanted), let close = BlockBuilder.scaled(bar.3, wanted),
      let volume = BlockBuilder.scaled(bar.4, wantedVolume), rescale(wanted, wantedVolume)
    {
      return put(start, open, high, low, close, volume)
    }
    func double(_ decimal: WholeDecimal) -> Double { Double(decimal.number) / PowersOfTen.double[decimal.decimals] }
    append(
      start: start, open: double(bar.0), high: double(bar.1), low: double(bar.2), close: double(bar.3),
      volume: double(bar.4))
  }

  /// The number of a decimal at a larger number of decimals; `nil`: too large, or too many.
  private static func scaled(_ decimal: WholeDecimal, _ decimals: Int) -> Int64? {
    guard decimals <= BlockHeader.mostDecimals else { return nil }
    let (number, overflow) = decimal.number.multipliedReportingOverflow(
      by: PowersOfTen.whole[decimals &- decimal.decimals])
    return overflow || number >= 1 << 51 ? nil : number
  }

  /// Brings what is held to a larger number of decimals; false: it would grow too large, and stays as it is.
  private mutating func rescale(_ wanted: Int, _ wantedVolume: Int) -> Bool {
    if wanted == decimals, wantedVolume == volumeDecimals { return true }
    for index in 1...5 {
      let factor = PowersOfTen.whole[index == 5 ? wantedVolume - volumeDecimals : wanted - decimals]
      let column = columns.numbers(index)
      guard factor == 1 || (0..<count).allSatisfy({ column[$0] < (1 << 51) / factor }) else { return false }
    }
    for index in 1...5 {
      let factor = PowersOfTen.whole[index == 5 ? wantedVolume - volumeDecimals : wanted - decimals]
      let column = columns.numbers(index)
      if factor > 1 { for row in 0..<count { column[row] &*= factor } }
    }
    decimals = wanted
    volumeDecimals = wantedVolume
    return true
  }

  private mutating func becomeDoubles() {
    for index in 1...4 { DecimalDivider(decimals: decimals).convert(columns.numbers(index), count) }
    DecimalDivider(decimals: volumeDecimals).convert(columns.numbers(5), count)
    isWhole = false
    guess = (max(guess.prices, decimals), max(guess.volume, volumeDecimals))
  }

  // MARK: Packing

  /// Packs what is held, at least one bar, and begins anew; the address has room for ``largest`` bytes.
  public mutating func seal(at address: UnsafeMutableRawPointer) -> UnsafeRawBufferPointer {
    precondition(count > 0, "a block without bars")
    var header = BlockHeader()
    header.count = count
    let prices = [1, 2, 3, 4].map { columns.numbers($0) }
    let volume = [columns.numbers(5)]
    let fitting = isWhole ? decimals : WholeNumbers.find(prices, count, guess: guess.prices)
    let fittingVolume = isWhole ? volumeDecimals : WholeNumbers.find(volume, count, guess: guess.volume)
    let left = fitting.map { WholeNumbers.reduce(prices, count, $0) }
    let leftVolume = fittingVolume.map { WholeNumbers.reduce(volume, count, $0) }
    header.decimals = left.map { UInt8($0) } ?? BlockHeader.raw
    header.volumeDecimals = leftVolume.map { UInt8($0) } ?? BlockHeader.raw
    guess = (left ?? guess.prices, leftVolume ?? guess.volume)
    header.firstStart = columns.start(0)
    header.isSeconds = WholeNumbers.distances(columns.numbers(0), count)
    if left != nil { header.closeBefore = WholeNumbers.steps(prices, count) }
    var place = address + BlockHeader.byteCount
    for index in 0..<6 {
      let numbers = columns.numbers(index)
      let (base, width) = BitColumn.measure(numbers, count)
      header.columns[index] = (base, UInt8(width))
      BitColumn.pack(numbers, count, base: base, width: width, at: place)
      place += BitColumn.byteCount(count, width)
    }
    header.write(at: address)
    // The next block starts with the decimals of this one, which spares it a change at its first bar.
    isWhole = true
    decimals = left ?? 0
    volumeDecimals = leftVolume ?? 0
    count = 0
    return UnsafeRawBufferPointer(start: address, count: place - address)
  }
}
