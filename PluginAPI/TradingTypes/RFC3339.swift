extension CivilDate {
  /// Reads `YYYY-MM-DD`; `nil` for any other text and for days that do not exist.
  public init?(_ text: some StringProtocol) {
    var digits = DigitReader(text.utf8)
    guard let y = digits.number(of: 4), digits.skip(UInt8(ascii: "-")), let m = digits.number(of: 2),
      digits.skip(UInt8(ascii: "-")), let d = digits.number(of: 2), digits.atEnd
    else { return nil }
    self.init(year: y, month: m, day: d)
  }
}

extension Timestamp: CustomStringConvertible {
  /// Reads RFC 3339 with `Z` or a numeric offset, `T` or a space between date and time, and up to nine fractional
  /// digits; `nil` for any other text. A leap second (`:60`) is refused.
  public init?(rfc3339 text: some StringProtocol) {
    var digits = DigitReader(text.utf8)
    guard let y = digits.number(of: 4), digits.skip(UInt8(ascii: "-")), let mo = digits.number(of: 2),
      digits.skip(UInt8(ascii: "-")), let d = digits.number(of: 2),
      let date = CivilDate(year: y, month: mo, day: d),
      digits.skip(UInt8(ascii: "T")) || digits.skip(UInt8(ascii: "t")) || digits.skip(UInt8(ascii: " ")),
      let h = digits.number(of: 2), digits.skip(UInt8(ascii: ":")), let mi = digits.number(of: 2),
      digits.skip(UInt8(ascii: ":")), let s = digits.number(of: 2), h < 24, mi < 60, s < 60
    else { return nil }
    var fraction: Int64 = 0
    if digits.skip(UInt8(ascii: ".")) {
      guard let value = digits.fraction() else { return nil }
      fraction = value
    }
    var offset = 0
    if !(digits.skip(UInt8(ascii: "Z")) || digits.skip(UInt8(ascii: "z"))) {
      let negative = digits.skip(UInt8(ascii: "-"))
      guard negative || digits.skip(UInt8(ascii: "+")), let oh = digits.number(of: 2),
        digits.skip(UInt8(ascii: ":")), let om = digits.number(of: 2), oh < 24, om < 60
      else { return nil }
      offset = (oh * 60 + om) * (negative ? -60 : 60)
    }
    guard digits.atEnd else { return nil }
    let seconds = Int64(h * 3600 + mi * 60 + s - offset)
    nanoseconds = date.midnightUTC.nanoseconds + seconds * 1_000_000_000 + fraction
  }

  /// RFC 3339 in UTC, with as many fractional digits as needed: `2018-04-20T20:00:00Z`.
  public var description: String {
    let date = CivilDate(utc: self)
    let ofDay = seconds - Int64(date.daysSinceEpoch) * 86_400
    // Wrapping, because the second that holds the earliest instant starts before the range.
    let fraction = nanoseconds &- seconds &* 1_000_000_000
    func two(_ n: Int64) -> String { n < 10 ? "0\(n)" : "\(n)" }
    var text = "\(date)T\(two(ofDay / 3600)):\(two(ofDay / 60 % 60)):\(two(ofDay % 60))"
    if fraction != 0 {
      var digits = String(fraction)
      digits = String(repeating: "0", count: 9 - digits.utf8.count) + digits
      while digits.utf8.last == UInt8(ascii: "0") { digits.removeLast() }
      text += "." + digits
    }
    return text + "Z"
  }
}

/// Reads fixed-width decimal digits from UTF-8.
struct DigitReader<Bytes: Collection> where Bytes.Element == UInt8 {
  private var rest: Bytes.SubSequence

  init(_ bytes: Bytes) { rest = bytes[...] }

  var atEnd: Bool { rest.isEmpty }

  mutating func skip(_ byte: UInt8) -> Bool {
    guard rest.first == byte else { return false }
    rest.removeFirst()
    return true
  }

  mutating func number(of width: Int) -> Int? {
    var value = 0
    for _ in 0..<width {
      guard let byte = rest.first, byte >= 48, byte <= 57 else { return nil }
      value = value * 10 + Int(byte - 48)
      rest.removeFirst()
    }
    return value
  }

  /// One to nine digits after a decimal point, as nanoseconds.
  mutating func fraction() -> Int64? {
    var value: Int64 = 0
    var width = 0
    while let byte = rest.first, byte >= 48, byte <= 57 {
      guard width < 9 else { return nil }
      value = value * 10 + Int64(byte - 48)
      width += 1
      rest.removeFirst()
    }
    guard width > 0 else { return nil }
    for _ in width..<9 { value *= 10 }
    return value
  }
}
