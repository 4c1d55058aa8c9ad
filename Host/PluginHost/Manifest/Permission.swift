/// Something outside that a plugin asks the host for.
public struct Permission: Hashable, Sendable, CustomStringConvertible {
  /// What kind of thing it is.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Requests to a host over HTTPS.
    case http
    /// A stream from a host over a secure WebSocket.
    case websocket
    /// Runs of a command by its name.
    case process
    /// The use of a secret by its name, never its value.
    case secret
  }

  /// What kind of thing it is.
  public let kind: Kind
  /// Which one: a host name with or without a port, a command, a secret's name.
  public let target: String

  /// Reads `http:api.example.com`, `websocket:stream.example.com:8443`, `process:NAME` or `secret:NAME`; `nil` for any
  /// other text. No wildcards.
  public init?(_ text: String) {
    guard let colon = text.firstIndex(of: ":"), let kind = Kind(rawValue: String(text[..<colon])) else { return nil }
    target = String(text[text.index(after: colon)...])
    self.kind = kind
    switch kind {
    case .http, .websocket: guard Permission.isHost(target) else { return nil }
    case .process: guard Permission.isName(target, others: "-_.") else { return nil }
    case .secret: guard Permission.isName(target, others: "_") else { return nil }
    }
  }

  /// As it was written.
  public var description: String { kind.rawValue + ":" + target }

  private static func isHost(_ text: String) -> Bool {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count <= 2, let name = parts.first, name.utf8.count <= 253 else { return false }
    if parts.count == 2 {
      guard let port = UInt16(parts[1]), port > 0, String(port) == parts[1] else { return false }
    }
    return name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
      let bytes = label.utf8
      return (1...63).contains(bytes.count) && bytes.first != UInt8(ascii: "-") && bytes.last != UInt8(ascii: "-")
        && bytes.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "-") }
    }
  }

  private static func isName(_ text: String, others: String) -> Bool {
    let bytes = text.utf8
    guard let first = bytes.first, bytes.count <= 128, first != UInt8(ascii: "."), first != UInt8(ascii: "-") else {
      return false
    }
    return bytes.allSatisfy {
      (97...122).contains($0) || (65...90).contains($0) || (48...57).contains($0) || others.utf8.contains($0)
    }
  }
}
