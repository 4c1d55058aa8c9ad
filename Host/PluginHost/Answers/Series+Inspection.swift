import TradingCore
import TradingTypes

internal import WharfABI

extension Series {
  /// A source's series, if every value is one the contract allows.
  init(_ raw: UnsafePointer<wharf_series>) throws(Violation) {
    var inspection = Inspection("series", instrumentCount: 0)
    try inspection.size(raw.pointee.struct_size, MemoryLayout<wharf_series>.size)
    let symbol = try inspection.id(
      raw.pointee.symbol, raw.pointee.symbol_length, "symbol", limit: 64, allowsNone: false)
    guard !symbol.utf8.contains(UInt8(ascii: ",")) else {
      throw inspection.violation("symbol", "no comma", "\"\(symbol)\"")
    }
    guard raw.pointee.bar_seconds > 0 else {
      throw inspection.violation("bar_seconds", "more than 0", "\(raw.pointee.bar_seconds)")
    }
    guard raw.pointee.first_start <= raw.pointee.last_start else {
      throw inspection.violation("last_start", "not before first_start", "\(raw.pointee.last_start)")
    }
    let step = try inspection.notNegative(raw.pointee.step, "step")
    let code = try inspection.text(raw.pointee.currency, raw.pointee.currency_length, "currency", limit: 8)
    let currency = Currency(code)
    guard code.isEmpty || currency != nil else {
      throw inspection.violation("currency", "a code such as USD, or nothing", "\"\(code)\"")
    }
    self.init(
      symbol: symbol, barSeconds: raw.pointee.bar_seconds,
      firstStart: Timestamp(nanoseconds: raw.pointee.first_start),
      lastStart: Timestamp(nanoseconds: raw.pointee.last_start), barCount: raw.pointee.bar_count,
      step: step == 0 ? nil : Quantity(nanos: step), currency: currency)
  }
}

extension DataFault {
  /// A source's fault, if every value is one the contract allows.
  init(_ raw: UnsafePointer<wharf_data_fault>) throws(Violation) {
    var inspection = Inspection("fault", instrumentCount: 0)
    try inspection.size(raw.pointee.struct_size, MemoryLayout<wharf_data_fault>.size)
    self.init(
      isSkipped: try inspection.flag(raw.pointee.skipped, "skipped"),
      file: try inspection.text(raw.pointee.file, raw.pointee.file_length, "file", limit: 4096), line: raw.pointee.line,
      code: try inspection.name(raw.pointee.code, raw.pointee.code_length, "code"),
      text: try inspection.text(raw.pointee.text, raw.pointee.text_length, "text"))
  }
}
