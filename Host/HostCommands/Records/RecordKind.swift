import CommandLineKit
import Ledger

/// One value that every row of a kind has: its key in JSON and, if it is shown, its place in the table.
struct RecordColumn<Row>: Sendable {
  var key: String
  /// How it stands in the table; `nil`: only JSON has it.
  var heading: TextTable.Column?
  var value: @Sendable (Row) -> RecordValue

  /// A value under a key, and under a title if people see it.
  init(
    _ key: String, _ title: String? = nil, _ alignment: Alignment = .left, mayBeCut: Bool = false,
    _ value: @escaping @Sendable (Row) -> RecordValue
  ) {
    self.key = key
    heading = title.map { TextTable.Column($0, alignment, mayBeCut: mayBeCut) }
    self.value = value
  }
}

/// A kind of row in the ledger: its command, how it is read, and its columns in the order of the table.
struct RecordKind<Row: Sendable>: Sendable {
  /// The command's word, and the key of the rows in JSON.
  var name: String
  var abstract: String
  var discussion: [String] = []
  /// Options beside those that all kinds have.
  var options: [OptionSpecification] = []
  var columns: [RecordColumn<Row>]
  /// Members of a row in JSON that only this row has.
  var furtherMembers: @Sendable (Row) -> [String: JSONValue] = { _ in [:] }
  var symbol: @Sendable (Row) -> String
  var read: @Sendable (LedgerReader, LedgerFilter, ParsedArguments) throws(LedgerError) -> [Row]
  /// What is said when there is no row.
  var nothing: String
  /// What is said below the table.
  var footer: @Sendable ([Row]) -> String

  /// A row as a JSON object. A further member with the key of a column is told apart by `reported_`.
  ///
  /// - Parameter daily: symbols with daily bars, whose times are session dates with the instant beside them.
  func json(_ row: Row, daily: Set<String> = []) -> JSONValue {
    var members: [String: JSONValue] = [:]
    let isDaily = daily.contains(symbol(row))
    for column in columns {
      if isDaily, case .time(let time?) = column.value(row), let instantKey = SessionDate.instantKey(column.key) {
        members[column.key] = SessionDate.json(time)
        members[instantKey] = .decimal(time)
      } else {
        members[column.key] = column.value(row).json
      }
    }
    for (key, value) in furtherMembers(row) { members[members[key] == nil ? key : "reported_\(key)"] = value }
    return .object(members)
  }

  /// The rows as a table.
  func table(_ rows: [Row]) -> TextTable {
    let shown = columns.filter { $0.heading != nil }
    var table = TextTable(shown.compactMap(\.heading))
    for row in rows { table.append(shown.map { $0.value(row).cell }) }
    return table
  }
}
