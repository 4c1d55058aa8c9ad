/// Unpacks blocks.
public enum BlockReader {
  /// Unpacks a block into columns and answers how many bars it holds; `nil`: these bytes are no block.
  ///
  /// Any bytes are legal: nothing outside the block is read. The columns hold anything after a failure.
  public static func unpack(_ block: UnsafeRawBufferPointer, into bars: BarColumns) -> Int? {
    guard let header = BlockHeader(block) else { return nil }
    let count = header.count
    var place = block.baseAddress! + BlockHeader.byteCount
    for index in 0..<6 {
      let (base, width) = header.columns[index]
      BitColumn.unpack(place, count, base: base, width: Int(width), into: bars.numbers(index))
      place += BitColumn.byteCount(count, Int(width))
    }
    starts(bars.numbers(0), header)
    if header.volumeDecimals != BlockHeader.raw {
      DecimalDivider(decimals: Int(header.volumeDecimals)).convert(bars.numbers(5), count)
    }
    if header.decimals != BlockHeader.raw {
      WholeNumbers.prices(
        bars.numbers(1), bars.numbers(2), bars.numbers(3), bars.numbers(4), count, closeBefore: header.closeBefore)
      let divider = DecimalDivider(decimals: Int(header.decimals))
      for index in 1...4 { divider.convert(bars.numbers(index), count) }
    }
    return count
  }

  private static func starts(_ starts: UnsafeMutablePointer<Int64>, _ header: BlockHeader) {
    let unit = header.isSeconds ? WholeNumbers.second : 1
    var start = header.firstStart
    starts[0] = start
    for index in 1..<max(header.count, 1) {
      start = start &+ starts[index] &* unit
      starts[index] = start
    }
  }
}
