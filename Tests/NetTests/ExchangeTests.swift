import LoopbackServer
import Net
import Testing

/// What came back, put together.
final class Response {
  var status: Int32 = 0
  var headers: [String] = []
  var body: [UInt8] = []
  var text: String { String(decoding: body, as: UTF8.self) }

  func take(_ piece: HTTPClient.Piece) {
    switch piece {
    case .status(let code): status = code
    case .header(let name, let value): headers.append("\(name)=\(String(decoding: value, as: UTF8.self))")
    case .body(let bytes): body += bytes
    }
  }
}

/// Sends a request to a server of the test; twenty seconds are far more than any of them needs.
func send(
  to server: LoopbackServer, isPlain: Bool = true, _ change: (inout HTTPClient.Request) -> Void = { _ in }
) -> (ending: HTTPClient.Ending, response: Response) {
  var request = HTTPClient.Request(
    isPlain: isPlain, destination: "localhost:\(server.port)",
    deadline: HTTPClient.monotonicNanoseconds() + 20_000_000_000)
  change(&request)
  let response = Response()
  let ending = HTTPClient().perform(request, response.take)
  return (ending, response)
}

@Suite struct `A request` {
  @Test func `says what it was told, and adds four headers`() throws {
    let server = LoopbackServer(
      answering: LoopbackServer.response("201 Created", headers: ["X-A: 1", "x-a:  2 "], "done"))
    let (ending, response) = send(to: server) {
      $0.method = "POST"
      $0.path = "/a/../b?c=%20"
      $0.headers = [("X-Key", "value"), ("Empty", "")]
      $0.body = Array("hello".utf8)
    }
    #expect(ending == .complete)
    #expect(response.status == 201 && response.text == "done")
    #expect(response.headers == ["x-a=1", "x-a=2", "content-length=4"])
    let sent = try #require(server.requests.first).split(separator: "\r\n", omittingEmptySubsequences: false)
    #expect(sent.first == "POST /a/../b?c=%20 HTTP/1.1" && sent.last == "hello")
    let names = sent.dropFirst().prefix { !$0.isEmpty }.map { $0.prefix { $0 != ":" } }
    #expect(Set(names) == ["Host", "Accept-Encoding", "X-Key", "Empty", "Connection", "Content-Length"])
  }

  @Test(arguments: ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"]) func `has its method and no body`(
    _ method: String
  ) throws {
    let server = LoopbackServer(answering: "HTTP/1.1 204 No Content\r\n\r\n")
    let (ending, response) = send(to: server) { $0.method = method }
    #expect(ending == .complete && response.status == 204)
    #expect(try #require(server.requests.first).hasPrefix("\(method) / HTTP/1.1\r\n"))
  }

  @Test func `with an empty body says that it has none`() throws {
    let server = LoopbackServer(answering: LoopbackServer.response())
    #expect(send(to: server) { ($0.method, $0.body) = ("POST", []) }.ending == .complete)
    #expect(try #require(server.requests.first).contains("Content-Length: 0\r\n"))
  }

  @Test func `follows no redirect`() throws {
    let server = LoopbackServer { connection, server in
      server.note(connection.readRequest())
      connection.send(LoopbackServer.response("302 Found", headers: ["Location: /other"]))
    }
    let (ending, response) = send(to: server)
    #expect(ending == .complete && response.status == 302)
    #expect(server.requests.count == 1)
  }

