/// A cell of a table: its text, and how it is to look.
struct TableCell {
  var text: String
  /// A class of the style sheet: `number`, `gain`, `loss`, or none.
  var style: StaticString

  /// A text.
  static func text(_ text: String) -> TableCell { TableCell(text: text, style: "") }
  /// A number.
  static func number(_ text: String) -> TableCell { TableCell(text: text, style: "number") }
  /// A number that is a gain or a loss by its sign.
  static func gain(_ text: String, sign: Int) -> TableCell {
    TableCell(text: text, style: sign > 0 ? "number gain" : sign < 0 ? "number loss" : "number")
  }
}

extension PageText {
  /// Begins a section with a heading.
  mutating func beginSection(_ id: StaticString, _ heading: StaticString) {
    raw("<section id=\"")
    raw(id)
    raw("\" aria-labelledby=\"")
    raw(id)
    raw("-heading\"><h2 id=\"")
    raw(id)
    raw("-heading\">")
    raw(heading)
    raw("</h2>")
  }

  /// Ends a section.
  mutating func endSection() { raw("</section>\n") }

  /// Writes a table whose first cell of each row is the row's heading.
  mutating func table(_ caption: String, columns: [String], rows: [[TableCell]]) {
    raw("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"")
    text(caption)
    raw("\"><table><caption>")
    text(caption)
    raw("</caption><thead><tr>")
    for (index, column) in columns.enumerated() {
      raw(index == 0 ? "<th scope=\"col\">" : "<th scope=\"col\" class=\"number\">")
      text(column)
      raw("</th>")
    }
    raw("</tr></thead><tbody>")
    for row in rows {
      raw("<tr>")
      for (index, cell) in row.enumerated() {
        raw(index == 0 ? "<th scope=\"row\"" : "<td")
        if cell.style.utf8CodeUnitCount > 0 {
          raw(" class=\"")
          raw(cell.style)
          raw("\"")
        }
        raw(">")
        text(cell.text)
        raw(index == 0 ? "</th>" : "</td>")
      }
      raw("</tr>")
    }
    raw("</tbody></table></div>")
  }

  /// Writes a list of names with their values.
  mutating func facts(_ facts: [ReportFact]) {
    raw("<dl class=\"facts\">")
    for fact in facts {
      raw("<div><dt>")
      text(fact.name)
      raw("</dt><dd>")
      text(fact.value)
      raw("</dd></div>")
    }
    raw("</dl>")
  }
}
