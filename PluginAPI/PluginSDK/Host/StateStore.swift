import WharfABI

/// What an instance keeps across restarts. Keys are 1 to 128 bytes, values up to 1 MiB.
///
/// Changes are held back until ``commit()`` makes all of them durable at once, or none. Every call may block.
public struct StateStore {
  let host: UnsafePointer<wharf_host>
  let table: UnsafePointer<wharf_state>

  /// Reads a value, changes not yet committed included; `nil` when there is none.
  public func get(_ key: String) throws(PluginError) -> [UInt8]? {
    let (status, pieces) = collect { sink in withText(key) { table.pointee.get(host, $0, $1, sink) } }
    if status == PluginStatus.notFound.rawValue { return nil }
    try check(status, "state get \(key)")
    return pieces.count == 1 ? pieces[0] : Array(pieces.joined())
  }

  /// Every key with this prefix, ascending by bytes.
  public func keys(prefix: String = "") throws(PluginError) -> [String] {
    let (status, pieces) = collect { sink in withText(prefix) { table.pointee.keys(host, $0, $1, sink) } }
    try check(status, "state keys \(prefix)")
    return pieces.map { String(decoding: $0, as: UTF8.self) }
  }

  /// Sets a value.
  public func put(_ key: String, _ value: [UInt8]) throws(PluginError) {
    let status = withText(key) { key, length in
      value.withUnsafeBytes { table.pointee.put(host, key, length, $0.baseAddress, UInt64($0.count)) }
    }
    try check(status, "state put \(key)")
  }

  /// Removes a value; none is no error.
  public func remove(_ key: String) throws(PluginError) {
    try check(withText(key) { table.pointee.remove(host, $0, $1) }, "state remove \(key)")
  }

  /// Makes the changes durable. After a failure none of them is, and the instance should refuse to go on.
  public func commit() throws(PluginError) { try check(table.pointee.commit(host), "state commit") }
}
