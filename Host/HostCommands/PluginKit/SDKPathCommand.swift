import CommandLineKit
import Glibc

/// `host sdk-path`: where the things lie that plugins are built with.
enum SDKPathCommand {
  static let command = HostCommand(
    specification: CommandSpecification(
      "sdk-path", abstract: "Print the folder that plugins are built with, or install it somewhere.",
      discussion: [
        "The folder has the C headers (include), the Swift package WharfPluginKit, the Rust binding, the templates, the "
          + "author's documentation, the linker's exports.map and a file for pkg-config.",
        "Looked for in $WHARF_SDK, in share/wharf beside the executable's folder, then in the source tree around it.",
      ],
      options: [
        OptionSpecification(
          "install", value: "DIR",
          help: "Copy it to DIR/share/wharf, the headers also to DIR/include and wharf-plugin.pc to DIR/lib/pkgconfig.")
      ], examples: ["host sdk-path", "host sdk-path --install ~/.local"])
  ) { arguments, streams in
    let sdk = try PluginSDKFolder.find()
    guard let prefix = arguments.value("install") else {
      try streams.show(SDKPlaces(sdk: sdk))
      return .ok
    }
    try streams.show(SDKPlaces(sdk: try SDKInstallation(sdk, prefix: prefix).perform()))
    return .ok
  }
}

/// Where the parts of an SDK lie; as text, its folder alone, so that a shell can use it.
struct SDKPlaces: CommandReport {
  let sdk: PluginSDKFolder

  func text(for capabilities: TerminalCapabilities) -> String { sdk.path + "\n" }

  func writeJSON(to writer: inout JSONWriter) {
    var members: [String: JSONValue] = ["abi": .string(PluginABI.text), "path": .string(sdk.path), "schema": 1]
    for place in sdk.places { members[place.name] = .string(place.path) }
    writer.value(.object(members))
  }
}

/// A copy of an SDK below a prefix such as `/usr/local`.
struct SDKInstallation {
  let source: PluginSDKFolder
  let prefix: String

  init(_ source: PluginSDKFolder, prefix: String) {
    self.source = source
    var prefix = prefix
    while prefix.count > 1, prefix.hasSuffix("/") { prefix.removeLast() }
    self.prefix = prefix
  }

  /// Copies it and answers the copy. An SDK that is there already is replaced whole; anything else there is refused.
  func perform() throws -> PluginSDKFolder {
    let target = prefix + "/share/wharf"
    let older = StoreFolder.exists(target) ? target + ".older" : nil
    if let older {
      guard let installed = PluginSDKFolder.at(target) else { throw occupied(target) }
      guard installed.path != source.path else { throw same(target) }
      FileTree.remove(older)
      guard rename(target, older) == 0 else { throw occupied(target) }
    }
    do {
      try FileTree.makeWhole(target) { place in
        for member in PluginSDKFolder.members { try copy(member, to: place) }
      }
    } catch {
      if let older { rename(older, target) }
      throw error
    }
    if let older { FileTree.remove(older) }
    for header in try FileTree.files(source.path + "/include/wharf") {
      let bytes = try FileTree.read("\(source.path)/include/wharf/\(header)")
      try FileTree.write(bytes, to: "\(prefix)/include/wharf/\(header)")
    }
    try FileTree.write(try packageFile(), to: prefix + "/lib/pkgconfig/wharf-plugin.pc")
    guard let installed = PluginSDKFolder.at(target) else { throw occupied(target) }
    return installed
  }

  private func copy(_ member: String, to place: String) throws {
    let from = "\(source.path)/\(member)"
    guard StoreFolder.isFolder(from) else {
      return try FileTree.write(try FileTree.read(from), to: "\(place)/\(member)")
    }
    for file in try FileTree.files(from) {
      try FileTree.write(try FileTree.read("\(from)/\(file)"), to: "\(place)/\(member)/\(file)")
    }
  }

  /// The file for pkg-config, which lies two folders below the prefix here and in the SDK itself there.
  private func packageFile() throws -> [UInt8] {
    TextReplacement.applied(
      [
        (Array("prefix=${pcfiledir}\n".utf8), Array("prefix=${pcfiledir}/../..\n".utf8)),
        (Array("sdk=${prefix}\n".utf8), Array("sdk=${prefix}/share/wharf\n".utf8)),
      ], to: try FileTree.read(source.path + "/wharf-plugin.pc"))
  }

  private func occupied(_ path: String) -> CommandFailure {
    CommandFailure(
      code: "exists", message: "there is something that is no Wharf SDK", where: path,
      expected: "nothing, or an SDK that can be replaced", found: "something else",
      remedy: "remove it, or name another folder with --install", exitCode: .cannotCreate)
  }

  private func same(_ path: String) -> CommandFailure {
    CommandFailure(
      code: "exists", message: "that is the SDK itself", where: path, expected: "another place than where it is",
      found: path, remedy: "name another folder with --install", exitCode: .cannotCreate)
  }
}
