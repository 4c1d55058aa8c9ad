import Testing
import TradingCore

@testable import PluginHost

@Suite struct `The grammar of manifests` {
  @Test(arguments: ["1.0.0", "0.0.1", "10.20.30", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-x-y.7+build.01", "1.0.0+a"])
  func `takes versions of semver.org`(_ text: String) {
    #expect(SemanticVersion(text)?.description == text)
  }

  @Test(arguments: ["", "1", "1.0", "1.0.0.0", "01.0.0", "1.0.0-", "1.0.0-01", "1.0.0+", "v1.0.0", "1.0.x", "1.0.0 "])
  func `takes no other versions`(_ text: String) {
    #expect(SemanticVersion(text) == nil)
  }

  @Test(arguments: ["http:api.example.com", "websocket:x.io:1", "process:claude", "secret:A_1"])
  func `takes permissions`(_ text: String) {
    #expect(Permission(text)?.description == text)
  }

  @Test(
    arguments: [
      "", "http", "http:", "http:*", "http:a..b", "http:-a.b", "http:a:0", "http:a:065", "http:A.com", "http://a",
      "process:/bin/sh", "process:../x", "secret:A-B", "file:/etc/passwd",
    ])
  func `takes no other permissions`(_ text: String) {
    #expect(Permission(text) == nil)
  }

  @Test(arguments: [
    ("hold" as String?, PositionPolicy.hold), ("protect", .protect), ("flatten", .flatten), (nil, .protect),
  ])
  func `takes a policy for positions`(_ text: String?, _ policy: PositionPolicy) throws {
    let section = CPlugin.manifest(["on_failure": text.map { "\"\($0)\"" }])
    #expect(try ManifestReader.read(Array(section.utf8), host: .host).onFailure == policy)
  }

  @Test func `keeps what JSON means`() throws {
    let object = #" {"a":[1,true,false,null,"x",[]],"b":{}} "#
    #expect(
      try JSONReader.read(Array(object.utf8))
        == .object([
          JSONValue.Member(
            key: "a",
            value: .array([.number("1"), .boolean(true), .boolean(false), .null, .string("x"), .array([])])),
          JSONValue.Member(key: "b", value: .object([])),
        ]))
    let text = #""\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00é""#
    #expect(try JSONReader.read(Array(text.utf8)) == .string("\"\\/\u{8}\u{c}\n\r\té😀é"))
    #expect(try JSONReader.read(Array("-0.5e+3".utf8)) == .number("-0.5e+3"))
  }

  @Test(
    arguments: [
      ("", "the text ends where a value should be"), ("{", "a key in double quotes should be here"),
      ("[1,]", "no value starts with this character"), (#"{"a":1,}"#, "a key in double quotes should be here"),
      ("[1 2]", "a comma or ] should be here"), (#"{"a" 1}"#, "a colon should be here"),
      ("01", "not a JSON number"), ("1.", "not a JSON number"), ("1e", "not a JSON number"), ("-", "not a JSON number"),
      ("tru", "no value starts with this character"), ("NaN", "no value starts with this character"),
      ("\"a", "a text without closing quotes"), ("\"\n\"", "control character in a text"),
      (#""\x""#, "unknown escape"), (#""\u12""#, "four hexadecimal digits should be here"),
      (#""\u+123""#, "four hexadecimal digits should be here"), (#""\ud800""#, "half a character"),
      (#""\udc00\ud800""#, "half a character"), ("1 1", "text after the end"), ("\"a\\", "unknown escape"),
      (String(repeating: "[", count: 18), "more than 16 levels"),
    ])
  func `says what is no JSON`(_ text: String, _ problem: String) {
    #expect { try JSONReader.read(Array(text.utf8)) } throws: { ($0 as? JSONSyntaxError)?.what == problem }
  }

  @Test func `refuses texts that are not UTF-8`() {
    #expect(throws: JSONSyntaxError(line: 1, column: 3, what: "this text is not UTF-8")) {
      try JSONReader.read([0x22, 0xff, 0x22])
    }
  }
}
