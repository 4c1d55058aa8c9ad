import CCurl
import Glibc

/// Makes HTTP requests: each once, on a connection of its own, over TLS unless it is to this machine. It follows nothing,
/// keeps nothing and decides nothing; libcurl is opened by the first request.
public struct HTTPClient: Sendable {
  /// What leaves.
  public struct Request {
    /// Whether it goes without TLS; it then fails unless the other side is this machine.
    public var isPlain: Bool
    /// Host name, with `:PORT` where it has one.
    public var destination: String
    /// The method, in capitals.
    public var method: String
    /// From `/` on, percent-encoded.
    public var path: String
    /// In order.
    public var headers: [(name: String, value: String)]
    /// The body; `nil` for none, which is not the same as an empty one.
    public var body: [UInt8]?
    /// When it must be over, in nanoseconds of the monotonic clock.
    public var deadline: Int64
    /// The longest time between two pieces of the response, in nanoseconds; 0 for no such limit.
    public var idleTimeout: Int64
    /// How long the decoded body of the response may be.
    public var responseLimit: Int

    /// Makes a request from its parts.
    public init(
      isPlain: Bool = false, destination: String, method: String = "GET", path: String = "/",
      headers: [(name: String, value: String)] = [], body: [UInt8]? = nil, deadline: Int64, idleTimeout: Int64 = 0,
      responseLimit: Int = 16 << 20
    ) {
      self.isPlain = isPlain
      self.destination = destination
      self.method = method
      self.path = path
      self.headers = headers
      self.body = body
      self.deadline = deadline
      self.idleTimeout = idleTimeout
      self.responseLimit = responseLimit
    }
  }

  /// A piece of what came back, in this order.
  public enum Piece {
    /// The code of the final status line, 200 to 599.
    case status(Int32)
    /// A header: its name in lower case, its value without surrounding blanks.
    case header(name: String, value: [UInt8])
    /// A piece of the decoded body, valid until the call returns.
    case body(UnsafeRawBufferPointer)
  }

  /// How a request ended. The reasons hold nothing of the request.
  public enum Ending: Hashable, Sendable {
    /// The response is complete.
    case complete
    /// No byte of the request left.
    case notSent(reason: String)
    /// It left in part or whole, and no complete response within its limits came back.
    case unknown(reason: String)
  }

  private let clock: @Sendable () -> Int64

  /// Makes a client; `clock` gives the nanoseconds that deadlines are compared with.
  public init(clock: @escaping @Sendable () -> Int64 = HTTPClient.monotonicNanoseconds) { self.clock = clock }

  /// Makes a request and hands over the response piece by piece, on this thread. Blocks until it is over.
  public func perform(_ request: Request, _ receive: (Piece) -> Void) -> Ending {
    withoutActuallyEscaping(receive) { receive in
      let run = HTTPRun(request, clock: clock, receive)
      return run.perform()
    }
  }

  /// Nanoseconds of the machine's monotonic clock.
  @Sendable public static func monotonicNanoseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
