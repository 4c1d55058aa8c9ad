import TradingCore

import TradingTypes

internal import WharfABI

extension HostTables {
  static func logTable() -> wharf_log {
    var table = wharf_log()
    table.struct_size = UInt32(MemoryLayout<wharf_log>.size)
    table.write = { host, level, text, length in
      InstanceContext.of(host)?.write(level, borrowedBytes(text, length))
    }
    return table
  }

  static func clockTable() -> wharf_clock {
    var table = wharf_clock()
    table.struct_size = UInt32(MemoryLayout<wharf_clock>.size)
    table.now = { host in InstanceContext.of(host)?.clock.now.nanoseconds ?? 0 }
    return table
  }

  static func randomTable() -> wharf_random {
    var table = wharf_random()
    table.struct_size = UInt32(MemoryLayout<wharf_random>.size)
    table.next = { host in InstanceContext.of(host)?.nextRandom() ?? 0 }
    return table
  }
}

extension InstanceContext {
  static let logLimit = 4096

  /// Writes a plugin's line: cut, made valid UTF-8 and printable.
  fileprivate func write(_ level: Int32, _ bytes: UnsafeRawBufferPointer?) {
    guard let known = PluginLogLine.Level(rawValue: level) else {
      return report(.violation, "log.write", what: "level", expected: "1 to 4", found: "\(level)")
    }
    guard let bytes else {
      return report(.violation, "log.write", what: "text", expected: "a text", found: "a length without a text")
    }
    let cut = bytes.prefix(InstanceContext.logLimit)
    // A character that the cut goes through is left out.
    let whole = cut.count < bytes.count ? InstanceContext.withoutPartialEnd(cut) : cut
    log(known, printable(String(decoding: whole, as: UTF8.self), limit: InstanceContext.logLimit))
  }

  private static func withoutPartialEnd(_ bytes: Slice<UnsafeRawBufferPointer>) -> Slice<UnsafeRawBufferPointer> {
    guard let lead = bytes.suffix(4).lastIndex(where: { $0 & 0xc0 != 0x80 }) else { return bytes }
    let length = bytes[lead] < 0x80 ? 1 : bytes[lead] < 0xe0 ? 2 : bytes[lead] < 0xf0 ? 3 : 4
    return bytes.endIndex - lead < length ? bytes[..<lead] : bytes
  }

  /// The next number of SplitMix64 (Steele, Lea, Flood 2014, doi:10.1145/2714064.2660195).
  fileprivate func nextRandom() -> UInt64 {
    random &+= 0x9e37_79b9_7f4a_7c15
    var z = random
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
