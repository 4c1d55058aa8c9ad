import TradingCore
import TradingTypes

/// The numbers of a decision as one flat JSON object: decimals, times and words are strings, numbers are numbers in full
/// double precision, what is undefined is `null`.
enum NumbersText {
  static func text(_ numbers: [(name: String, value: Field.Value)]) -> String {
    var text = "{"
    for (name, value) in numbers {
      if text.utf8.count > 1 { text += "," }
      append(name, to: &text)
      text += ":"
      switch value {
      case .number(let number):
        text += number.flatMap { $0.isFinite ? "\($0 == 0 ? 0 : $0)" : nil } ?? "null"
      case .integer(let integer): text += String(integer)
      case .decimal(let nanos): append(Price(nanos: nanos).description, to: &text)
      case .time(let nanoseconds): append(Timestamp(nanoseconds: nanoseconds).description, to: &text)
      case .text(let words): append(words, to: &text)
      case .flag(let flag): append(flag.name, to: &text)
      }
    }
    return text + "}"
  }

  private static func append(_ words: String, to text: inout String) {
    text += "\""
    for scalar in words.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      case "\r": text += "\\r"
      case "\u{0}"..<"\u{20}":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }

  /// Reads what ``text(_:)`` wrote; `nil` for any other text.
  static func values(_ text: String) -> [NamedValue]? {
    var reader = NumbersReader(text)
    return reader.object()
  }
}
