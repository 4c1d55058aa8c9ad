import Testing

@testable import PluginHost

@Suite struct `A template` {
  @Test(
    arguments: [
      ("plain", "plain"), ("", ""), ("a${secret:A}b", "a<A>b"), ("$$", "$"), ("$$$$x", "$$x"),
      ("${secret:A}${secret:A}", "<A><A>"), ("${basic:A:B}", "PEE+OjxCPg=="), ("$${secret:A}", "${secret:A}"),
    ]) func `stands for its secrets`(_ text: String, _ filled: String) throws
  {
    let template = try #require(SecretTemplate(text))
    #expect(template.filled(["A": "<A>", "B": "<B>"]) == filled)
  }

  @Test(
    arguments: [
      "$", "$x", "${", "${}", "${secret}", "${secret:}", "${secret:A:B}", "${secret:a b}", "${basic:A}",
      "${basic:A:B:C}",
      "${env:A}", "${secret:A", "${SECRET:A}", "${secret:../x}", "a$ b",
    ]) func `is refused with any other dollar sign`(_ text: String)
  {
    #expect(SecretTemplate(text) == nil)
  }

  @Test func `names what it needs and what it puts in`() throws {
    let template = try #require(SecretTemplate("x${secret:A}y${basic:B:C}"))
    #expect(template.names == ["A", "B", "C"])
    #expect(Set(template.inserted(["A": "1", "B": "2", "C": "3"])) == ["1", "2", "3", "2:3"])
  }

  @Test(
    arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("foobar", "Zm9vYmFy")]
  ) func `uses base64 as RFC 4648 has it`(_ text: String, _ expected: String) {
    #expect(base64(Array(text.utf8)) == expected)
  }

  @Test func `is percent-encoded in a path`() {
    #expect(percentEncoded("1:aZ-._~/?&=+ \u{e9}%") == "1:aZ-._~%2F%3F%26%3D%2B%20%C3%A9%25")
  }
}

@Suite struct `Redaction` {
  static let secret = "tok/en+42=\"x\\y\" z%"

  /// Ways in which a service may write the secret into its answer.
  static let forms: [String] = [
    secret, secret.uppercased(), percentEncoded(secret), percentEncoded(secret).lowercased(),
    percentEncoded(secret).replacing("%20", with: "+"), secret.replacing(" ", with: "+"),
    secret.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""),
    secret.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("/", with: "\\/"),
    secret.utf8.map { "\\u00" + (String($0, radix: 16).count < 2 ? "0" : "") + String($0, radix: 16) }.joined(),
    secret.utf8.map { "%" + (String($0, radix: 16).count < 2 ? "0" : "") + String($0, radix: 16) }.joined(),
    secret.utf8.map { (String($0, radix: 16).count < 2 ? "0" : "") + String($0, radix: 16) }.joined(),
    base64(Array(secret.utf8)), base64(Array(("a" + secret).utf8)), base64(Array(("ab" + secret + "c").utf8)),
    base64(Array(secret.utf8)).replacing("+", with: "-").replacing("/", with: "_"),
    percentEncoded(base64(Array(secret.utf8))),
  ]

  private func clean(_ text: String, of secrets: [String], pieces: Int) -> String {
    var redactor = Redactor(secrets)
    var out: [UInt8] = []
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: pieces) {
      Array(bytes[start..<min(start + pieces, bytes.count)]).withUnsafeBytes { redactor.feed($0) { out += $0 } }
    }
    redactor.finish { out += $0 }
    return String(decoding: out, as: UTF8.self)
  }

  @Test(arguments: forms, [1, 2, 3, 7, 1000]) func `cuts a secret out however it is written and torn`(
    _ form: String, _ pieces: Int
  ) {
    let found = clean("before \(form) after", of: [Self.secret], pieces: pieces)
    #expect(found.hasPrefix("before ") && found.hasSuffix(" after"), "\(found)")
    #expect(found.contains("(redacted)"))
    #expect(found.utf8.count <= "before (redacted) after".utf8.count + 8, "\(found)")
  }

  @Test(arguments: [1, 3, 1000]) func `leaves everything else as it is`(_ pieces: Int) {
    let text = "100 % of tok/en+42=\"x is \\ no secret, nor tok/en+42=\"x\\y\" z, \\u0041 %41 %"
    #expect(clean(text, of: [Self.secret], pieces: pieces) == text)
    #expect(clean(text, of: [], pieces: pieces) == text)
  }

  @Test func `cuts out secrets that overlap, touch, or hold one another`() {
    #expect(clean("xabcdefx", of: ["abcd", "cdef"], pieces: 1) == "x(redacted)x")
    #expect(clean("xabcdabcdx", of: ["abcd"], pieces: 3) == "x(redacted)(redacted)x")
    #expect(clean("xabcdefghx", of: ["cd", "abcdefgh"], pieces: 2) == "x(redacted)x")
    #expect(clean("abab", of: ["abac"], pieces: 1) == "abab")
  }

  @Test func `knows secrets of several lines as JSON has them`() {
    #expect(
      clean("{\"key\":\"BEGIN\\nab\\tc\\r\\nEND\"}", of: ["BEGIN\nab\tc\r\nEND"], pieces: 2)
        == "{\"key\":\"(redacted)\"}")
  }

  @Test func `passes on at once what cannot be the beginning of a secret`() {
    var redactor = Redactor(["zzzz"])
    var passed = ""
    Array("hello zz".utf8).withUnsafeBytes { redactor.feed($0) { passed += String(decoding: $0, as: UTF8.self) } }
    #expect(passed == "hello ")
  }
}
