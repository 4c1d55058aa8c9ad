import CommandLineKit
import TradingTypes

/// A bound of a range of dates: `--from` and `--to`, both inclusive.
enum DateBound {
  /// What the options accept.
  static let kind = ValueKind(expected: "YYYY-MM-DD or an RFC 3339 time") {
    CivilDate($0) != nil || Timestamp(rfc3339: $0) != nil
  }

  /// The first instant that belongs to the range.
  static func from(_ text: String) -> Timestamp? { CivilDate(text)?.midnightUTC ?? Timestamp(rfc3339: text) }

  /// The first instant that no longer belongs to the range.
  static func after(_ text: String) -> Timestamp? {
    if let date = CivilDate(text) { return date.adding(days: 1).midnightUTC }
    return Timestamp(rfc3339: text).map { Timestamp(nanoseconds: $0.nanoseconds &+ 1) }
  }
}
