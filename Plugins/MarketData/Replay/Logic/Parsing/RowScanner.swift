import BarStore

/// Reads the rows of a file the quick way: no quotes, no blanks, plain decimals, the usual forms of time.
///
/// It gives up on anything else; then ``CarefulRow`` reads the line or says what is wrong with it. What it does read it
/// reads as ``CarefulRow`` would.
struct RowScanner {
  private let columns: UnsafeMutableBufferPointer<ColumnKind>
  /// The form that the decimals of each column had last.
  private let forms: UnsafeMutablePointer<DecimalScanner.Form>
  private let decimals = DecimalScanner()
  private var times: TimeScanner
  /// How many columns stand before time, open, high, low, close and volume in this order; `nil`: another order.
  private let ordered: Int?

  /// Makes a scanner for the columns of a file; ``deallocate()`` ends it.
  init(_ layout: Layout, takesNaive: Bool) {
    columns = .allocate(capacity: layout.columns.count)
    _ = columns.initialize(from: layout.columns)
    forms = .allocate(capacity: columns.count)
    forms.initialize(repeating: DecimalScanner.Form(), count: columns.count)
    times = TimeScanner(takesNaive: takesNaive)
    let usual: [ColumnKind] = [.time, .open, .high, .low, .close, .volume]
    let first = layout.timeColumn
    ordered = layout.columns[first...].starts(with: usual) ? first : nil
  }

  /// Frees the memory of the scanner.
  func deallocate() {
    columns.deallocate()
    forms.deallocate()
  }

  /// Reads a line, which ends with a line break, into a row; answers where the next line starts, or `nil`: gave up.
  @inline(__always) mutating func scan(_ line: UnsafeRawPointer, _ row: UnsafeMutablePointer<Row>) -> UnsafeRawPointer?
  {
    guard let first = ordered else { return scanAny(line, row) }
    guard let start = skip(line, 0..<first, row), let bar = scanBar(start, first, row) else { return nil }
    return end(bar, first + 6, row)
  }

  /// Reads time, open, high, low, close and volume; answers where the last one ends.
  @inline(__always) private mutating func scanBar(
    _ start: UnsafeRawPointer, _ column: Int, _ row: UnsafeMutablePointer<Row>
  ) -> UnsafeRawPointer? {
    var address = start
    guard times.scan(&address, &row.pointee.start), RowScanner.isComma(address) else { return nil }
    let open = decimals.scan(address + 1, forms + (column &+ 1))
    guard let next = open.next, RowScanner.isComma(next) else { return nil }
    let high = decimals.scan(next + 1, forms + (column &+ 2))
    guard let next = high.next, RowScanner.isComma(next) else { return nil }
    let low = decimals.scan(next + 1, forms + (column &+ 3))
    guard let next = low.next, RowScanner.isComma(next) else { return nil }
    let close = decimals.scan(next + 1, forms + (column &+ 4))
    guard let next = close.next, RowScanner.isComma(next) else { return nil }
    let volume = decimals.scanWhole(next + 1, forms + (column &+ 5))
    row.pointee.set(open, high, low, close, volume)
    return volume.next
  }

  /// Reads the fields of any order of columns.
  private mutating func scanAny(_ line: UnsafeRawPointer, _ row: UnsafeMutablePointer<Row>) -> UnsafeRawPointer? {
    var address = line
    let none = DecimalScanner.Value.none
    var (open, high, low, close, volume) = (none, none, none, none, none)
    let last = columns.count &- 1
    for index in 0...last {
      let kind = columns[index]
      switch kind {
      case .ignored, .symbol:
        guard let next = skipField(address, kind, row) else { return nil }
        address = next
      case .time: guard times.scan(&address, &row.pointee.start) else { return nil }
      case .open, .high, .low, .close, .volume:
        let value = decimals.scan(address, forms + index)
        guard let next = value.next else { return nil }
        address = next
        switch kind {
        case .open: open = value
        case .high: high = value
        case .low: low = value
        case .close: close = value
        default: volume = value
        }
      }
      if index < last {
        guard RowScanner.isComma(address) else { return nil }
        address += 1
      }
    }
    row.pointee.set(open, high, low, close, volume)
    return lineEnd(address)
  }

