import Configuration
import Foundation
import Hashing
import PluginHost
import Testing

@Suite struct `The plugin folders` {
  @Test func `show a plugin that can be used with all that its manifest says`() throws {
    let folder = try TemporaryFolder()
    try CPlugin.build(
      "libtiny.so", in: folder.path,
      manifest: CPlugin.manifest([
        "roles": #"["broker","market_data"]"#, "version": #""1.2.3-rc.1""#,
        "permissions": #"["http:api.example.com:8443","secret:API_KEY"]"#,
        "options": """
        [{"name":"fast","type":"integer","default":"20","minimum":"1","maximum":"500","help":"bars"},
         {"name":"mode","type":"choice","choices":["cross","level"],"default":"cross","help":"how"},
         {"name":"cap","type":"decimal","default":"unlimited","unlimited":true,"help":"most"},
         {"name":"key","type":"secret","required":true,"help":"the key"}]
        """,
      ]) + "\n\0\0\0")
    let listed = PluginDirectory.list([folder.searched], environment: [:])
    let file = try #require(listed.first)
    #expect(listed.count == 1)
    #expect(file.status == .ready)
    #expect(file.reason == nil)
    #expect(file.remedy == nil)
    #expect(file.isolation.rawValue == "in-process")
    #expect(file.path == folder.path + "/libtiny.so")
    #expect(file.digest == SHA256.hash(try folder.bytes("libtiny.so")))
    let manifest = try #require(file.manifest)
    #expect(manifest.id == "tiny")
    #expect(manifest.name == "Tiny")
    #expect(manifest.version.description == "1.2.3-rc.1")
    #expect(manifest.roles == [.broker, .marketData])
    #expect(manifest.abi == ABIVersion(major: 1, minor: 0))
    #expect(manifest.language == "c")
    #expect(manifest.summary == "A plugin of a test.")
    #expect(manifest.permissions.map(\.description) == ["http:api.example.com:8443", "secret:API_KEY"])
    #expect(manifest.schema.roles == ["broker", "market_data"])
    #expect(manifest.options.map(\.name) == ["fast", "mode", "cap", "key"])
    #expect(manifest.options.map(\.defaultValue) == [.integer(20), .text("cross"), .unlimited, nil])
    #expect(manifest.options.map(\.isRequired) == [false, false, false, true])
  }

