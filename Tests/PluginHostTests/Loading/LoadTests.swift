import Foundation
import PluginHost
import Testing

/// A plugin that looks usable and is not, and what loading it says.
struct LoadFailure: Sendable, CustomTestStringConvertible {
  var name: String
  var roles = "[\"strategy\"]"
  var abi = "1.0"
  var source: String
  var message: String
  var testDescription: String { name }

  static let badTables = "correct the plugin's tables as the headers describe them and build it again"
  static let otherHeaders = "build the plugin again with the headers of this host"
  private static let strategy = CPlugin.prelude() + CPlugin.quietStrategy

  private static func broken(_ change: String) -> String {
    strategy.replacing(".struct_size = sizeof(wharf_strategy),", with: change)
      + CPlugin.entry(["wharf.strategy/1": "strategy"])
  }

  static let all = [
    LoadFailure(
      name: "no descriptor",
      source: CPlugin.prelude() + "const wharf_plugin *wharf_plugin_entry(void) { return 0; }",
      message: "wharf_plugin_entry answered null; \(badTables)"),
    LoadFailure(
      name: "a descriptor between the words",
      source: CPlugin.prelude()
        + "static char room[64]; const wharf_plugin *wharf_plugin_entry(void) { return (void *)(room + 1); }",
      message: "wharf_plugin is not aligned to 8 bytes; \(badTables)"),
    LoadFailure(
      name: "a descriptor of another size",
      source: strategy + CPlugin.entry([:], descriptor: "99, 1, 0, find"),
      message: "wharf_plugin has struct_size 99, expected 16; \(otherHeaders)"),
    LoadFailure(
      name: "code for another ABI",
      source: strategy + CPlugin.entry([:], descriptor: "sizeof(wharf_plugin), 2, 0, find"),
      message: "its manifest says ABI 1.0, its code 2.0; \(otherHeaders)"),
    LoadFailure(
      name: "code for an older ABI than it needs", abi: "1.1",
      source: strategy + CPlugin.entry([:], descriptor: "sizeof(wharf_plugin), 1, 0, find"),
      message: "its manifest says ABI 1.1, its code 1.0; \(otherHeaders)"),
    LoadFailure(
      name: "no way to find tables",
      source: strategy + CPlugin.entry([:], descriptor: "sizeof(wharf_plugin), 1, 0, 0"),
      message: "wharf_plugin has null for table; \(badTables)"),
    LoadFailure(
      name: "a role without its table", source: strategy + CPlugin.entry([:]),
      message: "its manifest promises wharf.strategy/1, its code answered status 2; \(badTables)"),
    LoadFailure(
      name: "a table of another size", source: broken(".struct_size = 24,"),
      message: "wharf.strategy/1 has struct_size 24, expected 64; \(otherHeaders)"),
    LoadFailure(
      name: "functions that are null",
      source: broken(".struct_size = sizeof(wharf_strategy),").replacing(
        ".on_bar = on_bar, .destroy = destroy", with: ""),
      message: "wharf.strategy/1 has null for on_bar, destroy; \(badTables)"),
    LoadFailure(
      name: "a broker that cannot cancel", roles: #"["broker"]"#,
      source: CPlugin.prelude() + "static const wharf_broker broker = {.struct_size = sizeof(wharf_broker)};"
        + CPlugin.entry(["wharf.broker/1": "broker"]),
      message:
        "wharf.broker/1 has null for create, start, capabilities, account, positions, open_orders, order, place, replace, cancel, destroy; \(badTables)"
    ),
    LoadFailure(
      name: "a venue that sees no bars", roles: #"["broker"]"#,
      source: BrokerFixture.source.replacing(".on_bar = on_bar", with: ".on_bar = 0"),
      message: "wharf.simulated_venue/1 has null for on_bar; \(badTables)"),
    LoadFailure(
      name: "a source that cannot rewind", roles: #"["market_data"]"#,
      source: CPlugin.prelude() + "static const wharf_market_data data = {.struct_size = sizeof(wharf_market_data)};"
        + CPlugin.entry(["wharf.market_data/1": "data"]),
      message: "wharf.market_data/1 has null for create, open, read, rewind, destroy; \(badTables)"),
    LoadFailure(
      name: "a notifier that cannot notify", roles: #"["notifier"]"#,
      source: CPlugin.prelude() + "static const wharf_notifier note = {.struct_size = sizeof(wharf_notifier)};"
        + CPlugin.entry(["wharf.notifier/1": "note"]),
      message: "wharf.notifier/1 has null for create, notify, destroy; \(badTables)"),
  ]

