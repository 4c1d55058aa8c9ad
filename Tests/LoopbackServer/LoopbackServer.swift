import Glibc
import Synchronization

/// A server on 127.0.0.1, on a port of the system's choice, that treats every connection as a test wants. Connections come
/// one after the other.
public final class LoopbackServer: Sendable {
  /// A connection that was accepted; it is closed when the handler returns.
  public struct Connection: Sendable {
    let descriptor: Int32

    /// Everything up to the end of a request: its head, and as much body as its Content-Length says.
    public func readRequest() -> String {
      var bytes: [UInt8] = []
      while true {
        let text = String(decoding: bytes, as: UTF8.self)
        if let end = text.range(of: "\r\n\r\n") {
          let length = text[..<end.lowerBound].lowercased().range(of: "content-length: ").flatMap { start in
            Int(text[..<end.lowerBound][start.upperBound...].prefix { $0.isNumber })
          }
          if text[end.upperBound...].utf8.count >= length ?? 0 { return text }
        }
        guard let more = read() else { return text }
        bytes += more
      }
    }

    /// The next bytes; `nil` when the other side has closed.
    public func read() -> [UInt8]? {
      var room = [UInt8](repeating: 0, count: 1 << 16)
      let count = recv(descriptor, &room, room.count, 0)
      return count > 0 ? Array(room[..<count]) : nil
    }

    /// Sends bytes; whether all went out.
    @discardableResult
    public func send(_ bytes: some Sequence<UInt8>) -> Bool {
      var rest = Array(bytes)[...]
      while !rest.isEmpty {
        let count = rest.withUnsafeBytes {
          Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        guard count > 0 else { return false }
        rest = rest.dropFirst(count)
      }
      return true
    }

    /// Sends a text.
    @discardableResult
    public func send(_ text: String) -> Bool { send(text.utf8) }

    /// Waits until the other side has closed.
    public func waitForClose() { while read() != nil {} }
  }

  /// The port it listens on.
  public let port: UInt16
  private let descriptor: Int32
  private let log = Mutex<[String]>([])
  private let handler: @Sendable (Connection, LoopbackServer) -> Void

  /// What clients sent, as far as the handler noted it.
  public var requests: [String] { log.withLock { $0 } }

  /// Starts a server. `handler` runs on the server's thread, once for each connection.
  public init(_ handler: @escaping @Sendable (Connection, LoopbackServer) -> Void) {
    self.handler = handler
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    descriptor = listener
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let (bound, listening) = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        (
          bind(listener, address, length) == 0 && getsockname(listener, address, &length) == 0,
          listen(listener, 16) == 0
        )
      }
    }
    precondition(bound && listening, "no server on 127.0.0.1")
    port = UInt16(bigEndian: address.sin_port)
    // The thread ends when the listening socket is shut down.
    let server = Unmanaged.passRetained(Worker(descriptor: listener, server: self))
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { worker in
        Unmanaged<Worker>.fromOpaque(worker!).takeRetainedValue().run()
        return nil
      }, server.toOpaque())
    precondition(status == 0)
    pthread_detach(thread)
  }

  deinit { shutdown(descriptor, Int32(SHUT_RDWR)) }

  /// A server that notes every request and gives all of them one answer.
  public convenience init(answering answer: String) {
    self.init { connection, server in
      server.note(connection.readRequest())
      connection.send(answer)
    }
  }

  /// Keeps what a client sent.
  public func note(_ request: String) { log.withLock { $0.append(request) } }

  /// A whole response with a length.
  public static func response(_ status: String = "200 OK", headers: [String] = [], _ body: String = "") -> String {
    (["HTTP/1.1 \(status)"] + headers + ["Content-Length: \(body.utf8.count)", "", body]).joined(separator: "\r\n")
  }

  fileprivate func serve(_ descriptor: Int32) { handler(Connection(descriptor: descriptor), self) }
}

/// Accepts connections until the server is gone.
private final class Worker {
  private let descriptor: Int32
  private weak var server: LoopbackServer?

  init(descriptor: Int32, server: LoopbackServer) {
    self.descriptor = descriptor
    self.server = server
  }

  func run() {
    while true {
      let connection = accept(descriptor, nil, nil)
      guard connection >= 0 else {
        if errno == EINTR { continue }
        break
      }
      _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
      server?.serve(connection)
      close(connection)
    }
    close(descriptor)
  }
}

extension StringProtocol {
  /// The first place of a text.
  fileprivate func range(of text: String) -> Range<Index>? {
    var start = startIndex
    let count = text.unicodeScalars.count
    while start < endIndex {
      if self[start...].unicodeScalars.starts(with: text.unicodeScalars) {
        return start..<self.unicodeScalars.index(start, offsetBy: count)
      }
      start = unicodeScalars.index(after: start)
    }
    return nil
  }
}
