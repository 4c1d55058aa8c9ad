import Foundation

/// The reference values computed with TA-Lib; they lie outside the repository, so tests that need them skip without.
enum SharedData {
  /// The folder of reference values: `$WHARF_SHARED`, else `shared` beside the package.
  static let indicators: URL = {
    let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let shared = ProcessInfo.processInfo.environment["WHARF_SHARED"].map { URL(filePath: $0) }
    return (shared ?? package.deletingLastPathComponent().appending(path: "shared"))
      .appending(path: "data/reference/indicators")
  }()

  /// Whether the reference values are there; says so on stderr once where they are not.
  static let isPresent: Bool = {
    let present = FileManager.default.fileExists(atPath: indicators.path)
    if !present {
      FileHandle.standardError.write(
        Data(
          "SKIPPED: no reference indicator values at \(indicators.path); set WHARF_SHARED to the shared folder\n".utf8))
    }
    return present
  }()
}

/// A CSV file of numbers: columns by name, NaN where a cell is blank, without the time column.
struct NumberTable {
  var columns: [String: [Double]] = [:]

  /// The four files of the reference, read once; an unreadable one is empty, which the tests refuse.
  static let all: [String: NumberTable] = {
    var tables: [String: NumberTable] = [:]
    for series in ["GOOG_daily", "SPY_minute"] {
      for name in [series, "\(series)_input"] { tables[name] = try? NumberTable(file: "\(name).csv") }
    }
    return tables
  }()

  private init(file name: String) throws {
    let text = try String(contentsOf: SharedData.indicators.appending(path: name), encoding: .utf8)
    let lines = text.split(separator: "\n")
    let names = lines[0].split(separator: ",").dropFirst().map(String.init)
    var columns = [[Double]](repeating: [], count: names.count)
    for line in lines.dropFirst() {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).dropFirst()
      for (index, cell) in cells.enumerated() {
        columns[index].append(cell.isEmpty ? .nan : Double(cell) ?? .infinity)
      }
    }
    self.columns = Dictionary(uniqueKeysWithValues: zip(names, columns))
  }

  subscript(name: String) -> [Double] { columns[name] ?? [] }
}
