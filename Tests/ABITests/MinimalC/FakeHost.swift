import WharfABI

/// A host that offers options and a log, as far as a plugin in a test needs them.
final class FakeHost {
  var integers: [String: Int64]
  var offered: Set<String>
  var log: [String] = []
  let host = UnsafeMutablePointer<wharf_host>.allocate(capacity: 1)
  private let config = UnsafeMutablePointer<wharf_config>.allocate(capacity: 1)
  private let logTable = UnsafeMutablePointer<wharf_log>.allocate(capacity: 1)

  init(_ integers: [String: Int64], offered: Set<String> = ["wharf.config/1", "wharf.log/1"]) {
    self.integers = integers
    self.offered = offered
    host.initialize(to: wharf_host())
    config.initialize(to: wharf_config())
    logTable.initialize(to: wharf_log())
    host.pointee.struct_size = UInt32(MemoryLayout<wharf_host>.size)
    host.pointee.context = Unmanaged.passUnretained(self).toOpaque()
    host.pointee.table = { host, id, length, out in
      let fake = FakeHost.at(host)
      let id = FakeHost.text(id, length)
      guard fake.offered.contains(id) else { return Int32(WHARF_E_UNSUPPORTED) }
      out!.pointee = id == "wharf.log/1" ? UnsafeRawPointer(fake.logTable) : UnsafeRawPointer(fake.config)
      return Int32(WHARF_OK)
    }
    config.pointee.struct_size = UInt32(MemoryLayout<wharf_config>.size)
    config.pointee.integer = { host, name, length, out in
      guard let value = FakeHost.at(host).integers[FakeHost.text(name, length)] else { return Int32(WHARF_E_NOT_FOUND) }
      out!.pointee = value
      return Int32(WHARF_OK)
    }
    logTable.pointee.struct_size = UInt32(MemoryLayout<wharf_log>.size)
    logTable.pointee.write = { FakeHost.at($0).log.append(FakeHost.text($2, $3)) }
  }

  deinit {
    host.deallocate()
    config.deallocate()
    logTable.deallocate()
  }

  private static func at(_ host: UnsafePointer<wharf_host>?) -> FakeHost {
    Unmanaged<FakeHost>.fromOpaque(host!.pointee.context).takeUnretainedValue()
  }

  static func text(_ pointer: UnsafePointer<CChar>?, _ length: UInt64) -> String {
    String(decoding: UnsafeRawBufferPointer(start: pointer, count: Int(length)), as: UTF8.self)
  }
}
