import BarStore
import CommandLineKit
import PluginHost
import TradingCore

/// What the source told about its files and rows.
struct ImportFaults {
  private(set) var all: [DataFault] = []
  private var tally = DataFaultTally()

  mutating func add(_ fault: DataFault) {
    all.append(fault)
    tally.add(fault)
  }

  /// Lists every fault the source listed.
  func report(to errors: LineOutput) {
    for fault in all where fault.isSkipped {
      errors.line("\(fault.isNotice ? "noticed" : "skipped"): \(ImportFaults.place(fault))\(fault.code): \(fault.text)")
    }
  }

  /// Why the source cannot be used.
  func failure(_ error: MarketDataError) -> CommandFailure { tally.failure(error) }

  var skipped: Int { tally.skipped }

  private static func place(_ fault: DataFault) -> String {
    fault.file.isEmpty ? "" : fault.line == 0 ? "\(fault.file): " : "\(fault.file):\(fault.line): "
  }
}

/// What `host data import` did.
struct ImportReport: CommandReport {
  var into: String
  var outcomes: [ImportOutcome]
  var faults: ImportFaults

  private var added: Int { outcomes.reduce(0) { $0 + $1.added } }

  func text(for capabilities: TerminalCapabilities) -> String {
    var table = TextTable([
      .init("SYMBOL"), .init("BARS OF"), .init("DONE"), .init("ADDED", .right), .init("BARS", .right), .init("FIRST"),
      .init("LAST"), .init("FILE"),
    ])
    for outcome in outcomes {
      let series = outcome.series
      table.append([
        .init(series.symbol), .init(StoreFolder.size(series.barSeconds)), .init(outcome.action.rawValue),
        .init("\(outcome.added)"), .init("\(series.barCount)"), .init(StoreListing.time(series.firstStart, series)),
        .init(StoreListing.time(series.lastStart, series)), .init(outcome.file),
      ])
    }
    let rows = faults.skipped == 0 ? "" : ", \(Figures.count(faults.skipped, "row or file", "rows or files")) skipped"
    return table.rendered(for: capabilities)
      + "\(Figures.count(added, "bar", "bars")) added to \(printable(into))\(rows)\n"
  }

  func writeJSON(to writer: inout JSONWriter) {
    writer.value([
      "added": JSONValue(added), "faults": .array(faults.all.map(ImportReport.row)), "into": .string(into),
      "schema": 1, "series": .array(outcomes.map(ImportReport.row)), "skipped": JSONValue(faults.skipped),
    ])
  }

  private static func row(_ outcome: ImportOutcome) -> JSONValue {
    var row = StoreListing.members(outcome.series)
    row["action"] = .string(outcome.action.rawValue)
    row["added"] = JSONValue(outcome.added)
    row["file"] = .string(outcome.file)
    return .object(row)
  }

  private static func row(_ fault: DataFault) -> JSONValue {
    [
      "code": .string(fault.code), "file": .string(fault.file),
      "line": fault.line == 0 ? .null : .integer(Int64(fault.line)),
      "notice": .bool(fault.isNotice), "text": .string(fault.text),
    ]
  }
}
