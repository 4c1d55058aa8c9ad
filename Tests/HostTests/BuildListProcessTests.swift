import Foundation
import Testing

@Suite struct `A plugin beside the executable` {
  /// A copy of the host with two of its plugins and their list, as the build leaves them.
  struct Installation {
    let home: HostProcess.Folder
    let folder: HostProcess.Folder

    init() throws {
      (home, folder) = (try HostProcess.Folder(), try HostProcess.Folder())
      let built = URL(fileURLWithPath: HostProcess.executable).deletingLastPathComponent().path
      for name in ["host", "libMinimalC.so", "libAlternate.so"] {
        try FileManager.default.copyItem(atPath: "\(built)/\(name)", toPath: "\(folder.path)/\(name)")
      }
      try list()
    }

    /// Writes the list as Host/run does.
    func list() throws {
      let shell = Process()
      shell.executableURL = URL(fileURLWithPath: "/bin/sh")
      shell.currentDirectoryURL = URL(fileURLWithPath: folder.path)
      shell.arguments = ["-c", "sha256sum lib*.so >plugins.sha256"]
      try shell.run()
      shell.waitUntilExit()
      try #require(shell.terminationStatus == 0)
    }

    func run(_ arguments: [String]) throws -> HostProcess.Result {
      try HostProcess.run(arguments, home: home, executable: "\(folder.path)/host")
    }

    /// Status, source and reason of a plugin.
    func row(_ id: String) throws -> [String?] {
      let plugins = try #require(try run(["list-plugins", "--json"]).json["plugins"] as? [[String: Any]])
      let row = try #require(plugins.first { $0["id"] as? String == id })
      return ["status", "source", "reason"].map { row[$0] as? String }
    }

    /// Changes a byte of a plugin that nobody reads.
    func tamper(_ name: String) throws {
      let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: "\(folder.path)/\(name)"))
      try handle.seekToEnd()
      try handle.write(contentsOf: Data([0]))
      try handle.close()
    }
  }

  @Test func `is the host's own while it has the hash that the build gave it`() throws {
    let installation = try Installation()
    #expect(try installation.row("minimal-c") == ["ready", "first-party", nil])
    try installation.tamper("libMinimalC.so")
    let row = try installation.row("minimal-c")
    #expect(row[0] == "needs_approval" && row[1] == "third-party")
    #expect(row[2]?.hasPrefix("it is not the file that was built: \(installation.folder.path)/plugins.sha256") == true)
    #expect(try installation.row("alternate") == ["ready", "first-party", nil])
  }

  @Test func `that was changed is refused by a session that did not list it, with the remedy`() throws {
    let installation = try Installation()
    let built = URL(fileURLWithPath: HostProcess.executable).deletingLastPathComponent().path
    for name in ["libReplay.so", "libPaper.so"] {
      try FileManager.default.copyItem(atPath: "\(built)/\(name)", toPath: "\(installation.folder.path)/\(name)")
    }
    try installation.list()
    try installation.home.write("AAA.csv", MadeUpBars.csv(symbol: 5, days: 30))
    let words = ["backtest", "--strategy", "minimal-c", "--data", "\(installation.home.path)/AAA.csv", "--json"]
    #expect(try installation.run(words).status == 0)
    try installation.tamper("libMinimalC.so")
    let refused = try installation.run(words)
    #expect(refused.status == 77 && refused.errorCode == "plugin_not_approved", "\(refused.output)")
    let error = try #require(try refused.json["error"] as? [String: Any])
    #expect((error["remedy"] as? String)?.contains("run Host/run, or remove") == true, "\(error)")
    // Whoever made the change on purpose may approve it.
    #expect(
      try installation.run(["approve-plugin", "minimal-c", "--yes", "--isolation", "in-process"]).status == 0)
    #expect(try installation.run(words).status == 0)
  }

  @Test func `that the build did not make is third-party, whatever the list says`() throws {
    let installation = try Installation()
    let (from, to) = ("\(installation.folder.path)/libAlternate.so", "\(installation.folder.path)/libOwn.so")
    try FileManager.default.moveItem(atPath: from, toPath: to)
    try installation.list()
    let row = try installation.row("alternate")
    #expect(row[0] == "needs_approval" && row[1] == "third-party")
    #expect(row[2]?.hasPrefix("it lies beside the executable, but is no plugin of this build; new") == true)
  }

  @Test func `of a build by hand needs no list`() throws {
    let installation = try Installation()
    try installation.tamper("libMinimalC.so")
    try FileManager.default.removeItem(atPath: "\(installation.folder.path)/plugins.sha256")
    #expect(try installation.row("minimal-c") == ["ready", "first-party", nil])
    try installation.folder.write("plugins.sha256", "damaged")
    let refused = try installation.run(["list-plugins", "--json"])
    #expect(refused.status == 78 && refused.errorCode == "bad_build_list", "\(refused.output)")
  }
}
