import CommandLineKit
import Configuration
import PluginHost

/// `host new-plugin`: a folder with a plugin that builds, tests and runs.
enum NewPluginCommand {
  static let command = HostCommand(
    specification: CommandSpecification(
      "new-plugin", abstract: "Make a folder with a plugin that builds, tests itself and runs.",
      discussion: [
        "The folder has the source of a small, honest example of the role, its manifest with options, a unit test and a "
          + "README that says how to build, check, install and approve it. Nothing needs the network.",
        "The project finds the SDK where it is now, or where WHARF_SDK says.",
      ],
      arguments: [
        ArgumentSpecification(
          "ROLE", .choice(roles), help: "What it does: \(roles.dropLast().joined(separator: ", "))."),
        ArgumentSpecification(
          "NAME", ValueKind(expected: nameRule) { isName($0) }, help: "Its id: \(nameRule)."),
      ],
      options: [
        OptionSpecification(
          "lang", value: "LANGUAGE", .choice(PluginLanguage.allCases.map(\.rawValue)),
          help: "The language: \(PluginLanguage.allCases.map(\.rawValue).joined(separator: ", ")).", default: "swift"),
        OptionSpecification(
          "dir", value: "DIR", help: "The folder that the new one, called NAME, is made in.",
          default: "the working directory"),
      ],
      examples: ["host new-plugin strategy my-strategy --lang c", "host new-plugin scanner volume-watch"])
  ) { arguments, streams in
    guard let name = arguments.argument("NAME").flatMap(PluginName.init), let role = arguments.argument("ROLE") else {
      preconditionFailure("the parser has checked both arguments")
    }
    let language = arguments.value("lang").flatMap(PluginLanguage.init) ?? .swift
    let sdk = try PluginSDKFolder.find()
    let template = PluginTemplate(
      sdk: sdk, role: role == "market-data" ? PluginRole.marketData.rawValue : role, language: language, name: name)
    let files = try template.files()
    var folder = arguments.value("dir") ?? "."
    while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
    let path = "\(folder)/\(name.id)"
    try FileTree.makeWhole(path) { place in
      for file in files { try FileTree.write(file.bytes, to: "\(place)/\(file.path)") }
    }
    try streams.show(NewPlugin(template: template, path: path, files: files.map(\.path)))
    return .ok
  }

  static let roles = PluginRole.allCases.map(\.rawValue) + ["market-data"]
  private static let nameRule = "lower-case letters, digits and single hyphens, at most 64, no key of the configuration"

  private static func isName(_ text: String) -> Bool {
    PluginName(text) != nil && !PluginSchema.reservedIDs.contains(text)
  }
}

/// What was made, and what to do next.
struct NewPlugin: CommandReport {
  let template: PluginTemplate
  let path: String
  let files: [String]

  private var library: String { template.language.library(template.name) }

  func text(for capabilities: TerminalCapabilities) -> String {
    let build = template.language.build
    return """
      made \(path): a \(template.role) plugin in \(template.language.rawValue), \(files.count) files

        cd \(path)
        \(build)
        \(template.language.test)
        host check-plugin \(library)

      README.md says how to install and approve it.

      """
  }

  func writeJSON(to writer: inout JSONWriter) {
    writer.value([
      "build": .string(template.language.build), "files": .array(files.map { .string($0) }),
      "id": .string(template.name.id), "language": .string(template.language.rawValue), "path": .string(path),
      "plugin": .string(library), "role": .string(template.role), "schema": 1, "sdk": .string(template.sdk.path),
      "test": .string(template.language.test),
    ])
  }
}
