/// Reads a number in any usual spelling, or says what is wrong with it.
enum CarefulNumber {
  /// Reads the text of a field called `name`.
  static func read(_ text: String, _ name: String) throws(RowFault) -> Double {
    guard !text.isEmpty else { throw RowFault(.missingField, "expected a number for \(name), found nothing") }
    let word = text.lowercased()
    let unsigned = word.drop { $0 == "-" || $0 == "+" }
    if ["nan", "inf", "infinity", "null", "none", "n/a", "na"].contains(unsigned) {
      throw RowFault(.notFinite, "expected a finite number for \(name), found \"\(shown(text))\"")
    }
    let isPlain = text.utf8.allSatisfy {
      switch $0 {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "+"),
        UInt8(ascii: "e"), UInt8(ascii: "E"):
        true
      default: false
      }
    }
    guard isPlain, let number = Double(text) else {
      throw RowFault(.notANumber, "expected a number for \(name), found \"\(shown(text))\"")
    }
    guard number.isFinite else {
      throw RowFault(.notFinite, "expected a finite number for \(name), found \"\(shown(text))\"")
    }
    return number
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
