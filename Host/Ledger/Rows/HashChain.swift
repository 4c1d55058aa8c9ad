import Hashing

/// A running hash: each fact's value covers it and everything before it.
struct HashChain {
  private(set) var value: Digest

  /// Goes on where a chain was.
  init(at value: Digest) { self.value = value }

  /// Starts a chain that belongs to one session.
  init(of name: String, fingerprint: String) { value = BLAKE2b.hash("wharf \(name) 1\n\(fingerprint)") }

  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    var hash = BLAKE2b()
    hash.update(value.bytes)
    hash.update(bytes)
    value = hash.finalize()
  }

  /// The chain over the facts, rows as in ``RowBuffer``.
  static func records(_ fingerprint: String) -> HashChain { HashChain(of: "records", fingerprint: fingerprint) }

  /// The chain over the journal.
  static func journal(_ fingerprint: String) -> HashChain { HashChain(of: "journal", fingerprint: fingerprint) }

  mutating func add(journaled number: UInt64, input: UInt64, wallNanoseconds: Int64, event: String) {
    let text = "\(number)\n\(input)\n\(wallNanoseconds)\n\(event)"
    Array(text.utf8).withUnsafeBytes { add($0) }
  }
}
