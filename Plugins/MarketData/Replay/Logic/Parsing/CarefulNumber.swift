/// Reads a number in any usual spelling, or says what is wrong with it.
enum CarefulNumber {
  /// Reads the text of a field called `name`, and tells how many decimals it was written with.
  static func read(_ text: String, _ name: String) throws(RowFault) -> (number: Double, decimals: Int) {
    guard !text.isEmpty else { throw RowFault(.missingField, "expected a number for \(name), found nothing") }
    let word = text.lowercased()
    let unsigned = word.drop { $0 == "-" || $0 == "+" }
    if ["nan", "inf", "infinity", "null", "none", "n/a", "na"].contains(unsigned) {
      throw RowFault(.notFinite, "expected a finite number for \(name), found \"\(shown(text))\"")
    }
    var decimals = 0
    var afterPoint = false
    var exponent: Int?
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): if afterPoint, exponent == nil { decimals += 1 }
      case UInt8(ascii: "."): afterPoint = true
      case UInt8(ascii: "-"), UInt8(ascii: "+"): break
      case UInt8(ascii: "e"), UInt8(ascii: "E"):
        exponent = text.firstIndex { $0 == "e" || $0 == "E" }.flatMap { Int(text[text.index(after: $0)...]) }
      default: throw RowFault(.notANumber, "expected a number for \(name), found \"\(shown(text))\"")
      }
    }
    guard let number = Double(text) else {
      throw RowFault(.notANumber, "expected a number for \(name), found \"\(shown(text))\"")
    }
    guard number.isFinite else {
      throw RowFault(.notFinite, "expected a finite number for \(name), found \"\(shown(text))\"")
    }
    // The number of decimals is a hint for compact storage, where 19 is too many to be of use.
    return (number, max(0, min(decimals.subtractingClamped(exponent ?? 0), 19)))
  }

  /// A text as it may be shown in a message: no control characters, at most 40 characters.
  static func shown(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars.prefix(40) {
      out.unicodeScalars.append(scalar.value < 32 || (127..<160).contains(scalar.value) ? "?" : scalar)
    }
    return text.unicodeScalars.count > 40 ? out + "..." : out
  }
}

extension Int {
  /// The difference, held at the ends of the range.
  fileprivate func subtractingClamped(_ other: Int) -> Int {
    let (difference, overflow) = subtractingReportingOverflow(other)
    return overflow ? (other > 0 ? .min : .max) : difference
  }
}
