import CommandLineKit
import TradingTypes

/// A line of `host scan --follow`: `symbol,timestamp,open,high,low,close,volume`.
struct FollowedLine {
  static let layout = "symbol,timestamp,open,high,low,close,volume"

  /// What is wrong with a line.
  struct Fault: Error {
    var code: String
    var message: String
    var expected: String
    var found: String
    var remedy: String = "mend the line and begin again with the bars after the history"

    /// Where it is not the line that was read last.
    var line: Int?

    /// The fault in the form of the command line.
    func failure(_ file: String, _ last: Int) -> CommandFailure {
      CommandFailure(
        code: code, message: message, where: "\(file):\(line ?? last)", expected: expected, found: found,
        remedy: remedy, exitCode: .badData)
    }
  }

  var symbol: Substring
  /// The start, and no end yet.
  var bar: Bar

  /// Reads a line; what instrument it is stays open.
  init(_ text: String) throws(Fault) {
    let fields = text.split(separator: ",", omittingEmptySubsequences: false).map(FollowedLine.trimmed)
    guard fields.count == 7 else {
      throw Fault(
        code: "bad_line", message: "the line has another number of fields", expected: FollowedLine.layout,
        found: "\(fields.count) fields: \(text.prefix(80))")
    }
    symbol = fields[0]
    guard let start = CivilDate(fields[1])?.midnightUTC ?? Timestamp(rfc3339: fields[1]) else {
      throw Fault(
        code: "bad_time", message: "the time cannot be read", expected: "YYYY-MM-DD or RFC 3339", found: "\(fields[1])")
    }
    bar = Bar(
      start: start, end: start, open: try FollowedLine.number(fields[2], "open"),
      high: try FollowedLine.number(fields[3], "high"), low: try FollowedLine.number(fields[4], "low"),
      close: try FollowedLine.number(fields[5], "close"), volume: try FollowedLine.number(fields[6], "volume"),
      instrument: InstrumentID(0))
    guard bar.isPlausible else {
      throw Fault(
        code: "bad_bar", message: "the bar cannot be", expected: "0 < low <= open, close <= high and volume >= 0",
        found: "\(text.prefix(120))")
    }
  }

  private static func number(_ text: Substring, _ name: String) throws(Fault) -> Double {
    let isDecimal = text.utf8.allSatisfy { (48...57).contains($0) || "+-.eE".utf8.contains($0) }
    guard isDecimal, let value = Double(text), value.isFinite else {
      throw Fault(
        code: "bad_number", message: "\(name) cannot be read", expected: "a decimal number", found: "\(text.prefix(40))"
      )
    }
    return value
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return text
  }
}
