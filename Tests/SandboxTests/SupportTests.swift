import Sandbox
import Testing

@Suite struct `What the kernel offers` {
  @Test func `a kernel with everything is complete and says nothing`() {
    let support = SandboxSupport(landlockABI: 7, hasSystemCallFilter: true, hasNoNewPrivileges: true)
    #expect(support.isComplete && support.missing.isEmpty && support.notes.isEmpty)
  }

  @Test(arguments: [
    (SandboxSupport(landlockABI: nil, hasSystemCallFilter: true, hasNoNewPrivileges: true), "Landlock is missing"),
    (SandboxSupport(landlockABI: 7, hasSystemCallFilter: false, hasNoNewPrivileges: true), "seccomp is missing"),
    (SandboxSupport(landlockABI: 7, hasSystemCallFilter: true, hasNoNewPrivileges: false), "no_new_privs is missing"),
  ])
  func `each layer that is missing is named with its remedy`(support: SandboxSupport, text: String) {
    #expect(!support.isComplete && support.missing.count == 1)
    #expect(support.missing[0].hasPrefix(text) && support.missing[0].contains("; use "))
  }

  @Test func `an older Landlock is a remark, not a gap, as the filter of system calls stands`() {
    let support = SandboxSupport(landlockABI: 2, hasSystemCallFilter: true, hasNoNewPrivileges: true)
    #expect(support.isComplete && support.notes.count == 2)
  }

  @Test func `everything missing is three layers`() {
    let support = SandboxSupport(landlockABI: nil, hasSystemCallFilter: false, hasNoNewPrivileges: false)
    #expect(support.missing.count == 3)
  }
}
