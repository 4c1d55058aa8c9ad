import Configuration

internal import WharfABI

extension HostTables {
  static func configTable() -> wharf_config {
    var table = wharf_config()
    table.struct_size = UInt32(MemoryLayout<wharf_config>.size)
    table.integer = { host, name, length, out in
      InstanceContext.read(host, name, length, out) { schema, value in
        switch (schema.type, value) {
        case (.integer, .integer(let number)): number
        // A duration that is no whole number of seconds can be read as a decimal.
        case (.duration, .decimal(let number)) where number.exact.nanos % 1_000_000_000 == 0:
          number.exact.nanos / 1_000_000_000
        default: nil
        }
      }
    }
    table.decimal = { host, name, length, out in
      InstanceContext.read(host, name, length, out) { _, value in value.decimal?.exact.nanos }
    }
    table.boolean = { host, name, length, out in
      InstanceContext.read(host, name, length, out) { _, value in value.boolean.map { $0 ? 1 : 0 } }
    }
    table.text = { host, name, length, sink in
      guard let context = InstanceContext.of(host), let sink, sink.pointee.bytes != nil else { return Status.invalid }
      guard let (_, value) = context.option(name, length) else { return Status.notFound }
      guard let texts = value.list ?? value.text.map({ [$0] }) else { return Status.invalid }
      for text in texts { withText(text) { sink.pointee.bytes(sink.pointee.context, $0, $1) } }
      return Status.ok
    }
    return table
  }
}

extension InstanceContext {
  /// What an option is set to. A limit that does not limit and a secret have no value.
  fileprivate func option(_ name: UnsafePointer<CChar>?, _ length: UInt64) -> (OptionSchema, OptionValue)? {
    guard let bytes = borrowedBytes(name, length), bytes.count <= 128,
      let setting = options[String(decoding: bytes, as: UTF8.self)], let value = setting.value?.value
    else { return nil }
    switch value {
    case .unlimited, .secret: return nil
    case .text, .integer, .decimal, .boolean, .list: return (setting.schema, value)
    }
  }

  /// Writes an option's value where the plugin asked for it, if `convert` finds it to be of the right type.
  fileprivate static func read<Value>(
    _ host: UnsafePointer<wharf_host>?, _ name: UnsafePointer<CChar>?, _ length: UInt64,
    _ out: UnsafeMutablePointer<Value>?, _ convert: (OptionSchema, OptionValue) -> Value?
  ) -> wharf_status {
    guard let context = of(host), let out else { return Status.invalid }
    guard let (schema, setting) = context.option(name, length) else { return Status.notFound }
    guard let value = convert(schema, setting) else { return Status.invalid }
    out.pointee = value
    return Status.ok
  }
}
