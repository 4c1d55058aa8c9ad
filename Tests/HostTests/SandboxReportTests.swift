import CommandLineKit
import Sandbox
import Testing

@testable import HostCommands

@Suite struct `The report of the sandbox` {
  private static let lacking = SandboxSupport(landlockABI: nil, hasSystemCallFilter: true, hasNoNewPrivileges: true)
  private static let whole = SandboxSupport(landlockABI: 7, hasSystemCallFilter: true, hasNoNewPrivileges: true)

  @Test func `list-plugins shows what is missing, in text and in JSON`() throws {
    let list = PluginList(files: [], sandbox: Self.lacking)
    #expect(list.sandbox.text.hasPrefix("sandbox: incomplete (seccomp, no_new_privs)\n  Landlock is missing: "))
    var writer = JSONWriter(into: BufferedOutput())
    list.writeJSON(to: &writer)
    let text = String(decoding: writer.collected(), as: UTF8.self)
    #expect(text.contains("\"complete\":false") && text.contains("\"landlock_abi\":null"), "\(text)")
    #expect(text.contains("Landlock is missing: "), "\(text)")
  }

  @Test func `list-plugins shows a sandbox that is complete`() {
    #expect(Self.whole.text == "sandbox: complete (Landlock 7, seccomp, no_new_privs)\n")
  }

  @Test func `a session warns when a plugin behind the wall lacks a part of it`() {
    #expect(Self.lacking.warnings(plugins: []).isEmpty)
    #expect(Self.whole.warnings(plugins: ["stranger"]).isEmpty)
    let warnings = Self.lacking.warnings(plugins: ["stranger", "guest"])
    #expect(warnings.count == 1 && warnings[0].hasPrefix("the sandbox of guest, stranger is incomplete: Landlock"))
  }
}
