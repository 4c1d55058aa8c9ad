import BarStore

/// The five numbers of a row as doubles.
struct RowNumbers {
  var open = 0.0
  var high = 0.0
  var low = 0.0
  var close = 0.0
  var volume = 0.0
}

/// One row as read, before it is judged.
struct Row {
  /// Start of the bar, nanoseconds since the epoch.
  var start: Int64 = 0
  /// The digits of the prices, all of so many decimals, and of the volume: below ``wholeLimit``, none negative. Digits spare
  /// most of the work that doubles make. They mean nothing unless `isWhole`.
  var open: Int64 = 0
  var high: Int64 = 0
  var low: Int64 = 0
  var close: Int64 = 0
  var volume: Int64 = 0
  var decimals = 0
  var volumeDecimals = 0
  var isWhole = true
  /// The numbers as doubles where they have too many digits; of no meaning if `isWhole`.
  var doubles = RowNumbers()
  /// Whether the numbers can be those of a bar.
  var isPlausible = false
  /// The symbol column's bytes, which live as long as the line; empty where there is no such column.
  var symbol = UnsafeRawBufferPointer(start: nil, count: 0)
}

extension Row {
  /// Digits below it are exact as a double, so that one division by a power of ten rounds once (W. D. Clinger, PLDI 1990).
  static let wholeLimit: Int64 = 1 << 50

  /// The numbers as the nearest doubles.
  var numbers: RowNumbers {
    guard isWhole else { return doubles }
    let scale = PowersOfTen.double[decimals]
    return RowNumbers(
      open: Double(open) / scale, high: Double(high) / scale, low: Double(low) / scale, close: Double(close) / scale,
      volume: Double(volume) / PowersOfTen.double[volumeDecimals])
  }
}

/// Why a row or a file is not used as it is; the raw value is the code that is reported.
enum FaultCode: String, CaseIterable {
  // Rows that are skipped or refused.
  case missingField = "missing_field"
  case extraField = "extra_field"
  case unclosedQuote = "unclosed_quote"
  case notANumber = "not_a_number"
  case notFinite = "not_finite"
  case priceNotPositive = "price_not_positive"
  case negativeVolume = "negative_volume"
  case highBelowLow = "high_below_low"
  case highBelowOpen = "high_below_open"
  case highBelowClose = "high_below_close"
  case lowAboveOpen = "low_above_open"
  case lowAboveClose = "low_above_close"
  case badTime = "bad_time"
  case badSymbol = "bad_symbol"
  case duplicateTime = "duplicate_time"
  case unsortedTime = "unsorted_time"
  case truncatedLine = "truncated_line"
  // Told, while the rows stay.
  case possibleSplit = "possible_split"
  case possibleGap = "possible_gap"
  case noFinalNewline = "no_final_newline"
  case moreFaults = "more_faults"
  // Files.
  case otherLayout = "other_layout"
  case unknownZone = "unknown_zone"
  case unreadable = "unreadable"
  case noSuchFile = "no_such_file"
  case noSuchSymbol = "no_such_symbol"
  case symbolTwice = "symbol_twice"
  case newestFirst = "newest_first"
  case barSize = "bar_size"
  case noBars = "no_bars"
  case tooManyFiles = "too_many_files"
  case notAStore = "not_a_store"
  case storeVersion = "store_version"
  case storeTorn = "store_torn"
  case storeDamaged = "store_damaged"
}

extension RowFault {
  /// Why a bar store cannot be used.
  init(_ error: BarStoreError) {
    let code: FaultCode =
      switch error.code {
      case .missing: .noSuchFile
      case .notAStore: .notAStore
      case .otherVersion: .storeVersion
      case .torn: .storeTorn
      case .damaged, .badBar: .storeDamaged
      case .unreadable, .cannotCreate, .writeFailed: .unreadable
      }
    self.init(code, error.text, isOfFile: true)
  }
}

/// A row that is not used: why, and expected versus found.
struct RowFault: Error {
  var code: FaultCode
  var text: String
  /// The whole file cannot be used, whatever is done with single rows.
  var isOfFile = false
  /// The line, from 1, once it is known.
  var line: Int?

  init(_ code: FaultCode, _ text: String, isOfFile: Bool = false) {
    self.code = code
    self.text = text
    self.isOfFile = isOfFile
  }
}
