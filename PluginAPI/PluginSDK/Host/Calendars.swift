import TradingTypes
import WharfABI

/// One session of an exchange.
public struct ExchangeSession: Hashable, Sendable {
  /// Its date.
  public var date: CivilDate
  /// When it opens.
  public var open: Timestamp
  /// When it closes.
  public var close: Timestamp
  /// It ends before the usual time.
  public var isEarlyClose: Bool
  /// No calendar knows it; loaded bars say there was one.
  public var isFromData: Bool
}

/// The sessions of exchanges.
public struct Calendars {
  let host: UnsafePointer<wharf_host>
  let table: UnsafePointer<wharf_calendar>

  /// Every known session of an exchange (`XNYS`), ascending; `nil` when the host has no such calendar.
  public func sessions(of exchange: String) throws(PluginError) -> [ExchangeSession]? {
    var sessions: [ExchangeSession] = []
    let status = withUnsafeMutablePointer(to: &sessions) { sessions in
      var sink = wharf_session_sink()
      sink.struct_size = UInt32(MemoryLayout<wharf_session_sink>.size)
      sink.context = UnsafeMutableRawPointer(sessions)
      sink.sessions = { context, raw, count in
        guard let context, let raw, let count = Int(exactly: count) else { return }
        context.assumingMemoryBound(to: [ExchangeSession].self).pointee
          .append(contentsOf: UnsafeBufferPointer(start: raw, count: count).lazy.map(ExchangeSession.init))
      }
      return withUnsafePointer(to: sink) { sink in
        withText(exchange) { table.pointee.sessions(host, $0, $1, sink) }
      }
    }
    if status == PluginStatus.notFound.rawValue { return nil }
    try check(status, "calendar sessions \(exchange)")
    return sessions
  }
}

extension ExchangeSession {
  init(_ raw: wharf_session) {
    date = CivilDate(utc: Timestamp(nanoseconds: raw.date))
    open = Timestamp(nanoseconds: raw.open)
    close = Timestamp(nanoseconds: raw.close)
    isEarlyClose = raw.flags & Int64(WHARF_SESSION_EARLY_CLOSE) != 0
    isFromData = raw.flags & Int64(WHARF_SESSION_FROM_DATA) != 0
  }
}
