/// One fault of a command, with all that its reader needs to act on it.
///
/// Texts start in lower case, have no full stop and hold no secret. The JSON form is part of the contract with outside
/// programs, so a `code` keeps its name and meaning within one schema number.
public struct CommandError: Error, Equatable, Sendable {
  /// A stable name of the fault in snake_case, such as `unknown_option`.
  public var code: String
  /// What failed, and on what.
  public var message: String
  /// The place of the fault: a path, `file:line`, an option or a key.
  public var `where`: String?
  /// What would have been right.
  public var expected: String?
  /// What was there instead.
  public var found: String?
  /// What the reader can do about it.
  public var remedy: String?
  /// The status the process ends with.
  public var exitCode: ExitCode
  /// Help on the option at fault. When present, the text form is the message with the remedy, then this help, and the
  /// JSON form ignores it.
  public var optionHelp: String?

  /// Makes a fault; leave out what is not known.
  public init(
    code: String, message: String, where place: String? = nil, expected: String? = nil, found: String? = nil,
    remedy: String? = nil, exitCode: ExitCode, optionHelp: String? = nil
  ) {
    self.code = code
    self.message = message
    self.where = place
    self.expected = expected
    self.found = found
    self.remedy = remedy
    self.exitCode = exitCode
    self.optionHelp = optionHelp
  }

  /// The text form: a line `host: error: message`, then an indented line for each detail that is known.
  ///
  /// Control characters in any field are shown escaped, so a file's name cannot steer the terminal.
  public func text(style: Style = .plain) -> String {
    var head = "host: " + style.bold(style.red("error:")) + " " + printable(message)
    if let optionHelp {
      if let remedy { head += "; " + printable(remedy) }
      return optionHelp.isEmpty ? head + "\n" : head + "\n" + optionHelp
    }
    head += "\n"
    let details = [("where:", self.where), ("expected:", expected), ("found:", found), ("remedy:", remedy)]
    for case (let label, let value?) in details {
      head += "  " + padded(label, to: 10, .left) + printable(value) + "\n"
    }
    return head
  }

  /// The members of the JSON form's `error` object; what is not known is `null`.
  public var json: JSONValue {
    .object([
      "code": .string(code), "message": .string(message), "where": JSONValue(self.where),
      "expected": JSONValue(expected), "found": JSONValue(found), "remedy": JSONValue(remedy),
    ])
  }
}
