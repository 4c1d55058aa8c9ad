import PluginHost
import Testing

/// A request that must not leave, and what is said of it.
struct Refused: Sendable, CustomTestStringConvertible {
  var what: String
  var options: [String: String]
  var status: Int
  var told: String
  init(_ what: String, _ options: [String: String], _ status: Int, _ told: String) {
    self.what = what
    self.options = options
    self.status = status
    self.told = told
  }
  var testDescription: String { what }

  static let invalid = 1
  static let rejected = 4
  static let all = [
    Refused(
      "another host", ["to": "evil.example"], rejected,
      "http.send: request.destination: expected a granted destination, found evil.example"),
    Refused(
      "a host that ends alike", ["to": "xapi.example.com"], rejected,
      "http.send: request.destination: expected a granted destination, found xapi.example.com"),
    Refused(
      "a port that was not granted", ["to": "api.example.com:8443"], rejected,
      "http.send: request.destination: expected a granted destination, found api.example.com:8443"),
    Refused(
      "a name in the destination", ["to": "user@api.example.com"], invalid,
      "http.send: request.destination: expected a host name in lower case, perhaps with a port, found user@api.example.com"
    ),
    Refused(
      "a path in the destination", ["to": "api.example.com/x"], invalid,
      "http.send: request.destination: expected a host name in lower case, perhaps with a port, found api.example.com/x"
    ),
    Refused(
      "an address", ["to": "127.0.0.1"], invalid,
      "http.send: request.destination: expected a host name in lower case, perhaps with a port, found 127.0.0.1"),
    Refused(
      "an address in one number", ["to": "0x7f000001"], invalid,
      "http.send: request.destination: expected a host name in lower case, perhaps with a port, found 0x7f000001"),
    Refused(
      "another method", ["method": "TRACE"], invalid,
      "http.send: request.method: expected a method of http.h, found TRACE"),
    Refused("no method", ["method": ""], invalid, "http.send: request.method: expected a method of http.h, found "),
    Refused(
      "a secret that was not granted", ["header": "X", "value": "${secret:OTHER}"], rejected,
      "http.send: request.secret: expected a granted secret, found OTHER"),
    Refused(
      "a secret in the path that was not granted", ["path": "/${secret:OTHER}"], rejected,
      "http.send: request.secret: expected a granted secret, found OTHER"),
    Refused(
      "a secret in basic that was not granted", ["header": "X", "value": "${basic:KEY:OTHER}"], rejected,
      "http.send: request.secret: expected a granted secret, found OTHER"),
    Refused(
      "another template", ["header": "X", "value": "${env:HOME}"], invalid,
      "http.send: request.headers.value: expected ${secret:NAME}, ${basic:NAME:NAME} or $$, found another dollar sign"),
    Refused(
      "a line break in a header", ["header": "X", "value": "a\r\nY: b"], invalid,
      "http.send: request.headers.value: expected text without line breaks, found a control character"),
    Refused(
      "a line break in a header's name", ["header": "X\r\nY", "value": "a"], invalid,
      #"http.send: request.headers.name: expected a name that the host does not write itself, found X\r\nY"#),
    Refused(
      "the host's own header", ["header": "hOsT", "value": "a"], invalid,
      "http.send: request.headers.name: expected a name that the host does not write itself, found hOsT"),
    Refused(
      "a header of framing", ["header": "Transfer-Encoding", "value": "chunked"], invalid,
      "http.send: request.headers.name: expected a name that the host does not write itself, found Transfer-Encoding"),
    Refused(
      "a header for proxies", ["header": "Proxy-Authorization", "value": "a"], invalid,
      "http.send: request.headers.name: expected a name that the host does not write itself, found Proxy-Authorization"),
    Refused(
      "a path without a slash", ["path": "@evil.example/"], invalid,
      "http.send: request.path: expected a path from / on, found another"),
    Refused(
      "a path that begins with a secret", ["path": "${secret:KEY}"], invalid,
      "http.send: request.path: expected a path from / on, found another"),
    Refused(
      "a blank in the path", ["path": "/a b"], invalid,
      "http.send: request.path: expected percent-encoded text, found a character that must be encoded"),
    Refused(
      "a line break in the path", ["path": "/a\r\nX: y"], invalid,
      "http.send: request.path: expected percent-encoded text, found a character that must be encoded"),
    Refused(
      "a fragment", ["path": "/a#b"], invalid,
      "http.send: request.path: expected percent-encoded text, found a character that must be encoded"),
    Refused(
      "half an encoded character", ["path": "/a%2"], invalid,
      "http.send: request.path: expected percent-encoded text, found a character that must be encoded"),
    Refused(
      "a body with GET", ["body": "x"], invalid, "http.send: request.body: expected none with GET, found a body"),
    Refused(
      "a flag that is not listed", ["flags": "4"], invalid, "http.send: request.flags: expected listed flags, found 4"),
    Refused(
      "a time below 0", ["timeout": "-1"], invalid, "http.send: request.timeout: expected 0 or more, found -1"),
    Refused(
      "a limit beyond the host's", ["most": "16777217"], invalid,
      "http.send: request.response_limit: expected at most 16 MiB, found 16777217"),
    Refused(
      "a budget with a blank", ["budget": "a b"], invalid,
      "http.send: request.budget: expected printable ASCII without blanks, found a b"),
  ]
}

extension WaysOut {
  @Suite struct `The table wharf.http` {
    @Test(arguments: Refused.all) func `lets nothing out and tells of`(_ row: Refused) throws {
      let request = Request(row.options)
      #expect(try request.run() == [" -> \(row.status)"])
      #expect(request.transport.exchanges.isEmpty)
      #expect(request.recorder.messages == [row.told])
      let kind: PluginFault.Kind = row.status == Refused.rejected ? .security : .violation
      #expect(request.recorder.faults.map(\.kind) == [kind])
      #expect(request.recorder.faults.first?.plugin.id == "tiny")
    }

