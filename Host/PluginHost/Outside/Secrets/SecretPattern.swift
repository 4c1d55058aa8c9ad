/// One way in which a secret may stand in a text from outside.
///
/// Letters match in either case, and every byte of it also where it is percent-encoded or escaped as in JSON, so that
/// no mixture of the ways in which services write texts hides it.
struct SecretPattern {
  /// How a pattern compares with a place of a text.
  enum Match: Equatable {
    case no
    /// It stands there, in so many bytes.
    case yes(Int)
    /// The text ends before that is clear.
    case cut
  }

  let bytes: [UInt8]

  /// Every pattern of a secret: itself, in hexadecimal, and in base64 at each of the three places it may have in it.
  static func all(of secret: String) -> [SecretPattern] {
    let bytes = Array(secret.utf8)
    guard !bytes.isEmpty else { return [] }
    var forms: [[UInt8]] = [bytes]
    if bytes.count >= 4 {
      let digits = Array("0123456789abcdef".utf8)
      forms.append(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
    for form in [Array(base64(bytes).utf8)] + (0...2).map({ base64Inside(bytes, at: $0) }) where form.count >= 6 {
      forms.append(form)
      let other = form.map {
        $0 == UInt8(ascii: "+") ? UInt8(ascii: "-") : $0 == UInt8(ascii: "/") ? UInt8(ascii: "_") : $0
      }
      if other != form { forms.append(other) }
    }
    return forms.map { SecretPattern(bytes: $0.map(lowered)) }
  }

  /// What of a secret's base64 does not depend on what stands around it, when it begins `offset` bytes into a group.
  private static func base64Inside(_ bytes: [UInt8], at offset: Int) -> [UInt8] {
    let text = Array(base64(Array(repeating: 0, count: offset) + bytes).utf8)
    let first = offset == 0 ? 0 : offset + 1
    let end = (offset + bytes.count) * 8 / 6
    return first < end ? Array(text[first..<end]) : []
  }

  /// Bytes, in lower case, that a match may begin with.
  var firstBytes: [UInt8] {
    guard let first = bytes.first else { return [] }
    let plus: [UInt8] = first == UInt8(ascii: " ") ? [UInt8(ascii: "+")] : []
    return [first, UInt8(ascii: "%"), UInt8(ascii: "\\")] + plus
  }

  /// Whether it stands at a place of a text.
  func match(_ text: [UInt8], at start: Int) -> Match { match(text, at: start, from: 0).shifted(by: -start) }

  /// Whether the rest of it, from one of its bytes on, stands at a place; a match tells where it ends.
  private func match(_ text: [UInt8], at start: Int, from first: Int) -> Match {
    var place = start
    for index in first..<bytes.count {
      guard place < text.count else { return .cut }
      let byte = bytes[index]
      let encoded = SecretPattern.encoded(byte, text, at: place)
      let isPlain = SecretPattern.lowered(text[place]) == byte
      switch (isPlain, encoded) {
      case (true, .no): place += 1
      case (false, .yes(let length)): place += length
      case (false, _): return encoded
      case (true, _):
        // A percent sign or backslash of the secret itself, or the beginning of an encoded one.
        let plain = match(text, at: place + 1, from: index + 1)
        guard case .yes(let length) = encoded else { return plain == .no ? .cut : plain }
        return plain.orElse(match(text, at: place + length, from: index + 1))
      }
    }
    return .yes(place)
  }

  /// Whether a place of a text has a byte in one of the ways to encode it, and in how many bytes.
  private static func encoded(_ byte: UInt8, _ text: [UInt8], at place: Int) -> Match {
    switch text[place] {
    case UInt8(ascii: "+"): return byte == UInt8(ascii: " ") ? .yes(1) : .no
    case UInt8(ascii: "%"):
      guard place + 2 < text.count else { return .cut }
      return hexadecimal(text[(place + 1)...(place + 2)]) == byte ? .yes(3) : .no
    case UInt8(ascii: "\\"):
      guard place + 1 < text.count else { return .cut }
      guard text[place + 1] == UInt8(ascii: "u") || text[place + 1] == UInt8(ascii: "U") else {
        return (escapes[text[place + 1]] ?? text[place + 1]) == byte ? .yes(2) : .no
      }
      guard place + 5 < text.count else { return .cut }
      return hexadecimal(text[(place + 2)...(place + 5)]) == byte ? .yes(6) : .no
    default: return .no
    }
  }

  /// What JSON writes with a letter behind a backslash.
  private static let escapes: [UInt8: UInt8] = [
    UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09, UInt8(ascii: "b"): 0x08,
    UInt8(ascii: "f"): 0x0C,
  ]

  /// The byte that hexadecimal digits stand for, in lower case.
  private static func hexadecimal(_ digits: ArraySlice<UInt8>) -> UInt8? {
    var value = 0
    for digit in digits {
      switch digit {
      case 48...57: value = value << 4 | Int(digit - 48)
      case 65...70: value = value << 4 | Int(digit - 55)
      case 97...102: value = value << 4 | Int(digit - 87)
      default: return nil
      }
    }
    return UInt8(exactly: value).map(lowered)
  }

  private static func lowered(_ byte: UInt8) -> UInt8 { (65...90).contains(byte) ? byte + 32 : byte }
}

extension SecretPattern.Match {
  fileprivate func shifted(by distance: Int) -> Self {
    if case .yes(let end) = self { .yes(end + distance) } else { self }
  }

  fileprivate func orElse(_ other: Self) -> Self {
    if case .yes = self { return self }
    if case .yes = other { return other }
    return self == .cut ? self : other
  }
}
