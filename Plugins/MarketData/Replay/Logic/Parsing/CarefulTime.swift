import TradingTypes

/// What times without a zone mean, by the option `naive_times`.
public enum NaiveTimes: String, CaseIterable, Sendable {
  /// A clock time without a zone cannot be used.
  case refuse
  /// It is in UTC.
  case utc
}

/// How a file writes the times of its rows.
enum TimeRule: Equatable {
  /// Instants, or dates.
  case instants
  /// Midnights of a local zone with its offset, as yfinance writes daily bars: they name dates.
  case localDates
}

/// Reads a time in any accepted form, or says what is wrong with it.
struct CarefulTime {
  var rule = TimeRule.instants
  var naive = NaiveTimes.refuse

  /// Reads `YYYY-MM-DD`, RFC 3339, and `YYYY-MM-DD hh:mm:ss` with or without an offset.
  func read(_ text: String) throws(RowFault) -> Int64 {
    guard !text.isEmpty else { throw RowFault(.missingField, "expected a time, found nothing") }
    if let date = CivilDate(text) { return date.midnightUTC.nanoseconds }
    if let instant = Timestamp(rfc3339: text) {
      guard rule == .localDates else { return instant.nanoseconds }
      guard let date = CarefulTime.localDate(text) else {
        throw RowFault(.badTime, "expected midnight as in the rows above, found \"\(CarefulNumber.shown(text))\"")
      }
      return date.midnightUTC.nanoseconds
    }
    guard let instant = Timestamp(rfc3339: text + "Z") else {
      let zone = text.dropFirst(19).drop { $0 == " " }
      if zone.first?.isLetter == true, Timestamp(rfc3339: text.prefix(19) + "Z") != nil {
        throw RowFault(
          .unknownZone,
          "expected a time in UTC or with a numeric offset, found \"\(CarefulNumber.shown(text))\"; "
            + "write the zone as Z or +hh:mm", isOfFile: true)
      }
      throw RowFault(
        .badTime,
        "expected YYYY-MM-DD, RFC 3339 or YYYY-MM-DD hh:mm:ss+00:00, found \"\(CarefulNumber.shown(text))\"")
    }
    // A midnight without a zone names a date, however long it is written.
    guard naive == .utc || instant.nanoseconds % 86_400_000_000_000 == 0 else {
      throw RowFault(
        .unknownZone,
        "expected a zone after the time, found \"\(CarefulNumber.shown(text))\"; "
          + "add Z or an offset, or set naive_times to utc if the times are in UTC", isOfFile: true)
    }
    return instant.nanoseconds
  }

  /// The date of a local midnight with a numeric offset (`2024-03-08 00:00:00-05:00`); `nil` for any other text.
  static func localDate(_ text: String) -> CivilDate? {
    let bytes = Array(text.utf8)
    guard bytes.count == 25, bytes[19] == UInt8(ascii: "+") || bytes[19] == UInt8(ascii: "-"),
      text.dropFirst(11).hasPrefix("00:00:00"), Timestamp(rfc3339: text) != nil
    else { return nil }
    return CivilDate(text.prefix(10))
  }
}
