import PluginSDK
import WharfABI

func hostGet(
  _ host: HostPointer?, _ key: TextPointer?, _ length: UInt64, _ sink: UnsafePointer<wharf_bytes_sink>?
) -> wharf_status {
  guard let value = TestHost.at(host).value(readText(key, length)) else { return PluginStatus.notFound.rawValue }
  sink!.pointee.tell(value)
  return 0
}

func hostKeys(
  _ host: HostPointer?, _ prefix: TextPointer?, _ length: UInt64, _ sink: UnsafePointer<wharf_bytes_sink>?
) -> wharf_status {
  let test = TestHost.at(host)
  let prefix = readText(prefix, length)
  let keys = Set(test.durable.keys).union(test.pending.keys)
    .filter { $0.utf8.starts(with: prefix.utf8) && test.value($0) != nil }
  for key in keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) { sink!.pointee.tell(Array(key.utf8)) }
  return 0
}

func hostPut(
  _ host: HostPointer?, _ key: TextPointer?, _ length: UInt64, _ value: UnsafeRawPointer?, _ valueLength: UInt64
) -> wharf_status {
  guard (1...128).contains(length), valueLength <= 1 << 20 else { return PluginStatus.invalid.rawValue }
  let bytes = Array(UnsafeRawBufferPointer(start: value, count: Int(valueLength)))
  TestHost.at(host).pending[readText(key, length)] = .some(bytes)
  return 0
}

func hostRemove(_ host: HostPointer?, _ key: TextPointer?, _ length: UInt64) -> wharf_status {
  guard (1...128).contains(length) else { return PluginStatus.invalid.rawValue }
  TestHost.at(host).pending.updateValue(nil, forKey: readText(key, length))
  return 0
}

func hostCommit(_ host: HostPointer?) -> wharf_status {
  let test = TestHost.at(host)
  guard !test.failsCommits else { return PluginStatus.io.rawValue }
  for (key, value) in test.pending { test.durable[key] = value }
  test.pending = [:]
  return 0
}

extension TestHost {
  fileprivate func value(_ key: String) -> [UInt8]? {
    if let change = pending[key] { return change }
    return durable[key]
  }
}
