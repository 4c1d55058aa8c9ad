import Configuration
import PluginHost

internal import WharfABI

extension DriverTables {
  static func config() -> wharf_config {
    var table = wharf_config()
    table.struct_size = UInt32(MemoryLayout<wharf_config>.size)
    table.integer = { host, name, length, out in
      read(.configInteger, host, name, length, out) { value in
        switch value {
        case .integer(let number): number
        case .decimal(let number) where number.exact.nanos % 1_000_000_000 == 0: number.exact.nanos / 1_000_000_000
        default: nil
        }
      }
    }
    table.decimal = { host, name, length, out in
      read(.configDecimal, host, name, length, out) { $0.decimal?.exact.nanos }
    }
    table.boolean = { host, name, length, out in
      read(.configBoolean, host, name, length, out) { $0.boolean.map { $0 ? 1 : 0 } }
    }
    table.text = { host, name, length, sink in
      guard let host = DriverHost.of(host), let sink else { return Status.invalid }
      if let status = host.take(.configText) { return status }
      guard let value = option(.configText, host, name, length) else { return Status.notFound }
      guard let texts = value.list ?? value.text.map({ [$0] }) else { return Status.invalid }
      guard let watch = host.with({ $0.script.optionWatch }), watch.texts != .lent else {
        for text in texts { withText(text) { sink.pointee.bytes(sink.pointee.context, $0, $1) } }
        return Status.ok
      }
      for text in texts {
        guard (try? watch.lend(text) { sink.pointee.bytes(sink.pointee.context, $0, $1) }) != nil else {
          return Status.io
        }
      }
      return Status.ok
    }
    return table
  }
}

/// What an option is set to. A limit that does not limit and a secret have no value.
private func option(
  _ function: HostFunction, _ host: DriverHost, _ name: UnsafePointer<CChar>?, _ length: UInt64
) -> OptionValue? {
  guard let bytes = borrowedBytes(name, length), bytes.count <= 128 else { return nil }
  let name = String(decoding: bytes, as: UTF8.self)
  let script = host.with { $0.script }
  script.optionWatch?.note(function, name)
  switch script.options[name] {
  case nil, .unlimited, .secret: return nil
  case .some(let value): return value
  }
}

private func read<Value>(
  _ function: HostFunction, _ host: UnsafePointer<wharf_host>?, _ name: UnsafePointer<CChar>?, _ length: UInt64,
  _ out: UnsafeMutablePointer<Value>?, _ convert: (OptionValue) -> Value?
) -> Int32 {
  guard let host = DriverHost.of(host), let out else { return Status.invalid }
  if let status = host.take(function) { return status }
  guard let setting = option(function, host, name, length) else { return Status.notFound }
  guard let value = convert(setting) else { return Status.invalid }
  out.pointee = value
  return Status.ok
}
