import TradingTypes
import WharfABI

/// One symbol's bars as a source has them.
public struct Series: Hashable, Sendable {
  /// The ticker.
  public var symbol: String
  /// The size of its bars; 86,400: daily, named by session dates.
  public var barSeconds: Int32
  /// Start of the first bar.
  public var firstStart: Timestamp
  /// Start of the last bar.
  public var lastStart: Timestamp
  /// How many bars there are.
  public var barCount: Int
  /// The quantity increment this source knows; `nil`: unknown.
  public var step: Quantity?
  /// The currency of its prices; `nil`: unknown.
  public var currency: Currency?

  /// Makes a series from its parts.
  public init(
    symbol: String, barSeconds: Int32, firstStart: Timestamp, lastStart: Timestamp, barCount: Int,
    step: Quantity? = nil, currency: Currency? = nil
  ) {
    self.symbol = symbol
    self.barSeconds = barSeconds
    self.firstStart = firstStart
    self.lastStart = lastStart
    self.barCount = barCount
    self.step = step
    self.currency = currency
  }

  func withRaw(_ body: (UnsafePointer<wharf_series>) -> Void) {
    withText(symbol) { symbol, symbolLength in
      withText(currency?.description ?? "") { currency, currencyLength in
        var raw = wharf_series()
        raw.struct_size = UInt32(MemoryLayout<wharf_series>.size)
        raw.bar_seconds = barSeconds
        raw.symbol = symbol
        raw.symbol_length = symbolLength
        raw.first_start = firstStart.nanoseconds
        raw.last_start = lastStart.nanoseconds
        raw.bar_count = UInt64(max(barCount, 0))
        raw.step = step?.nanos ?? 0
        raw.currency = currency
        raw.currency_length = currencyLength
        withUnsafePointer(to: raw, body)
      }
    }
  }
}

/// Something in a source that was refused or skipped.
public struct DataFault: Hashable, Sendable {
  /// Skipped and counted; else the source cannot be used.
  public var isSkipped: Bool
  /// The file; may be empty.
  public var file: String
  /// From 1; `nil`: the file as a whole.
  public var line: Int?
  /// Its kind: `high_below_open`, `not_a_number`, `duplicate_time`.
  public var code: String
  /// Expected versus found, and what to do.
  public var text: String

  /// Makes a fault from its parts.
  public init(isSkipped: Bool, file: String = "", line: Int? = nil, code: String, text: String) {
    self.isSkipped = isSkipped
    self.file = file
    self.line = line
    self.code = code
    self.text = text
  }

  func withRaw(_ body: (UnsafePointer<wharf_data_fault>) -> Void) {
    withText(file) { file, fileLength in
      withText(code) { code, codeLength in
        withText(text) { text, textLength in
          var raw = wharf_data_fault()
          raw.struct_size = UInt32(MemoryLayout<wharf_data_fault>.size)
          raw.skipped = isSkipped ? 1 : 0
          raw.file = file
          raw.file_length = fileLength
          raw.line = UInt64(max(line ?? 0, 0))
          raw.code = code
          raw.code_length = codeLength
          raw.text = text
          raw.text_length = textLength
          withUnsafePointer(to: raw, body)
        }
      }
    }
  }
}
