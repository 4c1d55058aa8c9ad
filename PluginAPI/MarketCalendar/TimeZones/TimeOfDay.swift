import TradingTypes

/// A reading of a wall clock, to the second, without a date or a zone.
@frozen
public struct TimeOfDay: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Seconds since midnight, 0...86,399.
  public let secondsSinceMidnight: Int32

  /// Makes a time from its parts; `nil` outside 00:00:00...23:59:59.
  public init?(hour: Int, minute: Int, second: Int = 0) {
    guard (0..<24).contains(hour), (0..<60).contains(minute), (0..<60).contains(second) else { return nil }
    secondsSinceMidnight = Int32(hour * 3600 + minute * 60 + second)
  }

  /// Reads `HH:MM` or `HH:MM:SS`; `nil` for any other text.
  public init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count == 5 || bytes.count == 8, let hour = TimeOfDay.twoDigits(bytes[0...]),
      bytes[2] == UInt8(ascii: ":"), let minute = TimeOfDay.twoDigits(bytes[3...])
    else { return nil }
    guard bytes.count == 8 else {
      self.init(hour: hour, minute: minute)
      return
    }
    guard bytes[5] == UInt8(ascii: ":"), let second = TimeOfDay.twoDigits(bytes[6...]) else { return nil }
    self.init(hour: hour, minute: minute, second: second)
  }

  init(unchecked secondsSinceMidnight: Int32) { self.secondsSinceMidnight = secondsSinceMidnight }

  /// For the committed tables.
  static func at(_ hour: Int32, _ minute: Int32) -> TimeOfDay { TimeOfDay(unchecked: hour * 3600 + minute * 60) }

  /// Midnight at the start of a day.
  public static let midnight = TimeOfDay(unchecked: 0)

  @inlinable public static func < (a: TimeOfDay, b: TimeOfDay) -> Bool {
    a.secondsSinceMidnight < b.secondsSinceMidnight
  }

  /// `HH:MM`, or `HH:MM:SS` when the seconds are not zero.
  public var description: String {
    func two(_ n: Int32) -> String { n < 10 ? "0\(n)" : "\(n)" }
    let s = secondsSinceMidnight
    return two(s / 3600) + ":" + two(s / 60 % 60) + (s % 60 == 0 ? "" : ":" + two(s % 60))
  }

  private static func twoDigits(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard let tens = bytes.first, let ones = bytes.dropFirst().first, (48...57).contains(tens), (48...57).contains(ones)
    else { return nil }
    return Int(tens - 48) * 10 + Int(ones - 48)
  }
}

/// A date and a wall-clock time in some zone, named by context.
public struct LocalTime: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The date on the calendar in that zone.
  public var date: CivilDate
  /// The time on the wall in that zone.
  public var time: TimeOfDay

  /// Makes a local time from its parts.
  public init(_ date: CivilDate, _ time: TimeOfDay) {
    self.date = date
    self.time = time
  }

  public static func < (a: LocalTime, b: LocalTime) -> Bool { (a.date, a.time) < (b.date, b.time) }

  /// `YYYY-MM-DD HH:MM`, with seconds when they are not zero.
  public var description: String { "\(date) \(time)" }

  /// Seconds between 1970-01-01 00:00:00 and this reading, both taken on the same wall clock without changes.
  var wallSeconds: Int64 { Int64(date.daysSinceEpoch) * 86_400 + Int64(time.secondsSinceMidnight) }
}
