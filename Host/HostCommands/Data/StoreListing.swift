import BarStore
import CommandLineKit
import Hashing
import TradingTypes

/// What `host data list` shows.
struct StoreListing: CommandReport {
  /// A series and where it lies.
  struct Row {
    var file: String
    var series: StoredSeries
    var byteCount: Int
  }

  private(set) var rows: [Row] = []
  private(set) var damage: [BarStoreError] = []

  init(_ stores: [(path: String, store: Result<BarStoreFile, BarStoreError>)]) {
    for (path, store) in stores {
      switch store {
      case .success(let file):
        for (index, series) in file.series.enumerated() {
          rows.append(Row(file: path, series: series, byteCount: file.byteCount(ofSeries: index)))
        }
      case .failure(let error): damage.append(error)
      }
    }
  }

  func text(for capabilities: TerminalCapabilities) -> String {
    guard !rows.isEmpty || !damage.isEmpty else { return "no bars are stored; see host data import --help\n" }
    var table = TextTable([
      .init("SYMBOL"), .init("BARS OF"), .init("BARS", .right), .init("FIRST"), .init("LAST"), .init("BYTES", .right),
      .init("HASH"), .init("SOURCE", mayBeCut: true), .init("FILE"),
    ])
    for row in rows {
      let series = row.series
      table.append([
        .init(series.symbol), .init(StoreFolder.size(series.barSeconds)), .init("\(series.barCount)"),
        .init(StoreListing.time(series.firstStart, series)), .init(StoreListing.time(series.lastStart, series)),
        .init("\(row.byteCount)"), .init(String(series.hash.hex.prefix(12))), .init(series.source), .init(row.file),
      ])
    }
    return (rows.isEmpty ? "" : table.rendered(for: capabilities)) + StoreListing.text(damage, Style(capabilities))
  }

  func writeJSON(to writer: inout JSONWriter) {
    var members: [String: JSONValue] = [
      "damage": .array(damage.map(\.commandError.json)), "schema": 1,
      "series": .array(
        rows.map { row in
          var members = StoreListing.members(row.series)
          members["bytes"] = JSONValue(row.byteCount)
          members["file"] = .string(row.file)
          return .object(members)
        }),
    ]
    if let first = damage.first { members["error"] = first.commandError.json }
    writer.value(.object(members))
  }

  /// A line for each damage.
  static func text(_ damage: [BarStoreError], _ style: Style) -> String {
    damage.map { "\(style.red("damaged:")) \(printable($0.description))\n" }.joined()
  }

  /// A time as a table shows it: a date for daily bars.
  static func time(_ time: Timestamp, _ series: StoredSeries) -> String {
    series.barSeconds == 86_400 ? "\(CivilDate(utc: time))" : "\(time)"
  }

  /// What JSON says of a series.
  static func members(_ series: StoredSeries) -> [String: JSONValue] {
    [
      "bar_seconds": .integer(Int64(series.barSeconds)), "bars": JSONValue(series.barCount),
      "currency": JSONValue(series.currency?.description), "first": .string("\(series.firstStart)"),
      "gaps": .integer(series.totals.gaps), "missing_bars": .integer(series.totals.missing),
      "splits": .integer(series.totals.splits),
      "hash": .string(series.hash.hex), "last": .string("\(series.lastStart)"), "source": .string(series.source),
      "step": JSONValue.decimal(series.step), "symbol": .string(series.symbol),
    ]
  }
}
