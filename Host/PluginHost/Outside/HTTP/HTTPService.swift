import Configuration

internal import WharfABI

/// Makes the requests of one instance, as far as they are granted. Its functions may be called from any thread.
struct HTTPService {
  let plugin: String
  let access: OutsideAccess
  let secrets: PluginSecrets
  let transport: any HTTPTransport

  /// How a request ended without a complete response: the status and, where somebody should know, the breach or a line
  /// for the log. Neither holds a secret.
  enum Refusal: Error {
    case fault(Int32, Violation)
    case failure(Int32, String)
  }

  /// Makes a request; throws when no complete response came.
  func send(_ raw: wharf_http_request, _ sink: wharf_http_sink) throws(Refusal) {
    let request: HTTPRequest
    do throws(Violation) { request = try HTTPRequest(raw) } catch { throw .fault(Status.invalid, error) }
    try requireDestination(request.destination)
    let values: [String: String]
    do throws(PluginSecrets.Refusal) { values = try secrets.values(request.secretNames) } catch {
      throw HTTPService.refusal(error, asks: "request")
    }
    let clock = access.services.clock
    let longest = access.services.http.timeout.value.nanoseconds
    let deadline = clock.monotonic() + (request.timeout == 0 ? longest : min(request.timeout, longest))
    let exchange = try filled(request, values, deadline)
    guard
      access.services.budgets.take(
        plugin, request.destination, request.budget, isProtective: request.isProtective, deadline: deadline)
    else {
      throw .failure(Status.busy, "http.send to \(request.destination): no budget within the time it may take")
    }
    let delivery = ResponseDelivery(secrets.redactor(request.inserted(values)), sink)
    switch transport.exchange(exchange, delivery.receiver) {
    case .complete: delivery.finish()
    case .notSent(let reason):
      throw .failure(Status.notSent, "http.send to \(request.destination): not sent: \(reason)")
    case .unknown(let reason):
      throw .failure(
        Status.unknownOutcome, "http.send to \(request.destination): sent, no complete response: \(reason)")
    }
  }

  /// Takes what the service said about a budget.
  func limit(
    destination: String, budget: String, remaining: Int64, until: Int64
  ) throws(Refusal) {
    try requireDestination(destination)
    access.services.budgets.tell(
      plugin, destination, budget, remaining: remaining < 0 ? nil : remaining, until: until)
  }

  private func requireDestination(_ destination: String) throws(Refusal) {
    guard let permission = Permission("http:" + destination), access.permissions.contains(permission) else {
      throw .fault(
        Status.rejected,
        Violation(
          what: "request.destination", expected: "a granted destination", found: printable(destination),
          kind: .security))
    }
  }

  static func refusal(_ refusal: PluginSecrets.Refusal, asks what: String) -> Refusal {
    switch refusal {
    case .denied(let name):
      .fault(
        Status.rejected,
        Violation(what: "\(what).secret", expected: "a granted secret", found: printable(name), kind: .security))
    case .missing(let name):
      .failure(
        Status.configuration,
        "secret \(printable(name)) is set nowhere; set it in the environment or in .env in the home folder")
    }
  }

  private func filled(
    _ request: HTTPRequest, _ values: [String: String], _ deadline: Int64
  ) throws(Refusal) -> HTTPExchange {
    var headers: [(name: String, value: String)] = []
    for (name, template) in request.headers {
      let value = template.filled(values)
      guard HTTPRequest.isHeaderValue(value) else {
        throw .failure(
          Status.configuration,
          "a secret in header \(printable(name)) holds a line break or another control character; correct the secret")
      }
      headers.append((name, value))
    }
    let host = request.destination.prefix { $0 != ":" }
    return HTTPExchange(
      isPlain: access.services.http.plainLoopback.value && host == "localhost", destination: request.destination,
      method: request.method, path: request.path.filled(values, encode: percentEncoded), headers: headers,
      body: request.bodyTemplate.map { Array($0.filled(values).utf8) } ?? request.body, deadline: deadline,
      idleTimeout: request.idleTimeout, responseLimit: request.responseLimit)
  }
}

/// Hands a response to a plugin's sink, without the secrets. It is used by one thread and ends with the call.
private final class ResponseDelivery {
  private let redactor: Redactor
  private var body: Redactor
  private let sink: wharf_http_sink

  init(_ redactor: Redactor, _ sink: wharf_http_sink) {
    self.redactor = redactor
    body = redactor
    self.sink = sink
  }

  var receiver: HTTPReceiver {
    HTTPReceiver(
      status: { [self] code in sink.status(sink.context, code) },
      header: { [self] name, value in
        let name =
          name.utf8.withContiguousStorageIfAvailable { redactor.cleaned(UnsafeRawBufferPointer($0)) }
          ?? Array(name.utf8).withUnsafeBytes { redactor.cleaned($0) }
        let value = value.withUnsafeBytes { redactor.cleaned($0) }
        name.withUnsafeBytes { name in
          value.withUnsafeBytes { value in
            sink.header(
              sink.context, name.baseAddress?.assumingMemoryBound(to: CChar.self), UInt64(name.count),
              value.baseAddress?.assumingMemoryBound(to: CChar.self), UInt64(value.count))
          }
        }
      },
      body: { [self] piece in body.feed(piece) { sink.body(sink.context, $0.baseAddress, UInt64($0.count)) } })
  }

  /// Hands over what was held back as the possible beginning of a secret.
  func finish() { body.finish { sink.body(sink.context, $0.baseAddress, UInt64($0.count)) } }
}