  /// Scanners with a way to trade.
  static let security = ["wharf.strategy/1", "wharf.broker/1", "wharf.simulated_venue/1"].map { id in
    LoadFailure(
      name: "a scanner with \(id)", roles: #"["scanner"]"#,
      source: strategy + "static const wharf_scanner scanner = {.struct_size = sizeof(wharf_scanner)};"
        + CPlugin.entry(["wharf.scanner/1": "scanner", id: "strategy"]),
      message:
        "security: a scanner also has the table \(id); do not use this file; ask its author why an alert-only scanner can trade"
    )
  }
}

@Suite struct `Loading a plugin` {
  private func load(_ folder: TemporaryFolder) throws -> PluginImage {
    try PluginImage.load(try #require(PluginDirectory.list([folder.searched], environment: [:]).first))
  }

  @Test(arguments: LoadFailure.all + LoadFailure.security)
  func `fails with its reason and remedy`(_ row: LoadFailure) throws {
    let folder = try TemporaryFolder()
    let path = try CPlugin.build(
      "x.so", in: folder.path, source: row.source,
      manifest: CPlugin.manifest(["roles": row.roles, "abi": "\"\(row.abi)\""]))
    let error = try #require(throws: PluginLoadError.self) { try load(folder) }
    #expect(error.description == "cannot load tiny from \(path): \(row.message)")
    #expect(error.isSecurityEvent == row.name.hasPrefix("a scanner with"))
  }

  private static let besideTheTests = PluginDirectory.list(
    PluginDirectory.folders(configured: [], environment: [:]), environment: [:], isThorough: false
  ).filter { $0.status == .ready }

  @Test(.enabled(if: !besideTheTests.isEmpty, "no plugin was built beside the tests"), arguments: besideTheTests)
  func `works for each plugin built beside the tests`(_ file: PluginFile) throws {
    #expect(try PluginImage.load(file).manifest == file.manifest)
  }

  @Test func `gives its identity and tables`() throws {
    let folder = try TemporaryFolder()
    try CPlugin.build("x.so", in: folder.path)
    let image = try load(folder)
    #expect(image.identity.id == "tiny")
    #expect(image.identity.version == "1.0.0")
    #expect(image.path == folder.path + "/x.so")
    #expect(!image.isSimulatedVenue)
  }

  @Test func `finds the libraries beside it`() throws {
    let folder = try TemporaryFolder()
    try Rejection.linkToLibrary(
      "libbeside\(UInt32.random(in: 0...(.max))).so", source: "int there(void) { return 1; }", folder)
    #expect(try load(folder).identity.id == "tiny")
  }

  @Test func `passes on what the loader says`() throws {
    let folder = try TemporaryFolder()
    let name = "libbroken\(UInt32.random(in: 0...(.max))).so"
    try Rejection.linkToLibrary(
      name, source: "int nowhere_to_be_found(void); int there(void) { return nowhere_to_be_found(); }", folder)
    let error = try #require(throws: PluginLoadError.self) { try load(folder) }
    #expect(
      error.reason
        == .refusedByLoader("\(folder.path)/lib/\(name): undefined symbol: nowhere_to_be_found"))
  }

  @Test func `refuses a file that was replaced since it was listed`() throws {
    let folder = try TemporaryFolder()
    try CPlugin.build("x.so", in: folder.path)
    let listed = try #require(PluginDirectory.list([folder.searched], environment: [:]).first)
    try CPlugin.build("x.so", in: folder.path, manifest: CPlugin.manifest(["name": "\"Other\""]))
    let error = try #require(throws: PluginLoadError.self) { try PluginImage.load(listed) }
    #expect(error.reason == .changedSinceListed)
  }

  @Test func `refuses another state of a file whose first state is loaded`() throws {
    let folder = try TemporaryFolder()
    try CPlugin.build("x.so", in: folder.path)
    _ = try load(folder)
    // A byte behind everything that is mapped, written into the same file.
    let handle = try FileHandle(forWritingTo: URL(filePath: folder.path + "/x.so"))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data([0]))
    try handle.close()
    let error = try #require(throws: PluginLoadError.self) { try load(folder) }
    #expect(error.reason == .otherStateLoaded)
  }

  @Test func `refuses a file that the listing rejected`() throws {
    let folder = try TemporaryFolder()
    try folder.write("x.so", "text")
    let error = try #require(throws: PluginLoadError.self) { try load(folder) }
    #expect(error.reason == .notReady("not an ELF file"))
  }
}
