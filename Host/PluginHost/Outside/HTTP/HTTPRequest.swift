internal import WharfABI

/// A plugin's request, read and found to be well formed; no secret is in it yet.
struct HTTPRequest {
  static let methods: Set = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"]
  static let headerLimit = 64
  static let textLimit = 64 << 10
  static let bodyLimit = 16 << 20
  /// Headers that the host writes itself, or that say how a message is framed or for whom it is.
  static let ownHeaders: Set = [
    "host", "content-length", "transfer-encoding", "connection", "accept-encoding", "expect", "te", "trailer",
    "upgrade", "keep-alive",
  ]

  var method: String
  var destination: String
  var path: SecretTemplate
  var headers: [(name: String, value: SecretTemplate)]
  var body: [UInt8]?
  var bodyTemplate: SecretTemplate?
  var budget: String
  var isProtective: Bool
  var timeout: Int64
  var idleTimeout: Int64
  var responseLimit: Int

  /// The names of all secrets it needs.
  var secretNames: Set<String> {
    headers.reduce(path.names.union(bodyTemplate?.names ?? [])) { $0.union($1.value.names) }
  }

  /// Every text that filling its templates puts in.
  func inserted(_ values: [String: String]) -> [String] {
    path.inserted(values) + (bodyTemplate?.inserted(values) ?? []) + headers.flatMap { $0.value.inserted(values) }
  }

  /// Reads a request; throws what is wrong with it.
  init(_ raw: wharf_http_request) throws(Violation) {
    let flags = UInt32(WHARF_HTTP_BODY_TEMPLATE | WHARF_HTTP_PROTECTIVE)
    try HTTPRequest.require(
      raw.struct_size == UInt32(MemoryLayout<wharf_http_request>.size), "struct_size",
      "\(MemoryLayout<wharf_http_request>.size)", "\(raw.struct_size)")
    try HTTPRequest.require(raw.flags & ~flags == 0, "flags", "listed flags", "\(raw.flags)")
    method = try HTTPRequest.text(raw.method, raw.method_length, "method", limit: 16)
    try HTTPRequest.require(HTTPRequest.methods.contains(method), "method", "a method of http.h", method)
    destination = try HTTPRequest.text(raw.destination, raw.destination_length, "destination", limit: 260)
    try HTTPRequest.require(
      HTTPRequest.isName(destination), "destination", "a host name in lower case, perhaps with a port", destination)
    let written = try HTTPRequest.text(raw.path, raw.path_length, "path", limit: HTTPRequest.textLimit)
    // What stands in a path may be a secret that a plugin should not have had, so it is never shown.
    path = try HTTPRequest.template(written.isEmpty ? "/" : written, "path")
    try HTTPRequest.require(
      path.pieces.first.map { if case .text(let text) = $0 { text.utf8.first == UInt8(ascii: "/") } else { false } }
        == true,
      "path", "a path from / on", "another")
    try HTTPRequest.require(
      path.pieces.allSatisfy { if case .text(let text) = $0 { HTTPRequest.isPath(text) } else { true } }, "path",
      "percent-encoded text", "a character that must be encoded")
    headers = try HTTPRequest.headers(raw)
    try HTTPRequest.require(
      raw.body_length <= HTTPRequest.bodyLimit, "body_length", "at most 16 MiB", "\(raw.body_length)")
    guard let bytes = borrowedBytes(raw.body?.assumingMemoryBound(to: CChar.self), raw.body_length) else {
      throw Violation(what: "request.body", expected: "bytes", found: "a length without bytes")
    }
    let isBodiless = method == "GET" || method == "HEAD"
    try HTTPRequest.require(!isBodiless || bytes.isEmpty, "body", "none with \(method)", "a body")
    body = isBodiless || bytes.isEmpty && method == "DELETE" ? nil : Array(bytes)
    if raw.flags & UInt32(WHARF_HTTP_BODY_TEMPLATE) != 0 {
      let text = try HTTPRequest.text(
        raw.body?.assumingMemoryBound(to: CChar.self), raw.body_length, "body", limit: HTTPRequest.bodyLimit)
      bodyTemplate = try HTTPRequest.template(text, "body")
    }
    budget = try HTTPRequest.budget(raw.budget, raw.budget_length)
    isProtective = raw.flags & UInt32(WHARF_HTTP_PROTECTIVE) != 0
    try HTTPRequest.require(raw.timeout >= 0, "timeout", "0 or more", "\(raw.timeout)")
    try HTTPRequest.require(raw.idle_timeout >= 0, "idle_timeout", "0 or more", "\(raw.idle_timeout)")
    try HTTPRequest.require(
      raw.response_limit <= HTTPRequest.bodyLimit, "response_limit", "at most 16 MiB", "\(raw.response_limit)")
    timeout = raw.timeout
    idleTimeout = raw.idle_timeout
    responseLimit = raw.response_limit == 0 ? HTTPRequest.bodyLimit : Int(raw.response_limit)
  }

