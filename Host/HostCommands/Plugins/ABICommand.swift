import CommandLineKit
import Isolation
import PluginHost

/// `host abi`: the tables of the plugin ABI that this host speaks.
enum ABICommand {
  static let command = HostCommand(
    specification: CommandSpecification(
      "abi", abstract: "Print the plugin ABI: its version, which plugins are supported, and every table.",
      discussion: [
        "A table's id and struct never change. A host of a later minor version has these tables and perhaps more; "
          + "host sdk-path says where the headers are."
      ], examples: ["host abi", "host abi --json"])
  ) { _, streams in
    try streams.show(ABIReport())
    return .ok
  }
}

/// The ABI in both forms.
struct ABIReport: CommandReport {
  let version = ABIVersion.host
  let description = ABIDescription.published
  /// The oldest version whose plugins are loaded.
  var oldest: ABIVersion { ABIVersion(major: version.major, minor: 0) }

  func text(for capabilities: TerminalCapabilities) -> String {
    var list = TextTable([
      .init("ID"), .init("OFFERED BY"), .init("STRUCT"), .init("BYTES", .right), .init("FUNCTIONS", mayBeCut: true),
    ])
    for table in description.tables {
      let structure = description.structures[table.structure]
      list.append([
        .init(table.id), .init(side(table)), .init(structure.tag), .init("\(structure.size)"),
        .init(functions(table).map { name($0) + ($0.isOptional ? "?" : "") }.joined(separator: " ")),
      ])
    }
    return """
      plugin ABI \(version)
      supported plugins: ABI \(oldest) to \(version); a function with ? may be null

      \(list.rendered(for: capabilities))
      """
  }

  func writeJSON(to writer: inout JSONWriter) {
    writer.value([
      "abi": .string("\(version)"), "schema": 1,
      "supported": ["from": .string("\(oldest)"), "to": .string("\(version)")],
      "tables": .array(description.tables.map(json)),
    ])
  }

  private func json(_ table: ABIDescription.Table) -> JSONValue {
    let structure = description.structures[table.structure]
    let functions = functions(table).map { function -> JSONValue in
      [
        "name": .string(name(function)), "optional": .bool(function.isOptional),
        "thread": .string(function.isAnyThread ? "any-thread" : "serial"),
      ]
    }
    return [
      "functions": .array(functions), "id": .string(table.id), "side": .string(side(table)),
      "size": .integer(Int64(structure.size)), "struct": .string(structure.tag),
    ]
  }

  private func side(_ table: ABIDescription.Table) -> String { table.isOfHost ? "host" : "plugin" }

  private func functions(_ table: ABIDescription.Table) -> ArraySlice<ABIDescription.Function> {
    description.functions[description.structures[table.structure].functions]
  }

  /// A function's name within its table.
  private func name(_ function: ABIDescription.Function) -> String {
    String(function.name.split(separator: ".").last ?? "")
  }
}