    @Test func `is not there without a permission for it`() throws {
      for permissions in [[], ["secret:KEY"], ["process:cat"]] {
        var request = Request()
        request.permissions = permissions
        #expect(try request.run() == ["no table"])
      }
    }

    @Test func `puts secrets in on the way out`() throws {
      let request = Request([
        "method": "POST", "path": "/bot${secret:KEY}/x?k=${secret:api_key}&c=$$", "header": "Authorization",
        "value": "Basic ${basic:USER:KEY}", "body": "{${secret:KEY}}", "flags": "1", "api_key": "${secret:REAL}",
      ])
      #expect(try request.run() == ["200  -> 0"])
      let exchange = try #require(request.transport.exchanges.first)
      #expect(exchange.path == "/botkey-12345678/x?k=real-12345678&c=$")
      #expect(
        exchange.headers.map { "\($0.name): \($0.value)" } == [
          "Authorization: Basic dXNlci0xMjM0NTY3ODprZXktMTIzNDU2Nzg="
        ])
      #expect(exchange.body == Array("{key-12345678}".utf8))
      #expect(!exchange.isPlain && exchange.destination == "api.example.com")
      #expect(request.recorder.faults.isEmpty)
    }

    @Test func `leaves a body that is no template as it is`() throws {
      let request = Request(["method": "POST", "body": "${secret:OTHER} $"])
      #expect(try request.run() == ["200  -> 0"])
      #expect(request.transport.exchanges.first?.body == Array("${secret:OTHER} $".utf8))
    }

    @Test func `encodes a secret in a path, and refuses one that would break a header`() throws {
      var request = Request(["path": "/${secret:KEY}"])
      request.secrets["KEY"] = "a/../b?c d\n"
      #expect(try request.run() == ["200  -> 0"])
      #expect(request.transport.exchanges.first?.path == "/a%2F..%2Fb%3Fc%20d%0A")
      var header = Request(["header": "X", "value": "${secret:KEY}"])
      header.secrets["KEY"] = "a\r\nHost: evil.example"
      #expect(try header.run().last == " -> 9")
      #expect(header.transport.exchanges.isEmpty)
      #expect(!header.recorder.lines.contains { $0.text.contains("evil") })
    }

