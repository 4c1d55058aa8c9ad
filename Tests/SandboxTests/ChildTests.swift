import Foundation
import Testing

@testable import Sandbox

@Suite struct `A child` {
  /// Runs a shell command as a child to its end.
  private func shell(_ command: String, descriptors: [Int32] = []) throws -> (ending: ChildEnding?, output: String) {
    let child = try ChildProcess(executable: "/bin/sh", arguments: ["-c", command], descriptors: descriptors)
    let ending = child.wait(milliseconds: 60_000)
    return (ending, String(decoding: child.takeOutput(), as: UTF8.self))
  }

  @Test func `has an empty environment`() throws {
    let child = try ChildProcess(executable: "/usr/bin/env", arguments: [])
    #expect(child.wait(milliseconds: 60_000) == .exited(status: 0))
    #expect(child.takeOutput().isEmpty)
  }

  @Test func `has only the descriptors it was given, in order, and reads nothing`() throws {
    let folder = try TestFolder()
    try folder.write("first", "one")
    try folder.write("second", "two")
    let given = ["second", "first"].map { open("\(folder.path)/\($0)", O_RDONLY) }
    defer { for file in given { close(file) } }
    // Left open on purpose, without close-on-exec.
    let stray = dup(given[0])
    defer { close(stray) }
    let result = try shell("cat <&4; cat <&5; wc -c; echo /proc/self/fd/*", descriptors: given)
    // The shell's own view: what is open while it expands the pattern.
    #expect(
      result.output.hasPrefix(
        "twoone0\n/proc/self/fd/0 /proc/self/fd/1 /proc/self/fd/2 /proc/self/fd/3 /proc/self/fd/4 /proc/self/fd/5"),
      "\(result)")
    #expect(!result.output.contains("/proc/self/fd/\(stray) "), "\(result)")
  }

  @Test func `is the leader of a session of its own, in the root folder`() throws {
    let result = try shell("read -r a b c d e f g < /proc/$$/stat; echo $$ $e $f; pwd")
    let words = result.output.split(whereSeparator: \.isWhitespace)
    #expect(words.count == 4 && words[0] == words[1] && words[1] == words[2] && words[3] == "/", "\(result)")
  }

  @Test func `does not inherit blocked or ignored signals`() throws {
    signal(SIGPIPE, SIG_IGN)
    let result = try shell("grep -E '^Sig(Blk|Ign|Cgt)' /proc/self/status")
    for line in result.output.split(separator: "\n") where !line.hasPrefix("SigCgt") {
      #expect(line.hasSuffix("\t0000000000000000"), "\(line)")
    }
  }

  @Test(arguments: [
    ("exit 3", ChildEnding.exited(status: 3), "exit status 3"),
    ("kill -SEGV $$", .killed(signal: SIGSEGV), "SIGSEGV (Segmentation fault)"),
    ("kill -SYS $$", .killed(signal: SIGSYS), "SIGSYS (a forbidden system call)"),
  ])
  func `is reaped with how it ended`(command: String, ending: ChildEnding, text: String) throws {
    let result = try shell(command)
    #expect(result.ending == ending && ending.description == text)
  }

  @Test func `is waited for no longer than was said, and ends when it is told to`() throws {
    let child = try ChildProcess(executable: "/bin/sleep", arguments: ["1000"])
    #expect(child.ending == nil && child.wait(milliseconds: 1) == nil)
    #expect(child.end() == .killed(signal: SIGKILL))
    #expect(child.ending == .killed(signal: SIGKILL) && child.end() == .killed(signal: SIGKILL))
  }

  @Test func `ends when nobody holds it any more, and leaves no process behind`() throws {
    var child: ChildProcess? = try ChildProcess(executable: "/bin/sleep", arguments: ["1000"])
    let number = try #require(child?.identifier)
    child = nil
    #expect(kill(number, 0) == -1 && errno == ESRCH)
  }

  @Test func `that cannot be started is an error that says so`() {
    #expect(throws: SandboxError.refused(step: "starting /no/such/program", errno: ENOENT)) {
      try ChildProcess(executable: "/no/such/program", arguments: [])
    }
  }

  @Test func `never blocks on what it writes, of which the host takes a part`() throws {
    let child = try ChildProcess(executable: "/bin/sh", arguments: ["-c", "head -c 1000000 /dev/zero; exit 5"])
    #expect(child.wait(milliseconds: 60_000) == .exited(status: 5))
    #expect(!child.takeOutput().isEmpty)
  }

  @Test func `can be started from many threads at once`() async throws {
    let endings = await withTaskGroup(of: ChildEnding?.self) { group in
      for number in 0..<32 {
        group.addTask {
          try? ChildProcess(executable: "/bin/sh", arguments: ["-c", "exit \(number)"]).wait(milliseconds: 60_000)
        }
      }
      return await group.reduce(into: Set<ChildEnding?>()) { $0.insert($1) }
    }
    #expect(endings == Set((0..<32).map { ChildEnding.exited(status: $0) }))
  }

  @Test func `outlives the thread that started it, and not the process`() throws {
    let parent = try ChildProcess(executable: EscapePlugin.executable, arguments: ["--parent"])
    var text = ""
    while !text.contains("THREAD ENDED\n") {
      try #require(parent.ending == nil, "\(text)")
      text += String(decoding: parent.takeOutput(), as: UTF8.self)
      usleep(1000)
    }
    let number = try #require(pid_t(text.split(whereSeparator: \.isWhitespace)[1]))
    // It may still be on its way to where it waits.
    while let state = state(of: number), state == "R" || state == "D" { usleep(1000) }
    #expect(state(of: number) == "S")
    #expect(parent.end() == .killed(signal: SIGKILL))
    // Whoever inherits it may be slow to bury it.
    while let state = state(of: number), state != "Z" { usleep(1000) }
  }

  /// `S` for a process that sleeps, `Z` for one that ended; `nil` for one that is gone.
  private func state(of process: pid_t) -> Substring? {
    guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return nil }
    return text.split(separator: " ").dropFirst(2).first
  }
}
