import CommandLineKit

/// Rows of one kind, in both forms.
struct RecordListing<Row: Sendable>: CommandReport {
  var kind: RecordKind<Row>
  var rows: [Row]
  /// Symbols with daily bars.
  var daily: Set<String> = []

  func text(for capabilities: TerminalCapabilities) -> String {
    guard !rows.isEmpty else { return kind.nothing + "\n" }
    return kind.table(rows).rendered(for: capabilities) + "\n" + kind.footer(rows) + "\n"
  }

  func writeJSON(to writer: inout JSONWriter) {
    writer.beginObject()
    for key in [kind.name, "schema"].sorted() {
      writer.key(key)
      if key == "schema" { writer.value(1) } else { writeRows(to: &writer) }
    }
    writer.endObject()
  }

  private func writeRows(to writer: inout JSONWriter) {
    writer.beginArray()
    for row in rows where writer.failure == nil { writer.value(kind.json(row, daily: daily)) }
    writer.endArray()
  }
}
