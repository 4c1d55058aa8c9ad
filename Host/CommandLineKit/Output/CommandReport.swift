/// The result of a command, in the two forms it is shown in; both come from the same values, so they cannot disagree.
public protocol CommandReport {
  /// The form for people, each line with its line end, for a reader of the given capabilities.
  func text(for capabilities: TerminalCapabilities) -> String

  /// Writes the form for programs: one JSON object with `schema`, keys in sorted order.
  func writeJSON(to writer: inout JSONWriter)
}
