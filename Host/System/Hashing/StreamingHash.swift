import CSodium

/// A 256-bit hash over bytes that arrive in pieces.
public protocol StreamingHash: ~Copyable {
  /// Starts a hash of nothing.
  init()
  /// Adds bytes.
  mutating func update(_ bytes: UnsafeRawBufferPointer)
  /// Ends the hash.
  consuming func finalize() -> Digest
}

extension StreamingHash where Self: ~Copyable {
  /// Adds bytes.
  public mutating func update(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { update($0) }
  }

  /// Adds the UTF-8 of a text.
  public mutating func update(_ text: String) {
    var text = text
    text.withUTF8 { update(UnsafeRawBufferPointer($0)) }
  }

  /// The hash of bytes that are all there.
  public static func hash(_ bytes: [UInt8]) -> Digest {
    var hasher = Self()
    hasher.update(bytes)
    return hasher.finalize()
  }

  /// The hash of a text's UTF-8.
  public static func hash(_ text: String) -> Digest {
    var hasher = Self()
    hasher.update(text)
    return hasher.finalize()
  }
}

/// Prepares libsodium, which chooses the fastest code for this processor, once a process.
enum Sodium {
  private static let outcome = sodium_init()

  static func prepare() {
    precondition(outcome >= 0, "libsodium cannot be initialised: the system offers no randomness")
  }
}
