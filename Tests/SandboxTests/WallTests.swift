import CSandbox
import Foundation
import Testing

@testable import Sandbox

@Suite struct `What may stay open` {
  @Test func `a connected stream, a pipe and the null device may`() throws {
    var ends: [Int32] = [-1, -1]
    var pipes: [Int32] = [-1, -1]
    #expect(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0 && pipe(&pipes) == 0)
    let null = open("/dev/null", O_RDWR)
    defer { for file in ends + pipes + [null] { close(file) } }
    for file in ends + pipes + [null] { try Descriptors.check(file) }
  }

  @Test func `a file, a folder, memory and a socket that leads elsewhere may not`() throws {
    let folder = try TestFolder()
    try folder.write("file", "x")
    var datagrams: [Int32] = [-1, -1]
    #expect(socketpair(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0, &datagrams) == 0)
    let rows: [(Int32, String)] = [
      (open(folder.path + "/file", O_RDONLY), "a file or folder"), (open(folder.path, O_RDONLY), "a file or folder"),
      (sandbox_sealed_memory(4096), "a file or folder"), (open("/dev/zero", O_RDONLY), "another device"),
      (socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0), "a socket that is not connected"),
      (datagrams[0], "a socket of datagrams"),
    ]
    defer { for file in rows.map(\.0) + [datagrams[1]] { close(file) } }
    for (file, found) in rows {
      #expect(throws: SandboxError.openDescriptor(file, found: found)) { try Descriptors.check(file) }
    }
  }
}

@Suite struct `Notes of attempts` {
  @Test func `whatever a process writes there, the reader lives and reads no more than there is room for`() throws {
    var generator = SystemRandomNumberGenerator()
    let seed = generator.next()
    var state = seed | 1
    for _ in 0..<200 {
      let log = try AttemptLog()
      let memory = try #require(sandbox_share_attempts(log.descriptor))
      defer { sandbox_release_attempts(memory) }
      let bytes = UnsafeMutableRawBufferPointer(start: memory, count: MemoryLayout<sandbox_attempts>.size)
      for index in bytes.indices {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        bytes[index] = UInt8(truncatingIfNeeded: state)
      }
      let news = log.takeNews()
      #expect(news.attempts.count <= SANDBOX_NOTED, "seed \(seed)")
      for attempt in news.attempts {
        #expect(attempt.description.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 }, "seed \(seed)")
      }
      #expect(log.takeNews() == AttemptLog.News(attempts: [], unnoted: 0))
    }
  }

  @Test func `a process that tried nothing has no news`() throws {
    let log = try AttemptLog()
    #expect(log.count == 0 && log.takeNews() == AttemptLog.News(attempts: [], unnoted: 0))
  }

  @Test(
    arguments: [
      ("socket", [2, 1, 0, 7], nil, "socket(2, 1, 0)"), ("kill", [0xffff_ffff, 9, 5, 5], nil, "kill(-1, 9)"),
      ("kill", [UInt64.max, 9, 5, 5], nil, "kill(-1, 9)"), ("getcwd", [0x7fff_0000_1234, 1, 1, 1], nil, "getcwd()"),
      ("openat", [1, 2, 3, 4], "/etc/\u{1b}[31mpasswd", "openat(\"/etc/\\u{1B}[31mpasswd\")"),
    ] as [(String, [UInt64], String?, String)])
  func `an attempt reads like the call`(call: String, arguments: [UInt64], path: String?, text: String) {
    var noted = sandbox_attempt()
    noted.number = UInt32(bitPattern: sandboxNumber(call))
    noted.arguments = (arguments[0], arguments[1], arguments[2], arguments[3])
    var attempt = SandboxAttempt(noted)
    attempt.path = path
    #expect(attempt.description == text)
  }

  private func sandboxNumber(_ call: String) -> Int32 {
    // The numbers of this machine: the attempt must find the name again.
    (0..<500).first { number in
      var noted = sandbox_attempt()
      noted.number = UInt32(number)
      return SandboxAttempt(noted).call == call
    } ?? -1
  }
}
