/// Reads one line in every accepted spelling, or says what is wrong with it.
struct CarefulRow {
  let layout: Layout
  let times: CarefulTime

  /// Reads the fields of a line; the symbol comes beside the row, as text.
  func read(_ line: CSVLine, isUnterminated: Bool = false) throws(RowFault) -> (row: Row, symbol: String?) {
    do throws(RowFault) {
      return try fields(line)
    } catch {
      // A cut line is named as such: its other faults are of no interest.
      guard isUnterminated, !error.isOfFile || line.fields.count < layout.columns.count else { throw error }
      throw RowFault(.truncatedLine, "expected a line break at the end of the last row, found a cut row: \(error.text)")
    }
  }

  private func fields(_ line: CSVLine) throws(RowFault) -> (row: Row, symbol: String?) {
    guard !line.isUnclosed else {
      throw RowFault(.unclosedQuote, "expected a closing quote in the line, found none")
    }
    let fields = line.fields
    guard fields.count <= layout.columns.count else {
      throw RowFault(.extraField, "expected \(layout.columns.count) fields, found \(fields.count)")
    }
    guard fields.count == layout.columns.count else {
      throw RowFault(.missingField, "expected \(layout.columns.count) fields, found \(fields.count)")
    }
    var row = Row()
    var symbol: String?
    for (field, kind) in zip(fields, layout.columns) {
      switch kind {
      case .ignored: break
      case .time: row.start = try times.read(field)
      case .symbol:
        guard !field.isEmpty else { throw RowFault(.missingField, "expected a symbol, found nothing") }
        symbol = field
      case .open: row.doubles.open = try CarefulNumber.read(field, "open")
      case .high: row.doubles.high = try CarefulNumber.read(field, "high")
      case .low: row.doubles.low = try CarefulNumber.read(field, "low")
      case .close: row.doubles.close = try CarefulNumber.read(field, "close")
      // Minus zero is zero.
      case .volume: row.doubles.volume = try CarefulNumber.read(field, "volume") + 0
      }
    }
    row.isWhole = false
    row.isPlausible = Row.isPlausible(row.doubles)
    return (row, symbol)
  }
}

extension Row {
  /// Whether numbers can be those of a bar.
  static func isPlausible(_ bar: RowNumbers) -> Bool {
    bar.low > 0 && bar.low <= bar.open && bar.low <= bar.close && bar.open <= bar.high && bar.close <= bar.high
      && bar.high <= .greatestFiniteMagnitude && bar.volume >= 0 && bar.volume <= .greatestFiniteMagnitude
  }

  /// What is wrong with numbers that are not plausible.
  func judge() -> RowFault {
    let numbers = numbers
    let (open, high, low, close, volume) = (numbers.open, numbers.high, numbers.low, numbers.close, numbers.volume)
    for (name, price) in [("open", open), ("high", high), ("low", low), ("close", close)] where price <= 0 {
      return RowFault(.priceNotPositive, "expected \(name) above 0, found \(price)")
    }
    if volume < 0 { return RowFault(.negativeVolume, "expected a volume of 0 or more, found \(volume)") }
    func below(_ code: FaultCode, _ small: (String, Double), _ great: (String, Double)) -> RowFault {
      RowFault(code, "expected \(small.0) at most \(great.0), found \(small.0) \(small.1) and \(great.0) \(great.1)")
    }
    if high < low { return below(.highBelowLow, ("low", low), ("high", high)) }
    if high < open { return below(.highBelowOpen, ("open", open), ("high", high)) }
    if high < close { return below(.highBelowClose, ("close", close), ("high", high)) }
    if low > open { return below(.lowAboveOpen, ("low", low), ("open", open)) }
    return below(.lowAboveClose, ("low", low), ("close", close))
  }
}
