/// The part of a YAML text that is checked before libyaml sees it.
enum YAMLText {
  /// The first place, zero-based, where the bytes are not UTF-8 or hold a control character; `nil` when all is well.
  static func fault(in bytes: some Collection<UInt8>) -> (line: Int, column: Int, what: String)? {
    var decoder = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var line = 0
    var column = 0
    var afterReturn = false
    while true {
      switch decoder.parseScalar(from: &iterator) {
      case .emptyInput: return nil
      case .error: return (line, column, "not UTF-8")
      case .valid(let encoded):
        let scalar = Unicode.UTF8.decode(encoded)
        switch scalar {
        case "\r", "\n":
          if !(scalar == "\n" && afterReturn) { line += 1 }
          column = 0
        case "\t": column += 1
        default:
          if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar.value == 0xFEFF
            || (0x2028...0x2029).contains(scalar.value) || (0xFFFE...0xFFFF).contains(scalar.value)
          {
            return (line, column, "control character U+" + hex(scalar.value))
          }
          column += 1
        }
        afterReturn = scalar == "\r"
      }
    }
  }

  /// Whether a tab is among the blanks that a zero-based line starts with.
  static func hasTabInIndentation(_ bytes: some Collection<UInt8>, line: Int) -> Bool {
    let lines = bytes.split(omittingEmptySubsequences: false) { $0 == UInt8(ascii: "\n") }
    guard line < lines.count else { return false }
    let indentation = lines[lines.index(lines.startIndex, offsetBy: line)].prefix { $0 == 0x20 || $0 == 0x09 }
    return indentation.contains(0x09)
  }

  private static func hex(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }
}
