import Foundation
import Sandbox
import Testing

/// Escape plugins in sessions of the host: what the trader sees and what stays unread.
@Suite(
  .enabled(
    if: SandboxSupport.current.isComplete, "SKIPPED: this kernel lacks \(SandboxSupport.current.missing)"))
struct `Sessions with plugins that try to escape` {
  /// A home with bars, an approved escape, and secrets wherever a host keeps them.
  private struct Home {
    let folder: HostProcess.Folder
    let canary = "canary-\(UUID().uuidString)"
    let id: String

    init(_ name: String) throws {
      folder = try HostProcess.Folder()
      id = name.replacing("_", with: "-")
      try FileManager.default.createDirectory(atPath: folder.path + "/bars", withIntermediateDirectories: true)
      try folder.write("bars/AAA.csv", MadeUpBars.csv(symbol: 1, days: 30))
      try folder.write(".env", "BROKER_KEY=\(canary)-file\n")
      try folder.write("config.yaml", "# \(canary)-config\nmarket: equity\n")
      try StrangerPlugin.compile(
        name,
        source: """
          #define ESCAPE_HOME "\(folder.path)"
          #include "\(SourceRoot.path)/Tests/Fixtures/Escapes/\(name).c"
          """,
        manifest: """
          {"id":"\(id)","name":"\(id)","version":"1.0.0","roles":["strategy"],"abi":"1.0","language":"c",
           "summary":"Tries to escape.","permissions":[],"options":[]}
          """, in: folder)
      let approved = try host(["approve-plugin", id, "--yes"])
      try #require(approved.status == 0, "\(approved.output) \(approved.errors)")
    }

    func host(_ arguments: [String]) throws -> HostProcess.Result {
      try HostProcess.run(
        arguments, home: folder,
        environment: ["WHARF_PLUGIN_PATH": folder.path, "BROKER_SECRET": "\(canary)-environment"])
    }

    func session() throws -> HostProcess.Result {
      try host(["run", "--strategy", id, "--data", folder.path + "/bars", "--approve", "all", "--json"])
    }

    /// Files that the host wrote and that hold a canary.
    func leaks() -> [String] {
      let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
      let own: Set<String> = [".env", "config.yaml"]
      return names.filter { name in
        guard !own.contains(name), let data = FileManager.default.contents(atPath: "\(folder.path)/\(name)") else {
          return false
        }
        return data.range(of: Data(canary.utf8)) != nil
      }
    }
  }

  @Test(arguments: [
    ("reads_secrets", "openat(\"/etc/passwd\")"), ("reads_host", "process_vm_readv"), ("looks_at_descriptors", "dup("),
    ("uses_sockets", "socket(2, "), ("starts_programs", "execve(\"/bin/sh\")"), ("multiplies", "clone("),
    ("traces_host", "ptrace("), ("kills_host", "kill(-1, 9)"), ("fills_memory", "memfd_create"),
    ("writes_files", "unlink"), ("looks_at_files", "access(\"/etc/passwd\")"), ("makes_code", "mprotect("),
    ("raises_limits", "prlimit64("), ("changes_walls", "unshare("), ("asks_kernel", "bpf("),
    ("attacks_while_loading", "openat(\"/etc/passwd\")"), ("hides_attempts", "rt_sigaction(31"),
  ])
  func `go on, and the log says which plugin tried what`(name: String, call: String) throws {
    let home = try Home(name)
    let result = try home.session()
    #expect(result.status == 0 && !result.wasKilled, "\(result)")
    #expect(try result.json["schema"] as? Int == 1, "\(result)")
    let lines = result.errors.split(separator: "\n").filter { $0.contains("\(home.id) 1.0.0 (") }
    #expect(lines.contains { $0.contains("security: ") && $0.contains(call) }, "\(result.errors)")
    #expect(result.errors.contains("\(home.id): warning: TRIED: all of it"), "\(result.errors)")
    #expect(!result.errors.contains("ESCAPED") && !result.errors.contains(home.canary), "\(result.errors)")
    #expect(!result.output.contains(home.canary))
    #expect(home.leaks() == [])
  }

  @Test(arguments: [
    ("crashes", "SIGSEGV"), ("exits", "status 0"), ("blocks_signal", "SIGSYS"), ("calls_as_32_bit", "SIGSYS"),
    ("calls_as_x32", "SIGSYS"),
  ])
  func `say how the plugin's process ended, and end in good order`(name: String, how: String) throws {
    let home = try Home(name)
    let result = try home.session()
    #expect(!result.wasKilled, "\(result)")
    let lines = result.errors.split(separator: "\n").filter { $0.contains("\(home.id) 1.0.0 (") }
    #expect(lines.contains { $0.contains("on_bar") && $0.contains(how) }, "\(result.errors) \(result.output)")
    #expect(!result.errors.contains("ESCAPED") && !result.errors.contains(home.canary), "\(result.errors)")
    #expect(home.leaks() == [])
  }

  @Test func `keep their standard output to themselves`() throws {
    let home = try Home("floods_output")
    let result = try home.session()
    #expect(result.status == 0 && result.errors.utf8.count < 8 << 20)
    #expect(try result.json["schema"] as? Int == 1, "\(result.output.prefix(300))")
    #expect(!result.errors.contains("\u{1b}"), "a control character of the plugin is in the log")
  }
}
