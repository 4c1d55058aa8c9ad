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
      case .open: try read(field, "open", &row.open, &row.decimals)
      case .high: try read(field, "high", &row.high, &row.decimals)
      case .low: try read(field, "low", &row.low, &row.decimals)
      case .close: try read(field, "close", &row.close, &row.decimals)
      case .volume:
        try read(field, "volume", &row.volume, &row.volumeDecimals)
        // Minus zero is zero.
        row.volume += 0
      }
    }
    row.isPlausible = Row.isPlausible(row.open, row.high, row.low, row.close, row.volume)
    return (row, symbol)
  }

  private func read(
    _ field: String, _ name: String, _ number: inout Double, _ decimals: inout Int
  ) throws(RowFault) {
    let value = try CarefulNumber.read(field, name)
    number = value.number
    decimals = max(decimals, value.decimals)
  }
}

extension Row {
  /// Whether numbers can be those of a bar.
  @inline(__always) static func isPlausible(
    _ open: Double, _ high: Double, _ low: Double, _ close: Double, _ volume: Double
  ) -> Bool {
    low > 0 && low <= open && low <= close && open <= high && close <= high && high <= .greatestFiniteMagnitude
      && volume >= 0 && volume <= .greatestFiniteMagnitude
  }

  /// What is wrong with numbers that are not plausible.
  func judge() -> RowFault {
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
