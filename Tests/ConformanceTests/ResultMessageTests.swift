import Testing

@testable import Conformance

@Suite struct `The result channel` {
  static let outcomes: [Outcome] = [
    .pass, .warn("look"), .fail("expected 1, found 2; é"), .skip(""), .fail(String(repeating: "x", count: 16_384)),
  ]
  static let token = (0..<16).map { UInt8($0 * 7) }

  @Test(arguments: outcomes) func `a result arrives as it was sent, in pieces of any size`(_ outcome: Outcome) {
    let bytes = ResultMessage(outcome).bytes(token: Self.token)
    for length in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 97)) {
      #expect(ResultMessage.read(Array(bytes[..<length]), token: Self.token) == .incomplete)
    }
    guard case .complete(let message) = ResultMessage.read(bytes, token: Self.token) else {
      Issue.record("not complete")
      return
    }
    #expect(message.verdict == outcome.verdict)
    #expect(message.detail == (outcome.detail == "" ? nil : outcome.detail))
  }

  @Test func `a detail that is too long is cut`() {
    let bytes = ResultMessage(.fail(String(repeating: "x", count: 100_000))).bytes(token: Self.token)
    guard case .complete(let message) = ResultMessage.read(bytes, token: Self.token) else {
      Issue.record("not complete")
      return
    }
    #expect(message.detail?.utf8.count == ResultMessage.detailLimit)
  }

  @Test func `what does not begin with the token is garbage from its first wrong byte on`() {
    let bytes = ResultMessage(.pass).bytes(token: Self.token)
    for place in 0..<16 {
      var wrong = bytes
      wrong[place] ^= 1
      #expect(ResultMessage.read(Array(wrong[...place]), token: Self.token) == .garbage)
    }
  }

  @Test func `what follows a result, an unknown verdict and a length beyond the limit are garbage`() {
    let bytes = ResultMessage(.pass).bytes(token: Self.token)
    #expect(ResultMessage.read(bytes + [0], token: Self.token) == .garbage)
    var unknown = bytes
    unknown[16] = 9
    #expect(ResultMessage.read(unknown, token: Self.token) == .garbage)
    var long = bytes
    long[20] = 0xff
    #expect(ResultMessage.read(long, token: Self.token) == .garbage)
  }

  @Test func `random bytes are never a result`() {
    var generator = SeededGenerator(seed: 11, stream: "random bytes")
    for _ in 0..<5000 {
      let bytes = (0..<Int.random(in: 1...64, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      if case .complete = ResultMessage.read(bytes, token: Self.token) { Issue.record("\(bytes)") }
      if case .complete = ResultMessage.read(Self.token + bytes.dropFirst(16), token: Self.token) {
        // Behind the right token everything is a result that has the form of one.
        #expect(bytes.count >= 16)
      }
    }
  }
}