  @Test func `passes over interim responses and trailers, and joins chunks`() {
    let server = LoopbackServer(
      answering: "HTTP/1.1 103 Early\r\nX-Early: 1\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        + "3\r\nabc\r\n2\r\nde\r\n0\r\nX-Late: 1\r\n\r\n")
    let (ending, response) = send(to: server)
    #expect(ending == .complete && response.text == "abcde")
    #expect(response.headers == ["transfer-encoding=chunked"])
  }

  @Test func `undoes a coding and leaves its headers out`() {
    // "abc" as gzip makes it.
    let packed: [UInt8] = [
      0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0x4b, 0x4c, 0x4a, 6, 0, 0xc2, 0x41, 0x24, 0x35, 3, 0, 0, 0,
    ]
    let server = LoopbackServer { connection, _ in
      _ = connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nX-B: 1\r\nContent-Length: \(packed.count)\r\n\r\n")
      connection.send(packed)
    }
    let (ending, response) = send(to: server)
    #expect(ending == .complete && response.text == "abc" && response.headers == ["x-b=1"])
  }

  @Test func `over TLS begins with its greeting, and leaves only when the other side has proved itself`() {
    let server = LoopbackServer { connection, server in
      server.note(String(decoding: connection.read() ?? [], as: UTF8.self))
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
    }
    let (ending, response) = send(to: server, isPlain: false) { $0.headers = [("X-Key", "value")] }
    guard case .notSent = ending else {
      Issue.record("\(ending)")
      return
    }
    #expect(response.status == 0)
    // A record of a handshake, and nothing of the request.
    #expect(server.requests.count == 1 && server.requests[0].utf8.first == 0x16)
    #expect(!server.requests[0].contains("GET") && !server.requests[0].contains("value"))
  }
}

@Suite struct `An exchange without a whole response` {
  @Test func `was not sent when nobody listens`() {
    let port = LoopbackServer(answering: "").port
    var request = HTTPClient.Request(
      isPlain: true, destination: "localhost:\(port)", deadline: HTTPClient.monotonicNanoseconds() + 20_000_000_000)
    request.method = "POST"
    guard case .notSent = HTTPClient().perform(request, { _ in }) else {
      Issue.record("something listened")
      return
    }
  }

  @Test func `was not sent when the name does not exist`() {
    let request = HTTPClient.Request(
      destination: "nowhere.invalid", deadline: HTTPClient.monotonicNanoseconds() + 20_000_000_000)
    guard case .notSent = HTTPClient().perform(request, { _ in }) else {
      Issue.record("a name that cannot exist was found")
      return
    }
  }

  static let broken: [(String, String)] = [
    ("closed before the status", ""), ("cut in the head", "HTTP/1.1 200 OK\r\nX-A"),
    ("cut in the body", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"),
    ("cut in a chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"),
    ("a chunk without a length", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n"),
    ("a chunk with too long a length", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n"),
    ("no status line", "hello\r\n\r\n"), ("a strange status", "HTTP/1.1 999 What\r\n\r\n"),
    ("a header without a name", "HTTP/1.1 200 OK\r\n: x\r\nContent-Length: 0\r\n\r\n"),
    ("a coding that does not decode", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc"),
    ("more headers than anyone needs", "HTTP/1.1 200 OK\r\n" + String(repeating: "A: b\r\n", count: 300) + "\r\n"),
  ]

  @Test(arguments: broken) func `may have had an effect`(_ what: String, _ answer: String) {
    let server = LoopbackServer(answering: answer)
    let (ending, _) = send(to: server) { ($0.method, $0.body) = ("POST", [1]) }
    guard case .unknown = ending else {
      Issue.record("\(what): \(ending)")
      return
    }
    #expect(server.requests.count == 1)
  }

  @Test func `ends at its deadline, and the request is not repeated`() {
    let server = LoopbackServer { connection, server in
      server.note(connection.readRequest())
      connection.waitForClose()
    }
    let (ending, _) = send(to: server) { $0.deadline = HTTPClient.monotonicNanoseconds() + 50_000_000 }
    #expect(ending == .unknown(reason: "no complete response in time"))
    #expect(server.requests.count == 1)
  }

  @Test func `ends when the response stops`() {
    let server = LoopbackServer { connection, _ in
      _ = connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")
      connection.waitForClose()
    }
    let (ending, response) = send(to: server) { $0.idleTimeout = 50_000_000 }
    #expect(ending == .unknown(reason: "the response stopped"))
    #expect(response.text == "abc")
  }

  @Test func `ends when the body is longer than was asked for`() {
    let server = LoopbackServer(answering: LoopbackServer.response("200 OK", String(repeating: "x", count: 1001)))
    #expect(send(to: server) { $0.responseLimit = 1001 }.ending == .complete)
    #expect(send(to: server) { $0.responseLimit = 1000 }.ending == .unknown(reason: "a body of more than 1000 bytes"))
  }
}
