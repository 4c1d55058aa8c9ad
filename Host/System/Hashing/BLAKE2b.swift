import CSodium

/// BLAKE2b (RFC 7693) with 32 bytes of output: of data sets, where speed counts.
public struct BLAKE2b: StreamingHash, ~Copyable {
  private let memory: UnsafeMutableRawPointer
  private var state: OpaquePointer { OpaquePointer(memory) }

  public init() {
    Sodium.prepare()
    memory = .allocate(byteCount: crypto_generichash_statebytes(), alignment: 64)
    crypto_generichash_init(state, nil, 0, Digest.byteCount)
  }

  deinit { memory.deallocate() }

  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress else { return }
    crypto_generichash_update(state, base.assumingMemoryBound(to: UInt8.self), UInt64(bytes.count))
  }

  public consuming func finalize() -> Digest {
    Digest { crypto_generichash_final(state, $0, Digest.byteCount) }
  }
}
