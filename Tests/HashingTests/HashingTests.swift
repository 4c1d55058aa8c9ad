import Testing

@testable import Hashing

/// A text with its hashes, from FIPS 180-4 and RFC 7693 tools (`sha256sum`, `b2sum -l 256`).
struct Vector: Sendable, CustomTestStringConvertible {
  var name: String
  var text: String
  var sha256: String
  var blake2b: String
  var testDescription: String { name }

  static let all = [
    Vector(
      name: "nothing", text: "", sha256: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
      blake2b: "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8"),
    Vector(
      name: "abc", text: "abc", sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
      blake2b: "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319"),
    Vector(
      name: "a million letters", text: String(repeating: "a", count: 1_000_000),
      sha256: "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
      blake2b: "0741850f36cba4259628355d1073e24ddb9ca0e1bfac36fd39ae5dc2101e23a4"),
  ]
}

@Suite struct `Hashes` {
  @Test(arguments: Vector.all) func `of known texts are the published ones`(_ vector: Vector) {
    #expect(SHA256.hash(vector.text).hex == vector.sha256)
    #expect(BLAKE2b.hash(vector.text).hex == vector.blake2b)
  }

  @Test func `do not depend on how the bytes are cut`() {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 37) }
    for size in [1, 7, 64, 127, 999] {
      var sha256 = SHA256()
      var blake2b = BLAKE2b()
      for start in stride(from: 0, to: bytes.count, by: size) {
        let piece = Array(bytes[start..<min(start + size, bytes.count)])
        sha256.update(piece)
        blake2b.update(piece)
      }
      #expect(sha256.finalize() == SHA256.hash(bytes), "pieces of \(size)")
      #expect(blake2b.finalize() == BLAKE2b.hash(bytes), "pieces of \(size)")
    }
  }

  @Test(.enabled(if: SHA256.isAccelerated, "this processor has no instructions for SHA-256"))
  func `are the same by the processor's instructions and by libsodium`() {
    var generator = SystemRandomNumberGenerator()
    let bytes = (0..<5000).map { _ in UInt8.random(in: 0...255, using: &generator) }
    for _ in 0..<300 {
      var quick = SHA256()
      var portable = SHA256()
      var start = 0
      while start < bytes.count {
        let end = min(bytes.count, start + Int.random(in: 0...700, using: &generator))
        bytes[start..<end].withUnsafeBytes {
          quick.update($0, isAccelerated: true)
          portable.update($0, isAccelerated: false)
        }
        start = end
        #expect(quick.digestSoFar() == portable.digestSoFar(), "\(end) of \(bytes)")
      }
    }
  }

  @Test func `are read back from their digits`() throws {
    let digest = SHA256.hash("wharf")
    #expect(Digest(hex: digest.hex) == digest)
    #expect(Digest(hex: digest.hex.uppercased()) == digest)
    #expect(Digest(bytes: digest.bytes) == digest)
  }

  @Test(arguments: ["", "ab", String(repeating: "g", count: 64), String(repeating: "0", count: 63)])
  func `are not read from other texts`(_ text: String) {
    #expect(Digest(hex: text) == nil)
  }
}
