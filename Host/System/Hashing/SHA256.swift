import CSHA256
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
    update(bytes, isAccelerated: SHA256.isAccelerated)
  }

  /// Whether this processor has instructions for SHA-256, which libsodium does not use.
  static let isAccelerated = host_sha256_is_offered() == 1

  /// Bytes in a block.
  private static let block = 64

  /// Fills up a block that was begun, takes whole blocks with the processor's instructions, and leaves the rest and the
  /// padding to libsodium.
  mutating func update(_ bytes: UnsafeRawBufferPointer, isAccelerated: Bool) {
    guard let base = bytes.baseAddress else { return }
    let start = base.assumingMemoryBound(to: UInt8.self)
    var done = 0
    if isAccelerated, bytes.count >= 2 * SHA256.block {
      // libsodium counts bits; what is beyond whole blocks waits in its buffer.
      let begun = Int(truncatingIfNeeded: state.pointee.count >> 3) % SHA256.block
      if begun > 0 {
        done = SHA256.block - begun
        crypto_hash_sha256_update(state, start, UInt64(done))
      }
      let blocks = (bytes.count - done) / SHA256.block
      withUnsafeMutableBytes(of: &state.pointee.state) {
        host_sha256_blocks($0.baseAddress!.assumingMemoryBound(to: UInt32.self), start + done, blocks)
      }
      state.pointee.count += UInt64(blocks * SHA256.block) << 3
      done += blocks * SHA256.block
    }
    crypto_hash_sha256_update(state, start + done, UInt64(bytes.count - done))
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
