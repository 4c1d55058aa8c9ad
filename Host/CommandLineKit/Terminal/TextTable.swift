/// A table of text with aligned columns, two spaces apart, and no trailing spaces.
public struct TextTable: Sendable {
  /// One column's title and behaviour.
  public struct Column: Sendable {
    /// What stands above the column.
    public var title: String
    /// On which side the cells stand.
    public var alignment: Alignment
    /// Whether cells may be cut where the terminal is too narrow; numbers and ids should never be.
    public var mayBeCut: Bool

    /// A column; numbers are `.right`.
    public init(_ title: String, _ alignment: Alignment = .left, mayBeCut: Bool = false) {
      self.title = title
      self.alignment = alignment
      self.mayBeCut = mayBeCut
    }
  }

  /// A cell's text and how it stands out.
  public struct Cell: Sendable, ExpressibleByStringLiteral {
    /// The text; control characters are shown escaped.
    public let text: String
    /// How the text stands out, if it does.
    public var tint: Style.Tint?

    /// A cell.
    public init(_ text: String, _ tint: Style.Tint? = nil) {
      self.text = printable(text)
      self.tint = tint
    }

    /// A cell without tint.
    public init(stringLiteral value: String) { self.init(value) }
  }

  /// The columns, from left to right.
  public let columns: [Column]
  /// The rows, from top to bottom, each with a cell for every column.
  public private(set) var rows: [[Cell]] = []

  /// The columns narrow no further than this, even if the table stays too wide.
  private static let narrowest = 8

  /// A table without rows.
  public init(_ columns: [Column]) { self.columns = columns }

  /// Adds a row below the others; traps unless it has a cell for every column.
  public mutating func append(_ row: [Cell]) {
    precondition(row.count == columns.count, "a row of \(row.count) cells in a table of \(columns.count) columns")
    rows.append(row)
  }

  /// The table as lines, each with its line end.
  ///
  /// At a terminal, columns that may be cut are narrowed, the widest first, until a line fits; in a pipe nothing
  /// is cut.
  public func rendered(for capabilities: TerminalCapabilities) -> String {
    let style = Style(capabilities)
    let widths = widths(fitting: capabilities.isTerminal ? capabilities.columns : nil)
    let header = columns.map { Cell($0.title, .bold) }
    return ([header] + rows).map { line($0, widths, style) }.joined()
  }

  private func widths(fitting limit: Int?) -> [Int] {
    var widths = columns.map { displayWidth($0.title) }
    for row in rows {
      for (index, cell) in row.enumerated() { widths[index] = max(widths[index], displayWidth(cell.text)) }
    }
    guard let limit else { return widths }
    var excess = widths.reduce(0, +) + 2 * (columns.count - 1) - limit
    while excess > 0 {
      let candidates = columns.indices.filter { columns[$0].mayBeCut && widths[$0] > Self.narrowest }
      guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { break }
      widths[widest] -= 1
      excess -= 1
    }
    return widths
  }

  private func line(_ cells: [Cell], _ widths: [Int], _ style: Style) -> String {
    var line = ""
    var pending = 0
    for (index, cell) in cells.enumerated() {
      let text = truncated(cell.text, to: widths[index])
      let missing = widths[index] - displayWidth(text)
      if columns[index].alignment == .right { pending += missing }
      if !text.isEmpty {
        line += String(repeating: " ", count: pending) + (cell.tint.map { style.tinted(text, $0) } ?? text)
        pending = 0
      }
      if columns[index].alignment == .left { pending += missing }
      pending += 2
    }
    return line + "\n"
  }
}
