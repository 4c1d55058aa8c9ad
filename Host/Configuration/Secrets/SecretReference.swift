/// The name under which a secret is kept outside the configuration: `${secret:NAME}`.
///
/// The name is looked up in the environment of the process first, then in the file `.env` of the home folder.
public struct SecretReference: Hashable, Sendable, CustomStringConvertible {
  /// The variable's name.
  public let name: String

  /// Reads `${secret:NAME}`; `nil` for any other text. A name has letters, digits and `_`, and starts with no digit.
  public init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    let prefix = "${secret:".utf8
    guard bytes.starts(with: prefix), bytes.last == UInt8(ascii: "}") else { return nil }
    self.init(name: String(decoding: bytes.dropFirst(prefix.count).dropLast(), as: UTF8.self))
  }

  /// Makes a reference to a name; `nil` when it is not one.
  public init?(name: String) {
    guard isVariableName(name.utf8) else { return nil }
    self.name = name
  }

  /// `${secret:NAME}`.
  public var description: String { "${secret:\(name)}" }
}

/// Whether bytes are a variable's name: letters, digits and `_`, no digit first, at most 255.
func isVariableName(_ bytes: some Collection<UInt8>) -> Bool {
  guard let first = bytes.first, bytes.count <= 255, !(48...57).contains(first) else { return false }
  return bytes.allSatisfy { byte in
    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 0x5F
  }
}
