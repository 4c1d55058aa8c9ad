/// A request as it leaves, with secrets in it: do not log it.
public struct HTTPExchange: Sendable {
  /// Whether it goes without TLS, which only a service of this machine may get.
  public var isPlain: Bool
  /// Host name, with `:PORT` where it has one.
  public var destination: String
  /// One of the methods of the header `http.h`.
  public var method: String
  /// From `/` on, percent-encoded.
  public var path: String
  /// In order; the names as the plugin wrote them.
  public var headers: [(name: String, value: String)]
  /// The body; `nil` for none.
  public var body: [UInt8]?
  /// When it must be over, by the monotonic clock.
  public var deadline: Int64
  /// The longest time between two pieces of the response, in nanoseconds; 0 for no such limit.
  public var idleTimeout: Int64
  /// How long the decoded body of the response may be.
  public var responseLimit: Int
}

/// How an exchange ended. The reasons are for people and hold nothing of the request.
public enum HTTPEnding: Hashable, Sendable {
  /// The response is complete.
  case complete
  /// No byte of the request left.
  case notSent(reason: String)
  /// It left in part or whole, and no complete response came back.
  case unknown(reason: String)
}

/// Takes a response: status once, then headers, then the body in pieces.
public struct HTTPReceiver {
  /// Takes the code of the status line.
  public var status: (Int32) -> Void
  /// Takes a header, its name in lower case.
  public var header: (String, [UInt8]) -> Void
  /// Takes a piece of the decoded body.
  public var body: (UnsafeRawBufferPointer) -> Void

  /// Makes a receiver from its parts.
  public init(
    status: @escaping (Int32) -> Void, header: @escaping (String, [UInt8]) -> Void,
    body: @escaping (UnsafeRawBufferPointer) -> Void
  ) {
    self.status = status
    self.header = header
    self.body = body
  }
}

/// Makes exchanges; blocks until one is over. The caller decides who may send what; this only sends it, once.
public protocol HTTPTransport: Sendable {
  func exchange(_ exchange: HTTPExchange, _ receiver: HTTPReceiver) -> HTTPEnding
}