    @Test func `says which secret is set nowhere`() throws {
      var request = Request(["header": "X", "value": "${secret:KEY}"])
      request.secrets["KEY"] = nil
      #expect(
        try request.run() == [
          "secret KEY is set nowhere; set it in the environment or in .env in the home folder", " -> 9",
        ])
      #expect(request.transport.exchanges.isEmpty)
    }

    @Test func `cuts out of the answer what it put in, and whatever else was granted`() throws {
      var request = Request(["header": "X", "value": "${secret:KEY}"])
      request.transport = FakeTransport(
        headers: [("x-echo", "got key-12345678"), ("location", "/x?u=USER-12345678")],
        pieces: ["key-123", "45678 a2V5LTEyMzQ1Njc4 user-", "12345678 other-12345678 end"])
      let said = try request.run().joined()
      #expect(
        said
          == "200 x-echo=got (redacted) location=/x?u=(redacted) (redacted) (redacted) (redacted) other-12345678 end -> 0"
      )
    }

    @Test(arguments: [
      (HTTPEnding.notSent(reason: "no route"), " -> 5", "http.send to api.example.com: not sent: no route"),
      (.unknown(reason: "cut"), " -> 6", "http.send to api.example.com: sent, no complete response: cut"),
    ]) func `tells a request that never left from one that may have`(
      _ ending: HTTPEnding, _ status: String, _ line: String
    ) throws {
      var request = Request()
      request.transport = FakeTransport(ending)
      let said = try request.run()
      #expect(said == [line, "200 " + status])
    }

    @Test func `says that there is no budget, and waits when there is time`() throws {
      let late = Request(["timeout": "1000000000"])
      #expect(
        try late.run([1, 1, 1, 1]).suffix(2) == [
          "http.send to api.example.com: no budget within the time it may take", " -> 7",
        ])
      #expect(late.transport.exchanges.count == 3 && late.time.waited.isEmpty)
      var patient = Request(["timeout": "0"])
      patient.yaml = "http: {rate: 3 per 30, reserve_percent: 0}\n"
      #expect(try patient.run([1, 1, 1, 1]).last == "200  -> 0")
      #expect(patient.time.waited == [30_000_000_000])
    }

    @Test func `keeps budget back for protective requests`() throws {
      var usual = Request()
      usual.yaml = "http: {rate: 2 per 60, reserve_percent: 50, timeout_seconds: 5}\n"
      #expect(try usual.run([1, 1]).last == " -> 7")
      var protective = Request(["flags": "2"])
      protective.yaml = usual.yaml
      #expect(try protective.run([1, 1]).last == "200  -> 0")
    }

    @Test func `heeds limits, and only of granted destinations`() throws {
      let request = Request(["timeout": "1"])
      #expect(try request.run([3, 1]).last == " -> 7")
      #expect(request.recorder.lines.first?.text == "0411")
      #expect(request.recorder.faults.first?.kind == .security)
    }

    @Test func `goes without TLS to this machine only, and only when a person said so`() throws {
      for (yaml, destination, isPlain) in [
        ("http: {plain_loopback: yes}\n", "localhost:8080", true), ("", "localhost:8080", false),
        ("http: {plain_loopback: yes}\n", "localhost.example:8080", false),
      ] {
        var request = Request(["to": destination])
        request.yaml = yaml
        request.permissions = ["http:\(destination)"]
        #expect(try request.run() == ["200  -> 0"])
        #expect(request.transport.exchanges.first?.isPlain == isPlain)
      }
    }

    @Test func `tells every security event until they become noise`() throws {
      let noise = Request(["to": "evil.example"])
      _ = try noise.run(Array(repeating: 1, count: 1200))
      // The plugin's own lines do not use up what is left for security events.
      #expect(noise.recorder.faults.count { $0.kind == .security } == 1000)
      #expect(
        noise.recorder.lines.contains {
          $0.text == "lines of this plugin are dropped: more than 1000 at once and 100 a second"
        })
      #expect(noise.recorder.lines.last?.text == "400 lines of this plugin were dropped")
    }
  }
}
