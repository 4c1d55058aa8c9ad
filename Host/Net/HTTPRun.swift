import CCurl
import Glibc

/// One request while it is under way; used by one thread.
final class HTTPRun {
  private let request: HTTPClient.Request
  private let clock: @Sendable () -> Int64
  private let receive: (HTTPClient.Piece) -> Void
  private var head = ResponseHead()
  private var isConnected = false
  private var bodyLength = 0
  /// When something of the response last came in.
  private var lastPiece: Int64?
  /// Why it was given up.
  private var reason: String?

  init(
    _ request: HTTPClient.Request, clock: @escaping @Sendable () -> Int64,
    _ receive: @escaping (HTTPClient.Piece) -> Void
  ) {
    self.request = request
    self.clock = clock
    self.receive = receive
  }

  func perform() -> HTTPClient.Ending {
    let url = (request.isPlain ? "http://" : "https://") + request.destination + request.path
    var text: UnsafePointer<CChar>?
    let status = withHeaderLines { lines in
      url.withCString { url in
        request.method.withCString { method in
          withBody { body, length in
            var exchange = host_curl_exchange()
            exchange.url = url
            exchange.method = method
            exchange.headers = lines
            exchange.body = body
            exchange.body_length = UInt64(length)
            exchange.is_plain = request.isPlain ? 1 : 0
            exchange.context = Unmanaged.passUnretained(self).toOpaque()
            exchange.connected = { HTTPRun.of($0).isConnected = true }
            exchange.wait = { HTTPRun.of($0).milliseconds() }
            exchange.header = { HTTPRun.of($0).header(UnsafeRawBufferPointer(start: $1, count: $2)) }
            exchange.body_piece = { HTTPRun.of($0).body(UnsafeRawBufferPointer(start: $1, count: $2)) }
            return host_curl_perform(&exchange, &text)
          }
        }
      }
    }
    let said = text.map { String(cString: $0) } ?? ""
    switch Int(status) {
    case HOST_CURL_OK where head.isComplete: return .complete
    case HOST_CURL_OK: return ending("no response that can be read")
    case HOST_CURL_MISSING: return .notSent(reason: "libcurl.so.4 cannot be opened; install the package libcurl4")
    default: return ending(reason ?? said)
    }
  }

  private func ending(_ reason: String) -> HTTPClient.Ending {
    isConnected ? .unknown(reason: reason) : .notSent(reason: reason)
  }

  private static func of(_ context: UnsafeMutableRawPointer?) -> HTTPRun {
    Unmanaged<HTTPRun>.fromOpaque(context!).takeUnretainedValue()
  }

  private func giveUp(_ reason: String) -> Int32 {
    self.reason = reason
    return 1
  }

  /// How long may be waited for the next piece; below 0 when there is no time left.
  private func milliseconds() -> Int32 {
    let now = clock()
    var left = request.deadline - now
    if left <= 0 {
      reason = "no complete response in time"
      return -1
    }
    if request.idleTimeout > 0, let lastPiece {
      let idle = request.idleTimeout - (now - lastPiece)
      if idle <= 0 {
        reason = "the response stopped"
        return -1
      }
      left = min(left, idle)
    }
    return Int32(clamping: min((left + 999_999) / 1_000_000, 1000))
  }

  private func header(_ line: UnsafeRawBufferPointer) -> Int32 {
    lastPiece = clock()
    switch head.take(line) {
    case .more: return 0
    case .bad(let reason): return giveUp(reason)
    case .whole(let code, let headers):
      receive(.status(code))
      // What was decoded has neither this coding nor this length.
      let isDecoded = headers.contains { $0.name == "content-encoding" }
      for header in headers where !isDecoded || header.name != "content-encoding" && header.name != "content-length" {
        receive(.header(name: header.name, value: header.value))
      }
      return 0
    }
  }

  private func body(_ piece: UnsafeRawBufferPointer) -> Int32 {
    lastPiece = clock()
    guard head.isComplete else { return giveUp("a body without a head") }
    guard piece.count <= request.responseLimit - bodyLength else {
      return giveUp("a body of more than \(request.responseLimit) bytes")
    }
    bodyLength += piece.count
    if !piece.isEmpty { receive(.body(piece)) }
    return 0
  }

  private func withBody<Result>(_ body: (UnsafeRawPointer?, Int) -> Result) -> Result {
    guard let bytes = request.body else { return body(nil, 0) }
    // An empty array may have no address, and none means no body.
    if bytes.isEmpty { return withUnsafeBytes(of: UInt8(0)) { body($0.baseAddress, 0) } }
    return bytes.withUnsafeBytes { body($0.baseAddress, $0.count) }
  }

  /// The lines of the headers, with those taken away that libcurl would add by itself.
  private func withHeaderLines<Result>(_ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Result) -> Result {
    let names = Set(request.headers.map { $0.name.lowercased() })
    var lines = request.headers.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
    lines += ["Accept", "Content-Type", "User-Agent", "Expect"].filter { !names.contains($0.lowercased()) }.map {
      $0 + ":"
    }
    lines.append("Connection: close")
    let copies = lines.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    return (copies.map { UnsafePointer<CChar>($0) } + [nil]).withUnsafeBufferPointer { body($0.baseAddress) }
  }
}
