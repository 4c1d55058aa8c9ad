import PluginHost

internal import WharfABI

extension DriverTables {
  static func state() -> wharf_state {
    var table = wharf_state()
    table.struct_size = UInt32(MemoryLayout<wharf_state>.size)
    table.get = { host, key, length, sink in
      guard let host = DriverHost.of(host), let sink else { return Status.invalid }
      if let status = host.take(.stateGet) { return status }
      guard let key = bytes(key, length), keyLengths.contains(length) else { return Status.invalid }
      guard let value = host.with({ $0.value(of: key) }) else { return Status.notFound }
      tell(value, sink)
      return Status.ok
    }
    table.keys = { host, prefix, length, sink in
      guard let host = DriverHost.of(host), let sink else { return Status.invalid }
      if let status = host.take(.stateKeys) { return status }
      guard let prefix = bytes(prefix, length) else { return Status.invalid }
      for key in host.with({ $0.keys(withPrefix: prefix) }) { tell(key, sink) }
      return Status.ok
    }
    table.put = { host, key, length, value, valueLength in
      guard let host = DriverHost.of(host) else { return Status.invalid }
      if let status = host.take(.statePut) { return status }
      guard keyLengths.contains(length), let key = bytes(key, length), valueLength <= 1 << 20,
        let value = bytes(value?.assumingMemoryBound(to: CChar.self), valueLength)
      else { return Status.invalid }
      return host.with { book in
        guard value.count <= book.script.stateQuota else { return Status.rejected }
        book.changes.updateValue(value, forKey: key)
        return Status.ok
      }
    }
    table.remove = { host, key, length in
      guard let host = DriverHost.of(host) else { return Status.invalid }
      if let status = host.take(.stateRemove) { return status }
      guard keyLengths.contains(length), let key = bytes(key, length) else { return Status.invalid }
      host.with { $0.changes.updateValue(nil, forKey: key) }
      return Status.ok
    }
    table.commit = { host in
      guard let host = DriverHost.of(host) else { return Status.invalid }
      if let status = host.take(.stateCommit) {
        host.with { $0.failedCommits += 1 }
        return status
      }
      host.with { book in
        for (key, value) in book.changes { book.saved[key] = value }
        book.changes = [:]
      }
      return Status.ok
    }
    return table
  }
}

extension DriverHost.Book {
  func value(of key: [UInt8]) -> [UInt8]? {
    if let change = changes[key] { return change }
    return saved[key]
  }

  func keys(withPrefix prefix: [UInt8]) -> [[UInt8]] {
    Set(saved.keys).union(changes.keys).filter { $0.starts(with: prefix) && value(of: $0) != nil }
      .sorted { $0.lexicographicallyPrecedes($1) }
  }
}

private func bytes(_ text: UnsafePointer<CChar>?, _ length: UInt64) -> [UInt8]? {
  borrowedBytes(text, length).map { Array($0) }
}

private func tell(_ piece: [UInt8], _ sink: UnsafePointer<wharf_bytes_sink>) {
  piece.withUnsafeBytes { sink.pointee.bytes(sink.pointee.context, $0.baseAddress, UInt64($0.count)) }
}

private let keyLengths: ClosedRange<UInt64> = 1...128
