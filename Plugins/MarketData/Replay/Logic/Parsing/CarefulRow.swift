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
      case .open: row.open = try CarefulNumber.read(field, "open")
      case .high: row.high = try CarefulNumber.read(field, "high")
      case .low: row.low = try CarefulNumber.read(field, "low")
      case .close: row.close = try CarefulNumber.read(field, "close")
      case .volume:
        row.volume = try CarefulNumber.read(field, "volume")
        // Minus zero is zero.
        row.volume.number += 0
      }
    }
    return (row, symbol)
  }
}

extension Row {
  /// Whether the numbers can be those of a bar.
  @inline(__always) var isPlausible: Bool {
    low.number > 0 && low.number <= open.number && low.number <= close.number && open.number <= high.number
      && close.number <= high.number && high.number.isFinite && volume.number >= 0 && volume.number.isFinite
  }

  /// What is wrong with numbers that are not plausible.
  func judge() -> RowFault {
    for (name, price) in [("open", open), ("high", high), ("low", low), ("close", close)] where price.number <= 0 {
      return RowFault(.priceNotPositive, "expected \(name) above 0, found \(price.number)")
    }
    if volume.number < 0 { return RowFault(.negativeVolume, "expected a volume of 0 or more, found \(volume.number)") }
    func below(_ code: FaultCode, _ small: (String, Double), _ great: (String, Double)) -> RowFault {
      RowFault(code, "expected \(small.0) at most \(great.0), found \(small.0) \(small.1) and \(great.0) \(great.1)")
    }
    let (open, high, low, close) = (open.number, high.number, low.number, close.number)
    if high < low { return below(.highBelowLow, ("low", low), ("high", high)) }
    if high < open { return below(.highBelowOpen, ("open", open), ("high", high)) }
    if high < close { return below(.highBelowClose, ("close", close), ("high", high)) }
    if low > open { return below(.lowAboveOpen, ("low", low), ("open", open)) }
    return below(.lowAboveClose, ("low", low), ("close", close))
  }
}