  private static func headers(_ raw: wharf_http_request) throws(Violation) -> [(name: String, value: SecretTemplate)] {
    try require(raw.header_count <= headerLimit, "header_count", "at most \(headerLimit)", "\(raw.header_count)")
    guard raw.header_count > 0 else { return [] }
    guard let list = raw.headers else {
      throw Violation(what: "request.headers", expected: "headers", found: "a count without headers")
    }
    var headers: [(name: String, value: SecretTemplate)] = []
    for header in UnsafeBufferPointer(start: list, count: Int(raw.header_count)) {
      let name = try text(header.name, header.name_length, "headers.name", limit: 256)
      let small = name.lowercased()
      try require(
        isToken(name) && !ownHeaders.contains(small) && !small.hasPrefix("proxy-"), "headers.name",
        "a name that the host does not write itself", printable(name))
      let value = try text(header.value, header.value_length, "headers.value", limit: textLimit)
      try require(isHeaderValue(value), "headers.value", "text without line breaks", "a control character")
      headers.append((name, try template(value, "headers.value")))
    }
    return headers
  }
}

extension HTTPRequest {
  /// The name of a budget: a few printable characters.
  static func budget(_ text: UnsafePointer<CChar>?, _ length: UInt64) throws(Violation) -> String {
    let name = try self.text(text, length, "budget", limit: 64)
    try require(
      name.utf8.allSatisfy { (0x21...0x7E).contains($0) }, "budget", "printable ASCII without blanks", printable(name))
    return name
  }

  static func text(
    _ text: UnsafePointer<CChar>?, _ length: UInt64, _ what: String, limit: Int
  ) throws(Violation) -> String {
    guard let bytes = borrowedBytes(text, length) else {
      throw Violation(what: "request.\(what)", expected: "a text", found: "a length without a text")
    }
    try require(length <= limit, what, "at most \(limit) bytes", "\(length)")
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Violation(what: "request.\(what)", expected: "UTF-8", found: "other bytes")
    }
    return text
  }

  static func template(_ text: String, _ what: String) throws(Violation) -> SecretTemplate {
    guard let template = SecretTemplate(text) else {
      throw Violation(
        what: "request.\(what)", expected: "${secret:NAME}, ${basic:NAME:NAME} or $$", found: "another dollar sign")
    }
    return template
  }

  static func require(_ holds: Bool, _ what: String, _ expected: String, _ found: String) throws(Violation) {
    guard holds else { throw Violation(what: "request.\(what)", expected: expected, found: printable(found)) }
  }

  /// Whether a text may be a destination: as a permission has it, and not the address of one.
  static func isName(_ text: String) -> Bool {
    guard Permission("http:" + text) != nil else { return false }
    let host = text.prefix { $0 != ":" }
    // A last label of digits makes an address of it (WHATWG URL, section 3.5).
    let last = host.split(separator: ".").last ?? ""
    return !last.utf8.allSatisfy { (48...57).contains($0) } && !last.hasPrefix("0x")
  }

  /// Whether a text may stand in a header: no control characters but tab.
  static func isHeaderValue(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }
  }

  private static func isToken(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy {
        (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
          || "!#$%&'*+-.^_`|~".utf8.contains($0)
      }
  }

  /// Whether a text is part of a path with a query (RFC 3986): percent signs with their digits, and no fragment.
  private static func isPath(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    let digits = Array("0123456789abcdefABCDEF".utf8)
    for (index, byte) in bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "%"):
        guard index + 2 < bytes.count, digits.contains(bytes[index + 1]), digits.contains(bytes[index + 2]) else {
          return false
        }
      case 48...57, 65...90, 97...122: break
      default: guard "-._~!$&'()*+,;=:@/?".utf8.contains(byte) else { return false }
      }
    }
    return true
  }
}
