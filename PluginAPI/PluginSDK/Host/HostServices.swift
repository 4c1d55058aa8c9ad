import WharfABI

/// The host as one plugin instance sees it: its options, log, clock and the other tables it may ask for.
///
/// Take from it in `init(host:)` what the instance needs and keep that; each access looks the table up again. It is
/// valid as long as the instance lives.
public struct HostServices {
  let raw: UnsafePointer<wharf_host>

  package init(_ raw: UnsafePointer<wharf_host>) { self.raw = raw }

  /// The instance's own options, as its manifest declares them.
  public var options: Options {
    get throws(PluginError) { Options(host: raw, table: try table("wharf.config/1", wharf_config.self)) }
  }

  /// The host's log, attributed to this plugin. Silent when the host offers none.
  public var log: Log { Log(host: raw, table: try? table("wharf.log/1", wharf_log.self)) }

  /// The time of the road.
  public var clock: HostClock {
    get throws(PluginError) { HostClock(host: raw, table: try table("wharf.clock/1", wharf_clock.self)) }
  }

  /// The only source of randomness a plugin may use.
  public var random: RandomSource {
    get throws(PluginError) { RandomSource(host: raw, table: try table("wharf.random/1", wharf_random.self)) }
  }

  /// What the instance keeps across restarts.
  public var state: StateStore {
    get throws(PluginError) { StateStore(host: raw, table: try table("wharf.state/1", wharf_state.self)) }
  }

  /// The sessions of exchanges.
  public var calendars: Calendars {
    get throws(PluginError) { Calendars(host: raw, table: try table("wharf.calendar/1", wharf_calendar.self)) }
  }

  /// The account and what is held or under way, read-only.
  public var portfolio: Portfolio {
    get throws(PluginError) { Portfolio(host: raw, table: try table("wharf.portfolio/1", wharf_portfolio.self)) }
  }

  private func table<Table>(_ id: StaticString, _ type: Table.Type) throws(PluginError) -> UnsafePointer<Table> {
    var found: UnsafeRawPointer?
    let status = id.withUTF8Buffer { bytes in
      bytes.withMemoryRebound(to: CChar.self) { raw.pointee.table(raw, $0.baseAddress, UInt64($0.count), &found) }
    }
    guard status == 0, let found else {
      throw PluginError(
        .unsupported,
        "host table \(id): not offered (status \(status)); use a newer host, or ask for its permission in the manifest")
    }
    // Every table starts with its size; a smaller one would lack functions that are about to be called.
    let size = found.load(as: UInt32.self)
    guard size >= MemoryLayout<Table>.size else {
      throw PluginError(
        .unsupported, "host table \(id): expected \(MemoryLayout<Table>.size) bytes, found \(size); use a newer host")
    }
    return found.assumingMemoryBound(to: Table.self)
  }
}

/// Calls with a sink for pieces of bytes and answers the status and the pieces.
func collect(_ call: (UnsafePointer<wharf_bytes_sink>) -> wharf_status) -> (status: wharf_status, pieces: [[UInt8]]) {
  var pieces: [[UInt8]] = []
  let status = withUnsafeMutablePointer(to: &pieces) { pieces in
    var sink = wharf_bytes_sink()
    sink.struct_size = UInt32(MemoryLayout<wharf_bytes_sink>.size)
    sink.context = UnsafeMutableRawPointer(pieces)
    sink.bytes = { context, data, length in
      guard let context, let count = Int(exactly: length) else { return }
      context.assumingMemoryBound(to: [[UInt8]].self).pointee
        .append(Array(UnsafeRawBufferPointer(start: data, count: data == nil ? 0 : count)))
    }
    return withUnsafePointer(to: sink, call)
  }
  return (status, pieces)
}