  @Test func `show every file that ends in .so, by id, then path, and no other`() throws {
    let folder = try TemporaryFolder()
    for (name, id) in [("z.so", "alpha"), ("a.so", "zeta"), ("m.so", "middle")] {
      try CPlugin.build(name, in: folder.path, manifest: CPlugin.manifest(["id": "\"\(id)\""]))
    }
    for name in ["y.so", "b.so", ".so", "c.so.1", "readme.md", "so"] { try folder.write(name, "text") }
    let listed = PluginDirectory.list([folder.searched], environment: [:])
    #expect(listed.map { $0.manifest?.id } == ["alpha", "middle", "zeta", nil, nil, nil])
    #expect(
      listed.map { String($0.path.dropFirst(folder.path.count + 1)) } == [
        "z.so", "m.so", "a.so", ".so", "b.so", "y.so",
      ])
  }

  @Test func `name both files when two have one id, and use neither`() throws {
    let folder = try TemporaryFolder()
    let (one, two) = (try folder.folder("one"), try folder.folder("two"))
    try CPlugin.build("a.so", in: one)
    try CPlugin.build("b.so", in: two)
    let folders = [one, two].map { PluginFolder(path: $0, source: .configuration) }
    let listed = PluginDirectory.list(folders, environment: [:])
    #expect(listed.map(\.status) == [.rejected, .rejected])
    #expect(listed.map(\.reason) == ["id tiny is also that of \(two)/b.so", "id tiny is also that of \(one)/a.so"])
    #expect(Set(listed.map(\.remedy)) == ["keep one of the files, or give one another id than tiny"])
  }

  @Test func `leave its id to the plugin beside the executable`() throws {
    let folder = try TemporaryFolder()
    let (own, other) = (try folder.folder("own"), try folder.folder("other"))
    try CPlugin.build("a.so", in: own)
    try CPlugin.build("b.so", in: other)
    let listed = PluginDirectory.list(
      [PluginFolder(path: other, source: .environment), PluginFolder(path: own, source: .besideExecutable)],
      environment: [:])
    #expect(listed.map(\.path) == [other + "/b.so", own + "/a.so"])
    #expect(listed.map(\.status) == [.rejected, .ready])
    #expect(listed[0].reason == "id tiny is also that of \(own)/a.so")
  }

  @Test func `keep a plugin usable beside one of the same id that is not`() throws {
    let folder = try TemporaryFolder()
    try CPlugin.build("good.so", in: folder.path)
    try CPlugin.build("bad.so", in: folder.path, source: CPlugin.prelude() + "int x;")
    let listed = PluginDirectory.list([folder.searched], environment: [:])
    #expect(listed.map(\.status) == [.rejected, .ready])
    #expect(listed.map { $0.problems.map(\.code) } == [["missing_entry"], []])
  }

  @Test(arguments: [true, false])
  func `keep a plugin usable beside one of the same id that lacks a library`(_ isThorough: Bool) throws {
    let folder = try TemporaryFolder()
    let (good, bad) = (try folder.folder("good"), try folder.folder("bad"))
    try CPlugin.build("x.so", in: good)
    let source = CPlugin.quietSource + "\nextern int nowhere(void); int use(void) { return nowhere(); }"
    try CPlugin.build("x.so", in: bad, source: source)
    let folders = [good, bad].map { PluginFolder(path: $0, source: .environment) }
    let listed = PluginDirectory.list(folders, environment: [:], isThorough: isThorough)
    #expect(listed.map(\.status) == [.rejected, .ready])
    #expect(listed.map { $0.problems.map(\.code) } == [["undefined_symbols"], []])
  }

  @Test func `show what the configuration disables, also when it could not be used`() throws {
    let folder = try TemporaryFolder()
    try CPlugin.build("a.so", in: folder.path)
    try CPlugin.build("b.so", in: folder.path)
    let listed = PluginDirectory.list([folder.searched], disabled: ["tiny"], environment: [:])
    #expect(listed.map(\.status) == [.disabled, .disabled])
    #expect(listed[0].reason == "disabled by plugins.disabled")
    #expect(listed[0].remedy == "remove tiny from plugins.disabled")
  }

  @Test func `are looked through once each, whatever they are called`() throws {
    let folder = try TemporaryFolder()
    let real = try folder.folder("real")
    try CPlugin.build("a.so", in: real)
    try #require(symlink("real", folder.path + "/link") == 0)
    let paths = [real, folder.path + "/link", real + "/", folder.path + "/real/../real"]
    let listed = PluginDirectory.list(paths.map { PluginFolder(path: $0, source: .environment) }, environment: [:])
    #expect(listed.map(\.status) == [.ready])
  }

  @Test func `that cannot be looked through are listed themselves`() throws {
    let folder = try TemporaryFolder()
    try folder.write("file", "")
    try #require(symlink("loop", folder.path + "/loop") == 0)
    let listed = PluginDirectory.list(
      [
        PluginFolder(path: folder.path + "/none", source: .configuration),
        PluginFolder(path: folder.path + "/nowhere", source: .environment),
        PluginFolder(path: folder.path + "/file", source: .environment),
        PluginFolder(path: folder.path + "/loop", source: .environment),
      ], environment: [:])
    let shown = listed.map { "\($0.path.dropFirst(folder.path.count + 1)): \($0.reason ?? ""); \($0.remedy ?? "")" }
    #expect(
      shown == [
        "file: not a folder; name the folder that the file is in",
        "loop: a link that leads back to itself; remove the link",
        "none: no such folder; create it, or remove it from plugins.paths",
        "nowhere: no such folder; create it, or remove it from WHARF_PLUGIN_PATH",
      ])
  }

  @Test func `list a file whose name is no text`() throws {
    let folder = try TemporaryFolder()
    let name: [CChar] = Array((folder.path + "/").utf8CString.dropLast()) + [-1, 46, 115, 111, 0]
    let descriptor = open(name, O_CREAT | O_WRONLY, 0o644)
    try #require(descriptor >= 0)
    close(descriptor)
    let listed = PluginDirectory.list([folder.searched], environment: [:])
    #expect(listed.map(\.reason) == ["its name is not UTF-8"])
    unlink(name)
  }

  @Test func `come from the configuration, the environment and the executable`() {
    let folders = PluginDirectory.folders(configured: ["/a"], environment: ["WHARF_PLUGIN_PATH": "/b::relative/c"])
    #expect(folders.map(\.path).dropLast() == ["/a", "/b", "relative/c"])
    #expect(folders.map(\.source) == [.configuration, .environment, .environment, .besideExecutable])
    #expect(folders.last?.path.hasPrefix("/") == true)
  }

  @Test func `accept a plugin whose libraries are beside it`() throws {
    let folder = try TemporaryFolder()
    try Rejection.linkToLibrary("libmine.so", source: "int there(void) { return 1; }", folder)
    let listed = PluginDirectory.list([folder.searched], environment: [:])
    #expect(listed.map(\.reason) == [nil])
  }

  @Test func `accept C that Swift's build linked`() throws {
    let folder = try TemporaryFolder()
    try folder.folder("lib")
    try Rejection.buildLibrary(
      "libswiftCore.so", folder.path + "/lib/libswiftCore.so", source: "int there(void) { return 1; }", folder, map: nil
    )
    try CPlugin.build(
      "x.so", in: folder.path,
      source: CPlugin.quietSource
        + "void swift_addNewDSOImage(void *); void registered(void) { swift_addNewDSOImage(0); }",
      flags: ["-Wl,--no-as-needed", folder.path + "/lib/libswiftCore.so"])
    #expect(PluginDirectory.list([folder.searched], environment: [:]).map(\.reason) == [nil])
  }

  @Test func `are listed without reading the files whole when no hash is wanted`() throws {
    let folder = try TemporaryFolder()
    try CPlugin.build("x.so", in: folder.path)
    let file = try #require(PluginDirectory.list([folder.searched], environment: [:], isThorough: false).first)
    #expect(file.status == .ready)
    #expect(file.digest == nil)
    #expect(try PluginImage.load(file).identity.digest == SHA256.hash(folder.bytes("x.so")))
  }

  @Test(.enabled(if: geteuid() != 0, "root may read every file, so no file is unreadable"))
  func `say when the host's user may not read a file`() throws {
    let folder = try TemporaryFolder()
    try #require(chmod(try CPlugin.build("x.so", in: folder.path), 0o200) == 0)
    let listed = PluginDirectory.list([folder.searched], environment: [:])
    #expect(listed.map(\.reason) == ["cannot be read: Permission denied"])
  }
}

extension TemporaryFolder {
  /// The folder as one that the environment names.
  var searched: PluginFolder { PluginFolder(path: path, source: .environment) }
}
