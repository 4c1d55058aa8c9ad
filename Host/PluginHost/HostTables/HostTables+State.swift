internal import WharfABI

extension HostTables {
  static func stateTable() -> wharf_state {
    var table = wharf_state()
    table.struct_size = UInt32(MemoryLayout<wharf_state>.size)
    table.get = { host, key, length, sink in
      guard let context = InstanceContext.of(host), let key = StateKey.read(key, length), let sink,
        sink.pointee.bytes != nil
      else { return Status.invalid }
      return context.withState("state.get") { store in
        guard let value = try context.changes[key] ?? store.value(of: key) else { return Status.notFound }
        value.withUnsafeBytes { sink.pointee.bytes(sink.pointee.context, $0.baseAddress, UInt64($0.count)) }
        return Status.ok
      }
    }
    table.keys = { host, prefix, length, sink in
      guard let context = InstanceContext.of(host), let prefix = borrowedBytes(prefix, length).map(Array.init),
        let sink,
        sink.pointee.bytes != nil
      else { return Status.invalid }
      return context.withState("state.keys") { store in
        for key in try context.keys(withPrefix: prefix, store) {
          key.withUnsafeBytes { sink.pointee.bytes(sink.pointee.context, $0.baseAddress, UInt64($0.count)) }
        }
        return Status.ok
      }
    }
    table.put = { host, key, length, value, valueLength in
      guard let context = InstanceContext.of(host), let key = StateKey.read(key, length),
        valueLength <= StateKey.valueLimit,
        let bytes = borrowedBytes(value?.assumingMemoryBound(to: CChar.self), valueLength)
      else { return Status.invalid }
      return context.withState("state.put") { store in
        // A store that cannot be counted cannot be committed to either, and that is where it is told.
        if context.quota == nil { context.quota = try? StateQuota(store, context.changes) }
        if let excess = context.quota?.excess(key, bytes.count, context.limits) {
          context.log(.warning, "state.put refused: \(excess)")
          return Status.rejected
        }
        context.quota?.set(key, bytes.count)
        context.changes[key] = .some(Array(bytes))
        return Status.ok
      }
    }
    table.remove = { host, key, length in
      guard let context = InstanceContext.of(host), let key = StateKey.read(key, length) else { return Status.invalid }
      context.changes[key] = .some(nil)
      context.quota?.set(key, nil)
      return Status.ok
    }
    table.commit = { host in
      guard let context = InstanceContext.of(host) else { return Status.invalid }
      return context.withState("state.commit") { store in
        let changes = context.changes.map { PluginStateChange(key: $0.key, value: $0.value) }
        guard !changes.isEmpty else { return Status.ok }
        try store.commit(changes.sorted { $0.key.lexicographicallyPrecedes($1.key) })
        context.changes.removeAll(keepingCapacity: true)
        return Status.ok
      }
    }
    return table
  }
}

/// The keys of an instance's state.
enum StateKey {
  static let lengths: ClosedRange<UInt64> = 1...128
  static let valueLimit: UInt64 = 1 << 20

  static func read(_ key: UnsafePointer<CChar>?, _ length: UInt64) -> [UInt8]? {
    guard lengths.contains(length) else { return nil }
    return borrowedBytes(key, length).map(Array.init)
  }
}

extension InstanceContext {
  /// Runs work on the store; a failure of the store is logged and answered as one of the outside world.
  fileprivate func withState(_ call: String, _ body: (any PluginStateStore) throws -> wharf_status) -> wharf_status {
    guard let state else { return Status.unsupported }
    do { return try body(state) } catch {
      log(.error, printable("\(call) failed: \(error)", limit: 1000))
      return Status.io
    }
  }

  /// Every key with a prefix, ascending, changes not yet committed included.
  fileprivate func keys(withPrefix prefix: [UInt8], _ store: any PluginStateStore) throws -> [[UInt8]] {
    var keys = Set(try store.keys(withPrefix: prefix))
    for (key, value) in changes where key.starts(with: prefix) {
      if value == nil { keys.remove(key) } else { keys.insert(key) }
    }
    return keys.sorted { $0.lexicographicallyPrecedes($1) }
  }
}
