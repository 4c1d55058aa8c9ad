/// Why a command ended without doing its work: one fault or several, found together and reported together.
public struct CommandFailure: Error, Equatable, Sendable {
  /// The first fault; it decides the exit status.
  public let first: CommandError
  /// Further faults, in the order they were found.
  public let others: [CommandError]
  /// The usage line of the command, shown after the faults of a wrong command line.
  public var usage: String?

  /// A failure of one fault.
  public init(_ fault: CommandError, usage: String? = nil) {
    first = fault
    others = []
    self.usage = usage
  }

  /// A failure of all of `faults`; `nil` when there are none.
  public init?(_ faults: [CommandError], usage: String? = nil) {
    guard let first = faults.first else { return nil }
    self.first = first
    others = Array(faults.dropFirst())
    self.usage = usage
  }

  /// A failure of one fault, from its parts (see ``CommandError``).
  public init(
    code: String, message: String, where place: String? = nil, expected: String? = nil, found: String? = nil,
    remedy: String? = nil, exitCode: ExitCode
  ) {
    self.init(
      CommandError(
        code: code, message: message, where: place, expected: expected, found: found, remedy: remedy,
        exitCode: exitCode))
  }

  /// Every fault, the first one first.
  public var faults: [CommandError] { [first] + others }

  /// The status the process ends with.
  public var exitCode: ExitCode { first.exitCode }

  /// The text form for stderr: each fault, their number when there are several, then the usage line if any.
  public func text(style: Style = .plain) -> String {
    var text = faults.map { $0.text(style: style) }.joined()
    if !others.isEmpty { text += "host: \(faults.count) errors\n" }
    if let usage { text += usage }
    return text
  }

  /// The JSON form for stdout: `{"schema":1,"error":{...}}`, with an `errors` array beside it when there are several.
  public var json: JSONValue {
    var members: [String: JSONValue] = ["schema": 1, "error": first.json]
    if !others.isEmpty { members["errors"] = .array(faults.map(\.json)) }
    return .object(members)
  }
}