  /// Moves over columns and the comma behind each.
  @inline(__always) private func skip(
    _ start: UnsafeRawPointer, _ range: Range<Int>, _ row: UnsafeMutablePointer<Row>
  ) -> UnsafeRawPointer? {
    var address = start
    for index in range {
      guard let next = skipField(address, columns[index], row), RowScanner.isComma(next) else { return nil }
      address = next + 1
    }
    return address
  }

  /// Moves over the columns from `first` on, each behind a comma, and over the end of the line.
  @inline(__always) private func end(
    _ start: UnsafeRawPointer, _ first: Int, _ row: UnsafeMutablePointer<Row>
  ) -> UnsafeRawPointer? {
    var address = start
    for index in first..<columns.count {
      guard RowScanner.isComma(address), let next = skipField(address + 1, columns[index], row) else { return nil }
      address = next
    }
    return lineEnd(address)
  }

  @inline(__always) private static func isComma(_ address: UnsafeRawPointer) -> Bool {
    address.load(as: UInt8.self) == UInt8(ascii: ",")
  }

  /// Moves over the end of a line, if one is there.
  @inline(__always) private func lineEnd(_ address: UnsafeRawPointer) -> UnsafeRawPointer? {
    if address.load(as: UInt8.self) == UInt8(ascii: "\n") { return address + 1 }
    // "\r\n" in two bytes.
    return address.loadUnaligned(as: UInt16.self) == 0x0A0D ? address + 2 : nil
  }

  /// Moves to the end of a field; `nil` for one with quotes, blanks or control characters in it, or an empty symbol.
  @inline(__always) private func skipField(
    _ start: UnsafeRawPointer, _ kind: ColumnKind, _ row: UnsafeMutablePointer<Row>
  ) -> UnsafeRawPointer? {
    var address = start
    while true {
      let byte = address.load(as: UInt8.self)
      if byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { break }
      guard byte > 32, byte != UInt8(ascii: "\"") else { return nil }
      address += 1
    }
    guard kind == .symbol else { return address }
    row.pointee.symbol = UnsafeRawBufferPointer(start: start, count: address - start)
    return address > start ? address : nil
  }
}

extension Row {
  /// Takes the numbers of a row and says whether they can be those of a bar.
  @inline(__always) fileprivate mutating func set(
    _ open: DecimalScanner.Value, _ high: DecimalScanner.Value, _ low: DecimalScanner.Value,
    _ close: DecimalScanner.Value, _ volume: DecimalScanner.Value
  ) {
    let all = open.number | high.number | low.number | close.number | volume.number
    let differences =
      (open.decimals ^ close.decimals) | (high.decimals ^ close.decimals) | (low.decimals ^ close.decimals)
    guard all < Row.wholeLimit, differences == 0 else { return setMixed(open, high, low, close, volume) }
    self.open = open.number
    self.high = high.number
    self.low = low.number
    self.close = close.number
    self.volume = volume.number
    decimals = close.decimals
    volumeDecimals = volume.decimals
    isWhole = true
    isPlausible =
      low.number > 0 && low.number <= open.number && low.number <= close.number && open.number <= high.number
      && close.number <= high.number
  }

  /// Takes numbers of different decimals, or of many digits.
  @inline(never) private mutating func setMixed(
    _ open: DecimalScanner.Value, _ high: DecimalScanner.Value, _ low: DecimalScanner.Value,
    _ close: DecimalScanner.Value, _ volume: DecimalScanner.Value
  ) {
    let common = max(max(open.decimals, high.decimals), max(low.decimals, close.decimals))
    var largest: Int64 = 0
    func scaled(_ value: DecimalScanner.Value) -> Int64 {
      let (product, overflow) = value.number.multipliedReportingOverflow(
        by: PowersOfTen.whole[common &- value.decimals])
      largest |= overflow ? .max : product
      return product
    }
    let prices = (scaled(open), scaled(high), scaled(low), scaled(close))
    if (largest | volume.number) < Row.wholeLimit {
      func value(_ number: Int64) -> DecimalScanner.Value { .init(next: nil, number: number, decimals: common) }
      return set(value(prices.0), value(prices.1), value(prices.2), value(prices.3), volume)
    }
    isWhole = false
    doubles = RowNumbers(
      open: open.nearest, high: high.nearest, low: low.nearest, close: close.nearest, volume: volume.nearest)
    isPlausible = Row.isPlausible(doubles)
  }
}
