/// What an instance keeps, counted so that it stays within its quota. Changes count from when they are made.
struct StateQuota {
  /// Bytes of each key with its value.
  private var sizes: [[UInt8]: Int]
  private var total: Int

  /// Counts what a store holds once these changes are made. Blocks on the store.
  init(_ store: any PluginStateStore, _ changes: [[UInt8]: [UInt8]?]) throws {
    sizes = [:]
    total = 0
    for key in try store.keys(withPrefix: []) { set(key, try store.value(of: key)?.count) }
    for (key, value) in changes { set(key, value?.count) }
  }

  /// What setting a key to a value of so many bytes would break; `nil` when it fits.
  func excess(_ key: [UInt8], _ count: Int, _ limits: InstanceLimits) -> String? {
    let old = sizes[key]
    if old == nil, sizes.count >= limits.stateKeys { return "more than \(limits.stateKeys) keys" }
    // What shrinks is always let through, so that a store that is too full can be emptied.
    let (before, after) = (old ?? 0, key.count + count)
    guard after > before, total - before + after > limits.stateBytes else { return nil }
    return "more than \(limits.stateBytes) bytes"
  }

  /// Counts a key's new value; `nil`: it is gone.
  mutating func set(_ key: [UInt8], _ count: Int?) {
    let new = count.map { $0 + key.count }
    total += (new ?? 0) - (sizes[key] ?? 0)
    sizes[key] = new
  }
}
