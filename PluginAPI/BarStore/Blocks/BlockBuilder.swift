/// Gathers the bars of one series and packs them into a block.
///
/// Prices that are decimals of one size are kept as whole numbers; the moment one is not, all of the block become doubles
/// and ``seal(at:)`` looks for the size that fits them. Equal bars give equal bytes, in whichever way they came.
public struct BlockBuilder: ~Copyable {
  /// The most bytes that a block takes.
  public static let largest = BlockHeader.byteCount + 6 * BarColumns.capacity * 8

  @usableFromInline let columns = BarColumns()
  @usableFromInline var held = 0
  /// Whether the columns hold whole numbers, of so many decimals, rather than doubles.
  @usableFromInline var isWhole = true
  @usableFromInline var decimals = 0
  @usableFromInline var volumeDecimals = 0
  /// The decimals of the last block: mostly those of the next.
  private var guess = (prices: 0, volume: 0)

  /// Bars held so far.
  @inlinable public var count: Int { held }

  /// Makes an empty block.
  public init() {}

  deinit { columns.deallocate() }

  /// Whether the block must be sealed before a further bar.
  @inlinable public var isFull: Bool { count == BarColumns.capacity }

  /// Start of a bar that is held.
  @inline(__always) public func start(_ index: Int) -> Int64 { columns.start(index) }

  /// Adds a bar of prices `number / 10^decimals`, and likewise its volume; traps when the block is full.
  ///
  /// The numbers are from 0 to 2^50, the decimals at most 18.
  @inlinable @inline(__always)
  public mutating func append(
    start: Int64, open: Int64, high: Int64, low: Int64, close: Int64, volume: Int64, decimals: Int,
    volumeDecimals: Int
  ) {
    guard decimals == self.decimals, volumeDecimals == self.volumeDecimals, isWhole, count < BarColumns.capacity else {
      return appendRescaled((start, open, high, low, close, volume), decimals, volumeDecimals)
    }
    put((start, open, high, low, close, volume))
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
    held &+= 1
  }

  @usableFromInline typealias Numbers = (
    start: Int64, open: Int64, high: Int64, low: Int64, close: Int64, volume: Int64
  )

  @inlinable @inline(__always) mutating func put(_ bar: Numbers) {
    let place = columns.memory + count &* 8
    place.storeBytes(of: bar.start, as: Int64.self)
    place.storeBytes(of: bar.open, toByteOffset: BarColumns.distance, as: Int64.self)
    place.storeBytes(of: bar.high, toByteOffset: 2 &* BarColumns.distance, as: Int64.self)
    place.storeBytes(of: bar.low, toByteOffset: 3 &* BarColumns.distance, as: Int64.self)
    place.storeBytes(of: bar.close, toByteOffset: 4 &* BarColumns.distance, as: Int64.self)
    place.storeBytes(of: bar.volume, toByteOffset: 5 &* BarColumns.distance, as: Int64.self)
    held &+= 1
  }

  @usableFromInline @inline(never)
  mutating func appendRescaled(_ bar: Numbers, _ barDecimals: Int, _ barVolumeDecimals: Int) {
    precondition(!isFull, "a bar for a full block")
    let wanted = max(decimals, barDecimals)
    let wantedVolume = max(volumeDecimals, barVolumeDecimals)
    // High is the largest price.
    if isWhole, BlockBuilder.scaled(bar.high, barDecimals, wanted) != nil,
      let volume = BlockBuilder.scaled(bar.volume, barVolumeDecimals, wantedVolume), rescale(wanted, wantedVolume)
    {
      let factor = PowersOfTen.whole[wanted - barDecimals]
      return put((bar.start, bar.open * factor, bar.high * factor, bar.low * factor, bar.close * factor, volume))
    }
    let scale = PowersOfTen.double[barDecimals]
    append(
      start: bar.start, open: Double(bar.open) / scale, high: Double(bar.high) / scale, low: Double(bar.low) / scale,
      close: Double(bar.close) / scale, volume: Double(bar.volume) / PowersOfTen.double[barVolumeDecimals])
  }

  /// A number at a larger number of decimals; `nil`: too large, or too many.
  private static func scaled(_ number: Int64, _ decimals: Int, _ wanted: Int) -> Int64? {
    guard wanted <= BlockHeader.mostDecimals else { return nil }
    let (product, overflow) = number.multipliedReportingOverflow(by: PowersOfTen.whole[wanted - decimals])
    return overflow || product >= 1 << 51 ? nil : product
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
    held = 0
    return UnsafeRawBufferPointer(start: address, count: place - address)
  }
}
