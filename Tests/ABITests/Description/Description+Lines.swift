/// The form in which a description and the headers are compared: every declaration is a line.
extension Description {
  /// What one header declares, each kind in its order.
  func lines(of header: String) -> [String] {
    var lines: [String] = []
    for item in opaque where item.header == header { lines.append("opaque \(item.tag ?? "?") \(item.name)") }
    for item in aliases where item.header == header { lines.append("alias \(item.type ?? "?") \(item.name)") }
    for item in functions where item.header == header {
      lines.append(
        "function \(item.returns) \(item.name)\(list(item.parameters))\(marks(item.since, item.thread, nil, nil))")
    }
    for group in constants where group.header == header {
      lines.append("constants")
      lines += group.members.map { "  \($0.name) = \($0.value)" }
    }
    for item in structs where item.header == header {
      lines.append("struct \(item.tag) \(item.name)")
      lines += item.fields.map { "  " + line($0) }
    }
    return lines
  }

  /// Where two descriptions differ, header by header; empty when they agree.
  static func differences(_ description: Description, headers: Description, of names: [String]) -> [String] {
    let known = Set(names)
    let places =
      description.opaque.map(\.header) + description.aliases.map(\.header) + description.functions.map(\.header)
      + description.constants.map(\.header) + description.structs.map(\.header)
    let strange = Set(places).subtracting(known).sorted().map { "\($0): described, but no published header" }
    return strange
      + names.flatMap { name in
        let difference = headers.lines(of: name).difference(from: description.lines(of: name))
        return difference.map { change in
          switch change {
          case .insert(_, let line, _): "\(name): declared, but not described here: \(line)"
          case .remove(_, let line, _): "\(name): described, but not declared here: \(line)"
          }
        }
      }
  }

  private func line(_ field: Field) -> String {
    guard let parameters = field.parameters else { return "\(field.type ?? "?") \(field.name)" }
    return "\(field.returns ?? "?") (*\(field.name))\(list(parameters))"
      + marks(field.since, field.thread, field.optional, field.mayBlock)
  }

  private func list(_ parameters: [Field]) -> String {
    "(" + parameters.map { "\($0.type ?? "?") \($0.name)" }.joined(separator: ", ") + ")"
  }

  private func marks(_ since: String?, _ thread: String?, _ optional: Bool?, _ mayBlock: Bool?) -> String {
    " since \(since ?? "?") [\(thread ?? "?")]" + (optional == true ? " may be null" : "")
      + (mayBlock == true ? " may block" : "")
  }
}
