import CSodium

/// SHA-256 (FIPS 180-4): of files, and wherever other programs must be able to check the hash.
public struct SHA256: StreamingHash, ~Copyable {
  private let state: UnsafeMutablePointer<crypto_hash_sha256_state>

  public init() {
    Sodium.prepare()
    state = .allocate(capacity: 1)
    crypto_hash_sha256_init(state)
  }

  deinit { state.deallocate() }

  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress else { return }
    crypto_hash_sha256_update(state, base.assumingMemoryBound(to: UInt8.self), UInt64(bytes.count))
  }

  /// The hash of what was added so far; more may be added.
  public borrowing func digestSoFar() -> Digest {
    var copy = state.pointee
    return Digest { crypto_hash_sha256_final(&copy, $0) }
  }

  public consuming func finalize() -> Digest {
    Digest { crypto_hash_sha256_final(state, $0) }
  }
}
