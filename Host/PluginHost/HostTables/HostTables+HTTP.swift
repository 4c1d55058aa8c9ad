internal import WharfABI

extension HostTables {
  static func httpTable() -> wharf_http {
    var table = wharf_http()
    table.struct_size = UInt32(MemoryLayout<wharf_http>.size)
    table.send = { host, request, sink in
      guard let context = InstanceContext.of(host), let service = context.http else { return Status.invalid }
      guard let request, let sink, sink.pointee.struct_size == MemoryLayout<wharf_http_sink>.size,
        sink.pointee.status != nil, sink.pointee.header != nil, sink.pointee.body != nil
      else {
        context.report(.violation, "http.send", what: "sink", expected: "a request and a whole sink", found: "neither")
        return Status.invalid
      }
      return context.answer("http.send") { () throws(HTTPService.Refusal) in
        try service.send(request.pointee, sink.pointee)
      }
    }
    table.limit = { host, destination, destinationLength, budget, budgetLength, remaining, until in
      guard let context = InstanceContext.of(host), let service = context.http else { return Status.invalid }
      return context.answer("http.limit") { () throws(HTTPService.Refusal) in
        let (place, name): (String, String)
        do throws(Violation) {
          place = try HTTPRequest.text(destination, destinationLength, "destination", limit: 260)
          name = try HTTPRequest.budget(budget, budgetLength)
          try HTTPRequest.require(remaining >= -1, "remaining", "-1 or more", "\(remaining)")
        } catch {
          throw .fault(Status.invalid, error)
        }
        try service.limit(destination: place, budget: name, remaining: remaining, until: until)
      }
    }
    return table
  }
}

extension InstanceContext {
  /// Does something outside for the plugin, and tells the person why not when it was refused or failed.
  func answer(_ call: String, _ body: () throws(HTTPService.Refusal) -> Void) -> wharf_status {
    do throws(HTTPService.Refusal) {
      try body()
      return Status.ok
    } catch {
      switch error {
      case .fault(let status, let violation):
        report(
          violation.kind, call, what: violation.what, expected: violation.expected, found: violation.found)
        return status
      case .failure(let status, let text):
        log(.warning, text)
        return status
      }
    }
  }
}
