import TradingTypes

/// A message for people.
public struct Notification: Hashable, Sendable {
  /// How much it matters.
  public enum Severity: Int32, Hashable, Sendable {
    case info = 1
    case warning = 2
    case alarm = 3
  }

  public var severity: Severity
  public var time: Timestamp
  /// `signal`, `fill`, `breaker`, `observation`, `summary`, `security`, `plugin`.
  public var topic: String
  /// One line.
  public var title: String
  /// Zero or more lines.
  public var text: String

  /// Makes a message from its parts.
  public init(severity: Severity, time: Timestamp, topic: String, title: String, text: String = "") {
    self.severity = severity
    self.time = time
    self.topic = topic
    self.title = title
    self.text = text
  }
}

/// A series of bars a market-data source offers.
public struct Series: Hashable, Sendable {
  public var symbol: String
  /// 86,400 for daily bars.
  public var barSeconds: Int32
  public var firstStart: Timestamp
  public var lastStart: Timestamp
  public var barCount: UInt64
  /// `nil`: unknown.
  public var step: Quantity?
  /// `nil`: unknown.
  public var currency: Currency?

  /// Makes a series from its parts.
  public init(
    symbol: String, barSeconds: Int32, firstStart: Timestamp, lastStart: Timestamp, barCount: UInt64, step: Quantity?,
    currency: Currency?
  ) {
    self.symbol = symbol
    self.barSeconds = barSeconds
    self.firstStart = firstStart
    self.lastStart = lastStart
    self.barCount = barCount
    self.step = step
    self.currency = currency
  }
}

/// Something in a market-data source that was refused or skipped.
public struct DataFault: Hashable, Sendable {
  /// Skipped and counted; otherwise the source cannot be used.
  public var isSkipped: Bool
  public var file: String
  /// 1-based; 0: the file as a whole.
  public var line: UInt64
  public var code: String
  public var text: String

  /// Makes a fault from its parts.
  public init(isSkipped: Bool, file: String, line: UInt64, code: String, text: String) {
    self.isSkipped = isSkipped
    self.file = file
    self.line = line
    self.code = code
    self.text = text
  }
}
