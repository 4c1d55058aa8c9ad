import PluginSDK

/// What to do with rows that cannot be bars, by the option `bad_rows`.
public enum BadRows: String, CaseIterable, Sendable {
  /// Skip and count them.
  case skip
  /// Refuse the source.
  case refuse
}

/// What to do with oddities of whole series, by the options `splits` and `gaps`.
public enum Oddities: String, CaseIterable, Sendable {
  /// Tell them; the bars stay.
  case notice
  /// Refuse the source.
  case refuse
}

/// Collects faults: the first hundred of each file one by one, the rest as totals.
struct FaultLog {
  /// How many faults of a file are listed.
  static let listed = 100

  let badRows: BadRows
  /// The faults so far, in order.
  private(set) var faults: [DataFault] = []
  /// Whether something happened for which the source cannot be used.
  private(set) var isRefused = false
  private var file = ""
  private var inFile = 0
  private var unlisted: [FaultCode: Int] = [:]

  init(badRows: BadRows) { self.badRows = badRows }

  /// Starts a file.
  mutating func begin(_ name: String) {
    file = name
    inFile = 0
    unlisted = [:]
  }

  /// Notes a row that is not used; the text is only made when it will be listed.
  mutating func row(_ line: Int, _ code: FaultCode, _ text: @autoclosure () -> String) {
    if badRows == .refuse { isRefused = true }
    let remedy = badRows == .refuse ? "; correct the file, or set bad_rows to skip" : ""
    note(line, code, isSkipped: badRows == .skip, text() + remedy)
  }

  /// Notes something to look at; the row is used.
  mutating func warning(_ line: Int, _ code: FaultCode, _ text: @autoclosure () -> String) {
    note(line, code, isSkipped: true, text())
  }

  /// Notes an oddity; the bars are used unless it is to be refused.
  mutating func odd(_ code: FaultCode, _ setting: Oddities, line: Int? = nil, _ text: () -> String) {
    guard setting == .notice else {
      let option = code == .possibleSplit ? "splits" : "gaps"
      return refuse(code, "\(text()); correct the data, or set \(option) to notice", line: line)
    }
    guard let line else {
      return faults.append(DataFault(isSkipped: true, file: file, code: code.rawValue, text: text()))
    }
    warning(line, code, text())
  }

  /// Notes why a file, or the source, cannot be used.
  mutating func refuse(_ code: FaultCode, _ text: String, line: Int? = nil) {
    isRefused = true
    faults.append(DataFault(isSkipped: false, file: file, line: line, code: code.rawValue, text: text))
  }

  /// Notes a file that is passed over.
  mutating func skipFile(_ code: FaultCode, _ text: String) {
    faults.append(DataFault(isSkipped: true, file: file, code: code.rawValue, text: text))
  }

  /// Ends a file: tells what was not listed.
  mutating func end() {
    guard !unlisted.isEmpty else { return }
    let total = unlisted.values.reduce(0, +)
    let counts = unlisted.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.key.rawValue) \($0.value)" }
    faults.append(
      DataFault(
        isSkipped: !isRefused || badRows == .skip, file: file, code: FaultCode.moreFaults.rawValue,
        text: "\(total) more of this file are not listed: \(counts.joined(separator: ", "))"))
    unlisted = [:]
  }

  private mutating func note(_ line: Int, _ code: FaultCode, isSkipped: Bool, _ text: @autoclosure () -> String) {
    inFile += 1
    guard inFile <= FaultLog.listed else {
      unlisted[code, default: 0] += 1
      return
    }
    faults.append(DataFault(isSkipped: isSkipped, file: file, line: line, code: code.rawValue, text: text()))
  }
}
