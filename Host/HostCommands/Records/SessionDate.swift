import CommandLineKit
import TradingTypes

/// Times of daily data: named by the session's date at 00:00Z, with the instant under a key of its own.
enum SessionDate {
  /// The key of the instant beside a time: `time` and `at`, `entry_time` and `entry_at`. `nil` for keys that are no such
  /// time: a bar's own name, and what expires at an instant.
  static func instantKey(_ key: String) -> String? {
    switch key {
    case "time": "at"
    case "updated": "updated_at"
    case "bar_time", "expires_at": nil
    default: key.hasSuffix("_time") ? key.dropLast(4) + "at" : nil
    }
  }

  /// The session date of an instant. Sessions of the exchanges known here begin and end on one UTC day.
  static func json(_ time: Timestamp) -> JSONValue { .decimal(CivilDate(utc: time).midnightUTC) }
}
