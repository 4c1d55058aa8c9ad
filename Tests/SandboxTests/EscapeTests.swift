import Foundation
import Sandbox
import Testing

/// Plugins that try to get out. Each row says what the host must come to know of it.
@Suite(
  .serialized,
  .enabled(if: SandboxSupport.current.isComplete, "SKIPPED: this kernel lacks \(SandboxSupport.current.missing)"))
struct `Escapes` {
  /// An escape, and which refused calls the host must be told of.
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var calls: [String]
    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case(name: "reads_secrets", calls: ["openat", "open", "openat2", "name_to_handle_at"]),
    Case(name: "reads_host", calls: ["openat", "process_vm_readv", "process_vm_writev"]),
    Case(name: "looks_at_descriptors", calls: ["dup", "fcntl", "close", "dup3"]),
    Case(name: "uses_sockets", calls: ["socket", "socketpair", "connect", "bind", "sendto", "listen", "accept"]),
    Case(name: "starts_programs", calls: ["execve", "execveat", "clone"]),
    Case(name: "multiplies", calls: ["clone"]),
    Case(name: "traces_host", calls: ["ptrace", "kcmp"]),
    Case(name: "kills_host", calls: ["kill", "tkill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo"]),
    Case(name: "fills_memory", calls: ["mmap", "mlock", "memfd_create", "shmget"]),
    Case(
      name: "writes_files", calls: ["openat", "creat", "mkdir", "unlink", "rename", "symlink", "truncate", "chmod"]),
    Case(name: "looks_at_files", calls: ["newfstatat", "access", "readlink", "statfs", "chdir", "getcwd", "statx"]),
    Case(name: "makes_code", calls: ["mmap", "mprotect", "pkey_mprotect", "personality"]),
    Case(name: "raises_limits", calls: ["prlimit64", "setpriority", "sched_setscheduler", "sched_setaffinity"]),
    Case(
      name: "changes_walls", calls: ["unshare", "setns", "mount", "chroot", "setuid", "prctl", "seccomp", "capset"]),
    Case(name: "asks_kernel", calls: ["bpf", "userfaultfd", "perf_event_open", "keyctl", "ioctl", "pipe2"]),
    Case(
      name: "attacks_while_loading",
      calls: ["openat", "socket", "execve", "kill", "readlink", "memfd_create", "seccomp", "mmap"]),
    Case(name: "hides_attempts", calls: ["rt_sigaction", "socket"]),
    Case(name: "floods_output", calls: []),
  ]

  /// Escapes whose end is another than coming back.
  static let endings: [String: ChildEnding] = [
    "crashes": .killed(signal: SIGSEGV), "exits": .exited(status: 0), "blocks_signal": .killed(signal: SIGSYS),
    "calls_as_32_bit": .killed(signal: SIGSYS), "calls_as_x32": .killed(signal: SIGSYS),
  ]
  /// Escapes that do not come back at all.
  static let endless = ["spins", "sleeps"]

  @Test func `every escape in the folder is tried`() {
    let tried = Self.cases.map(\.name) + Self.endings.keys + Self.endless
    #expect(EscapePlugin.all == tried.sorted())
  }

  @Test(arguments: cases, EscapePlugin.User.allCases)
  func `fails, is noticed, and the plugin goes on`(escape: Case, user: EscapePlugin.User) throws {
    if user == .nobody, let reason = EscapePlugin.noOtherUser {
      return print("SKIPPED \(escape.name) as nobody: \(reason)")
    }
    let folder = try TestFolder()
    let canary = "canary-\(UUID().uuidString)"
    try folder.write(".env", "ALPACA_SECRET=\(canary)\n")
    try folder.write("config.yaml", "broker: # \(canary)\n")
    let result = try EscapePlugin.run(EscapePlugin.build(escape.name, in: folder), as: user)
    #expect(result.ending == .exited(status: 0), "\(result)")
    // The flood leaves no room for its own last words.
    #expect(result.isDone || escape.name == "floods_output", "\(result.output)")
    #expect(!result.output.contains("ESCAPED") && !result.output.contains(canary), "\(result.output)")
    #expect(!result.output.contains("BROKEN"), "\(result.output)")
    let calls = Set(result.attempts.map(\.call))
    for call in escape.calls { #expect(calls.contains(call), "\(call) is not among \(calls.sorted())") }
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/escaped"))
    #expect(try String(contentsOfFile: folder.path + "/config.yaml", encoding: .utf8).contains(canary))
  }

  @Test(arguments: endings.keys.sorted())
  func `ends the plugin's process, and the host knows how`(name: String) throws {
    let folder = try TestFolder()
    let result = try EscapePlugin.run(EscapePlugin.build(name, in: folder))
    #expect(result.ending == Self.endings[name], "\(result)")
    #expect(!result.output.contains("ESCAPED") && !result.output.contains("PRISONER DONE"), "\(result.output)")
  }

  @Test(arguments: endless)
  func `that never comes back is there until it is killed`(name: String) throws {
    let folder = try TestFolder()
    let result = try EscapePlugin.run(EscapePlugin.build(name, in: folder), deadline: 300)
    #expect(result.ending == nil && !result.output.contains("PRISONER DONE"))
  }

  @Test func `a loop without end is stopped when its processor time is used up`() throws {
    let folder = try TestFolder()
    let result = try EscapePlugin.run(EscapePlugin.build("spins", in: folder), options: ["cpu=1"])
    #expect(result.ending == .killed(signal: SIGXCPU))
  }

  @Test func `the path that a plugin wanted is told`() throws {
    let folder = try TestFolder()
    let result = try EscapePlugin.run(EscapePlugin.build("reads_secrets", in: folder))
    let told = result.attempts.map(\.description)
    #expect(told.contains("openat(\"\(folder.path)/.env\")"), "\(told)")
    #expect(told.contains("openat(\"/etc/passwd\")"), "\(told)")
  }

  @Test func `more attempts than can be told are counted`() throws {
    let folder = try TestFolder()
    let result = try EscapePlugin.run(EscapePlugin.build("multiplies", in: folder))
    #expect(result.attempts.count < 200 && result.total >= 2000)
  }

  @Test(arguments: ["reads_secrets", "looks_at_files", "uses_sockets", "makes_code"])
  func `an escape notices when it works, where there is no wall`(name: String) throws {
    let folder = try TestFolder()
    try folder.write(".env", "ALPACA_SECRET=canary\n")
    let result = try EscapePlugin.run(EscapePlugin.build(name, in: folder), options: ["free"])
    #expect(result.output.contains("ESCAPED"), "\(result)")
    #expect(result.total == 0)
  }

  @Test(arguments: ["landlock", "seccomp"])
  func `secrets stay unread behind either layer alone`(lacking: String) throws {
    let folder = try TestFolder()
    try folder.write(".env", "ALPACA_SECRET=canary\n")
    let result = try EscapePlugin.run(EscapePlugin.build("reads_secrets", in: folder), options: ["without=\(lacking)"])
    #expect(result.isDone && !result.output.contains("ESCAPED") && !result.output.contains("canary"), "\(result)")
    // Only the filter of system calls notices.
    #expect((result.total > 0) == (lacking == "landlock"))
  }

  @Test func `a process that must stay root, to read its plugin, has no threads`() throws {
    guard getuid() == 0 else { return print("SKIPPED: the tests do not run as root") }
    let folder = try TestFolder()
    let plugin = try EscapePlugin.build("multiplies", in: folder)
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder.path)
    let result = try EscapePlugin.run(plugin)
    #expect(result.isDone && !result.output.contains("ESCAPED"), "\(result)")
    #expect(result.output.contains("BROKEN: fewer than four threads"))
  }
}
