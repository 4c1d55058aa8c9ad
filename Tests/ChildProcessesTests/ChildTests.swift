import ChildProcesses
import Glibc
import Testing

/// Starts a command that may run for a minute, which none of them needs.
private func start(
  _ path: String, _ arguments: [String] = [], variables: [String] = [], timeout: Int64 = 60_000_000_000,
  outputLimit: Int = 1 << 16
) throws -> ChildProcess {
  try ChildProcess.start(
    ChildProcess.Command(
      path: path, arguments: arguments, variables: variables, timeout: timeout, outputLimit: outputLimit))
}

/// Everything a command writes until it ends.
private func all(_ child: ChildProcess) -> (output: String, errors: String, exit: ChildProcess.Exit?) {
  var (output, errors): ([UInt8], [UInt8]) = ([], [])
  while true {
    switch child.read(timeout: 60_000_000_000, { if $0 == 1 { output += $1 } else { errors += $1 } }) {
    case .pieces: continue
    case .ended(let exit):
      return (String(decoding: output, as: UTF8.self), String(decoding: errors, as: UTF8.self), exit)
    case .nothing, .occupied: return (String(decoding: output, as: UTF8.self), "", nil)
    }
  }
}

/// Whether a process is there and no mere entry of a table.
private func isRunning(_ process: pid_t) -> Bool {
  guard let file = fopen("/proc/\(process)/stat", "r") else { return false }
  defer { fclose(file) }
  var line = [CChar](repeating: 0, count: 256)
  guard fgets(&line, 256, file) != nil else { return false }
  return !String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self).contains(") Z")
}

@Suite struct `A command` {
  @Test func `gets its input and tells its output and end`() throws {
    let child = try start("/bin/cat")
    let outcome = Array("hello".utf8).withUnsafeBytes { child.write($0, finish: true, timeout: 0) }
    #expect(outcome == .written(5))
    let (output, errors, exit) = all(child)
    #expect(output == "hello" && errors == "")
    #expect(exit == ChildProcess.Exit(code: 0, signal: 0, isTimedOut: false))
    #expect(Array("x".utf8).withUnsafeBytes { child.write($0, finish: false, timeout: 0) } == .closed)
  }

  @Test func `has the environment it was given and nothing else`() throws {
    #expect(all(try start("/usr/bin/env", variables: ["A=1", "B=two words"])).output == "A=1\nB=two words\n")
  }

  @Test func `has no descriptor but its streams, a group of its own, and the root folder`() throws {
    let script =
      "ls /proc/self/fd | tr '\\n' ' '; pwd; read -r stat < /proc/$$/stat; set -- $stat; test $1 = $5 && echo own"
    let (output, errors, _) = all(try start("/bin/sh", ["-c", script], variables: ["PATH=/usr/bin:/bin"]))
    // `ls` opens the folder itself as its fourth.
    #expect(output == "0 1 2 3 /\nown\n" && errors == "")
  }

  @Test(arguments: [
    ("exit 3", Int32(3), Int32(0)), ("kill -9 $$", -1, 9), ("kill -15 $$", -1, 15), ("exit 300", 44, 0),
  ])
  func `tells how it ended`(_ script: String, _ code: Int32, _ signal: Int32) throws {
    let exit = all(try start("/bin/sh", ["-c", script])).exit
    #expect(exit == ChildProcess.Exit(code: code, signal: signal, isTimedOut: false))
  }

  @Test func `is killed with all it started when its time is over`() throws {
    let child = try start("/bin/sh", ["-c", "sleep 1000 & sleep 1000"], variables: ["PATH=/bin"], timeout: 50_000_000)
    #expect(all(child).exit == ChildProcess.Exit(code: -1, signal: SIGKILL, isTimedOut: true))
  }

  @Test func `ends when nobody refers to it any more`() throws {
    var child: ChildProcess? = try start("/bin/sh", ["-c", "echo $$; exec sleep 1000"], variables: ["PATH=/bin"])
    var text = ""
    _ = child?.read(timeout: 60_000_000_000) { text += String(decoding: $1, as: UTF8.self) }
    let process = try #require(pid_t(text.dropLast()))
    #expect(kill(process, 0) == 0)
    child = nil
    #expect(kill(process, 0) == -1 && errno == ESRCH)
  }

  @Test func `leaves nothing behind when it ends by itself`() throws {
    // What it left behind has its output open, and is ended with it.
    let (output, _, exit) = all(try start("/bin/sh", ["-c", "sleep 1000 & echo $!"], variables: ["PATH=/bin"]))
    #expect(exit?.code == 0)
    let left = try #require(pid_t(output.dropLast()))
    // Killing is not waiting: the system takes a moment.
    while isRunning(left) { sched_yield() }
  }

  @Test func `waits when nobody reads, and loses nothing`() throws {
    let child = try start("/bin/sh", ["-c", "head -c 3000000 /dev/zero"], variables: ["PATH=/usr/bin:/bin"])
    var count = 0
    reading: while true {
      switch child.read(timeout: 60_000_000_000, { count += $1.count }) {
      case .pieces: continue
      default: break reading
      }
    }
    #expect(count == 3_000_000)
  }

  @Test func `that reads nothing makes the writer wait no longer than it wants`() throws {
    let child = try start("/bin/sleep", ["1000"])
    let bytes = [UInt8](repeating: 0, count: 1 << 20)
    guard case .written(let count) = bytes.withUnsafeBytes({ child.write($0, finish: true, timeout: 0) }) else {
      Issue.record("nothing went in")
      return
    }
    #expect(count > 0 && count < bytes.count)
    #expect(bytes.withUnsafeBytes { child.write($0, finish: true, timeout: 1_000_000) } == .busy)
    child.stop(SIGTERM)
    #expect(all(child).exit == ChildProcess.Exit(code: -1, signal: SIGTERM, isTimedOut: false))
  }

  @Test(arguments: [("/nowhere/at/all", "No such file or directory"), ("/etc/passwd", "Permission denied")])
  func `that cannot be started says why`(_ path: String, _ reason: String) throws {
    #expect(throws: ChildProcess.StartFailure(reason: reason)) { try start(path) }
  }
}
