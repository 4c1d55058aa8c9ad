import MarketCalendar

/// A rule in the form of the POSIX `TZ` variable with the extensions of RFC 8536, such as `EST5EDT,M3.2.0,M11.1.0`.
struct PosixRule: Equatable {
  /// Seconds east of UTC of standard time.
  var standardOffset: Int32
  /// The two changes of each year; `nil` when standard time holds all year.
  var yearly: YearlyRule?

  /// Reads a rule; `nil` when it is not one. Summer time without dates is refused.
  init?(_ text: some Sequence<UInt8>) {
    var scanner = Scanner(bytes: Array(text))
    guard scanner.name(), let standardWest = scanner.time(largestHour: 24) else { return nil }
    standardOffset = -standardWest
    guard !scanner.atEnd else { return }
    guard scanner.name() else { return nil }
    var daylightOffset = standardOffset + 3600
    if scanner.peek != UInt8(ascii: ",") {
      guard let west = scanner.time(largestHour: 24) else { return nil }
      daylightOffset = -west
    }
    guard let start = scanner.moment(), let end = scanner.moment(), scanner.atEnd else { return nil }
    yearly = YearlyRule(standardOffset: standardOffset, daylightOffset: daylightOffset, start: start, end: end)
  }

  private struct Scanner {
    var bytes: [UInt8]
    var position = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    var atEnd: Bool { position == bytes.count }
    var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
      guard peek == UInt8(ascii: character) else { return false }
      position += 1
      return true
    }

    /// Three letters or more, or anything between angle brackets.
    mutating func name() -> Bool {
      if skip("<") {
        while let byte = peek, byte != UInt8(ascii: ">") { position += 1 }
        return skip(">")
      }
      let start = position
      while let byte = peek, (65...90).contains(byte) || (97...122).contains(byte) { position += 1 }
      return position - start >= 3
    }

    mutating func number() -> Int? {
      let start = position
      var value = 0
      while let byte = peek, (48...57).contains(byte), position - start < 4 {
        value = value * 10 + Int(byte - 48)
        position += 1
      }
      return position > start ? value : nil
    }

    /// `[+-]hh[:mm[:ss]]` in seconds.
    mutating func time(largestHour: Int) -> Int32? {
      let negative = skip("-")
      if !negative { _ = skip("+") }
      guard let hours = number(), hours <= largestHour else { return nil }
      var seconds = hours * 3600
      if skip(":") {
        guard let minutes = number(), minutes < 60 else { return nil }
        seconds += minutes * 60
        if skip(":") {
          guard let rest = number(), rest < 60 else { return nil }
          seconds += rest
        }
      }
      return Int32(negative ? -seconds : seconds)
    }

    /// `,date[/time]`; 02:00 when no time is given.
    mutating func moment() -> YearlyRule.Moment? {
      guard skip(","), let day = day() else { return nil }
      guard skip("/") else { return .init(day, seconds: 7200) }
      guard let seconds = time(largestHour: 167) else { return nil }
      return .init(day, seconds: seconds)
    }

    /// `Mm.w.d`, `Jn` or `n`.
    mutating func day() -> YearlyRule.Day? {
      if skip("M") {
        guard let month = number(), (1...12).contains(month), skip("."), let week = number(), (1...5).contains(week),
          skip("."), let sundayFirst = number(), sundayFirst <= 6
        else { return nil }
        let weekday = (sundayFirst + 6) % 7
        return week == 5
          ? .lastWeekday(weekday: weekday, month: month)
          : .weekdayOnOrAfter(weekday: weekday, month: month, day: week * 7 - 6)
      }
      let counted = !skip("J")
      guard let number = number() else { return nil }
      if counted { return number <= 365 ? .dayFromZero(number) : nil }
      return (1...365).contains(number) ? .dayWithoutLeapDay(number) : nil
    }
  }
}
