/// A change of one key of an instance's state.
public struct PluginStateChange: Hashable, Sendable {
  /// 1 to 128 bytes.
  public var key: [UInt8]
  /// Up to 1 MiB; `nil` removes the key.
  public var value: [UInt8]?

  /// Makes a change from its parts.
  public init(key: [UInt8], value: [UInt8]?) {
    self.key = key
    self.value = value
  }
}

/// Where the state of one plugin instance is kept across restarts. Calls never overlap and may block. What an instance has
/// changed but not committed is kept outside.
public protocol PluginStateStore: AnyObject {
  /// The committed value of a key; `nil` when there is none.
  func value(of key: [UInt8]) throws -> [UInt8]?
  /// Every committed key with this prefix, ascending.
  func keys(withPrefix prefix: [UInt8]) throws -> [[UInt8]]
  /// Makes all changes durable at once, or throws and makes none.
  func commit(_ changes: [PluginStateChange]) throws
}

/// State that lives as long as the process: of backtests.
public final class MemoryStateStore: PluginStateStore {
  private var values: [[UInt8]: [UInt8]] = [:]

  /// Makes an empty store.
  public init() {}

  public func value(of key: [UInt8]) -> [UInt8]? { values[key] }

  public func keys(withPrefix prefix: [UInt8]) -> [[UInt8]] {
    values.keys.filter { $0.starts(with: prefix) }.sorted { $0.lexicographicallyPrecedes($1) }
  }

  public func commit(_ changes: [PluginStateChange]) {
    for change in changes { values[change.key] = change.value }
  }
}
