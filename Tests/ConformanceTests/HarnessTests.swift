import Foundation
import Glibc
import Testing

@Suite(.serialized) struct `The harness` {
  private static let source = "misbehaving.c"
  private static let manifest: [String: String?] = ["roles": "[\"strategy\"]"]

  /// Checks the misbehaving plugin with one test that calls its entry.
  private func check(_ define: String, flags: [String] = []) throws -> Check.Row {
    let scratch = try Scratch()
    let file = try Fixture.build(
      Self.source, define: define, flags: flags, manifest: Self.manifest, in: scratch.path)
    let check = try Check.run([file, "--json", "--test", "entry-descriptor"])
    let rows = try check.answer.results
    #expect(rows.map(\.test) == ["entry-descriptor"])
    #expect((check.status == 0) == (rows.first?.verdict == "pass"))
    return try #require(rows.first)
  }

  /// The number a plugin left in a file.
  private func process(_ file: String) throws -> pid_t {
    try #require(pid_t(try String(contentsOfFile: file, encoding: .utf8)))
  }

  /// Waits until there is something at a path, or not any more, for as long as a busy machine may need.
  private func wait(until condition: () -> Bool) -> Bool {
    for _ in 0..<6000 {
      if condition() { return true }
      usleep(10_000)
    }
    return condition()
  }

  /// Whether a process is there and is not only waiting to be told of its end.
  private func isRunning(_ process: pid_t) -> Bool {
    guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return false }
    return !status.contains(") Z ")
  }

  @Test func `a plugin that ends the process is a crash, whatever the status`() throws {
    let row = try check("EXITS")
    #expect(row.verdict == "crash")
    #expect(row.detail == "the plugin ended the process with status 0")
  }

  @Test func `what a plugin prints is shown and never read as a result`() throws {
    let row = try check("FORGES")
    #expect(row.verdict == "crash")
    #expect(row.detail?.hasPrefix("killed by SIGABRT") == true)
    #expect(row.output?.contains("\"passed\":99") == true)
  }

  @Test func `a plugin that writes to every descriptor fails`() throws {
    let row = try check("WRITES_EVERYWHERE")
    #expect(row.verdict == "fail")
    #expect(row.detail?.contains("a descriptor that is not its own") == true)
  }

  @Test func `a plugin that never returns is killed at its deadline`() throws {
    let row = try check("HANGS")
    #expect(row.verdict == "timeout")
    #expect(row.detail?.hasPrefix("no answer within") == true)
  }

  @Test func `a process that a plugin starts does not outlive the test`() throws {
    let scratch = try Scratch()
    let note = scratch.path + "/process"
    let row = try check("FORKS", flags: ["-DNOTE_PROCESS=\(note)"])
    #expect(row.verdict == "pass")
    let child = try process(note)
    #expect(wait { !isRunning(child) })
  }

  @Test func `a test inherits no environment and no descriptors, dumps no core and has a bounded share of memory`()
    throws
  {
    #expect(try check("LOOKS_AROUND").verdict == "pass")
  }

  @Test(arguments: [SIGTERM, SIGINT, SIGKILL]) func `a check that is ended takes its tests along`(_ signal: Int32)
    throws
  {
    let scratch = try Scratch()
    let note = scratch.path + "/process"
    let file = try Fixture.build(
      Self.source, define: "HANGS", flags: ["-DNOTE_PROCESS=\(note)"], manifest: Self.manifest, in: scratch.path)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Check.executable)
    process.arguments = ["check-plugin", file, "--test", "entry-descriptor"]
    process.environment = ["TMPDIR": scratch.path, "WHARF_HOME": scratch.path + "/home"]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    #expect(wait { FileManager.default.fileExists(atPath: note) })
    let child = try self.process(note)
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    #expect(process.terminationReason == .uncaughtSignal && process.terminationStatus == signal)
    #expect(wait { !isRunning(child) })
    let left = try FileManager.default.contentsOfDirectory(atPath: scratch.path).filter { $0.hasPrefix("wharf-check-") }
    #expect(left.isEmpty || signal == SIGKILL, "\(left)")
  }

  @Test func `a seed makes the same check again`() throws {
    let scratch = try Scratch()
    let file = try Fixture.build("strategy.c", define: "BAD_TABLE_BY_PREFIX", in: scratch.path)
    func results(_ seed: String) throws -> [String?] {
      try Check.run([file, "--json", "--seed", seed, "--test", "table-unknown-id"]).answer.results.map(\.detail)
    }
    let first = try results("7")
    #expect(first.count == 1 && first[0] != nil)
    #expect(try results("7") == first)
  }
}
