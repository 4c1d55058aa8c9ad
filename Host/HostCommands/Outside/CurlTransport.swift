import Net
import PluginHost

/// Makes the requests of plugins with the client of the room Net.
struct CurlTransport: HTTPTransport {
  private let client = HTTPClient()

  func exchange(_ exchange: HTTPExchange, _ receiver: HTTPReceiver) -> HTTPEnding {
    let request = HTTPClient.Request(
      isPlain: exchange.isPlain, destination: exchange.destination, method: exchange.method, path: exchange.path,
      headers: exchange.headers, body: exchange.body, deadline: exchange.deadline, idleTimeout: exchange.idleTimeout,
      responseLimit: exchange.responseLimit)
    let ending = client.perform(request) { piece in
      switch piece {
      case .status(let code): receiver.status(code)
      case .header(let name, let value): receiver.header(name, value)
      case .body(let bytes): receiver.body(bytes)
      }
    }
    return switch ending {
    case .complete: .complete
    case .notSent(let reason): .notSent(reason: reason)
    case .unknown(let reason): .unknown(reason: reason)
    }
  }
}
