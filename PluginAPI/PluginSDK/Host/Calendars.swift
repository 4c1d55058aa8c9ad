import MarketCalendar
import TradingTypes
import WharfABI

/// The session calendars the host goes by.
public struct Calendars {
  let host: UnsafePointer<wharf_host>
  let table: UnsafePointer<wharf_calendar>

  /// The calendar of an instrument's exchange; around the clock for one without an exchange.
  public func calendar(of instrument: Instrument) throws(PluginError) -> SessionCalendar {
    instrument.exchange.isEmpty ? .aroundTheClock : try calendar(of: instrument.exchange)
  }

  /// The calendar of an exchange (`XNYS`), with the sessions that the host knows from loaded bars.
  ///
  /// Throws `notFound` when host or plugin has no such calendar, and `unsupported` when the host's sessions are not
  /// those this plugin was built with. Takes time in proportion to the sessions; ask once, in `start`.
  public func calendar(of exchange: String) throws(PluginError) -> SessionCalendar {
    let told = try sessions(of: exchange)
    guard let tabled = SessionCalendar.exchange(exchange) else {
      throw PluginError(.notFound, "calendar \(exchange): this plugin was built without it; rebuild it")
    }
    let calendar = tabled.extended(
      withDates: told.lazy.filter { $0.flags & fromData != 0 }.map { CivilDate(utc: Timestamp(nanoseconds: $0.date)) })
    let places = calendar.indices
    guard places.count == told.count else {
      throw disagreement(exchange, "\(told.count) sessions, this plugin \(places.count)")
    }
    for (place, raw) in zip(places, told) {
      guard let own = calendar.session(at: place), own.agrees(with: raw) else {
        throw disagreement(exchange, "other hours on \(CivilDate(utc: Timestamp(nanoseconds: raw.date)))")
      }
    }
    return calendar
  }

  private func disagreement(_ exchange: String, _ what: String) -> PluginError {
    PluginError(.unsupported, "calendar \(exchange): the host has \(what); rebuild the plugin for this host")
  }

  private func sessions(of exchange: String) throws(PluginError) -> [wharf_session] {
    var sessions: [wharf_session] = []
    let status = withUnsafeMutablePointer(to: &sessions) { sessions in
      var sink = wharf_session_sink()
      sink.struct_size = UInt32(MemoryLayout<wharf_session_sink>.size)
      sink.context = UnsafeMutableRawPointer(sessions)
      sink.sessions = { context, raw, count in
        guard let context, let raw, let count = Int(exactly: count) else { return }
        context.assumingMemoryBound(to: [wharf_session].self).pointee
          .append(contentsOf: UnsafeBufferPointer(start: raw, count: count))
      }
      return withUnsafePointer(to: sink) { sink in
        withText(exchange) { table.pointee.sessions(host, $0, $1, sink) }
      }
    }
    try check(status, "calendar \(exchange)")
    return sessions
  }
}

private let earlyClose = Int64(WHARF_SESSION_EARLY_CLOSE)
private let fromData = Int64(WHARF_SESSION_FROM_DATA)

extension Session {
  /// Whether the host tells the same session.
  fileprivate func agrees(with raw: wharf_session) -> Bool {
    date.midnightUTC.nanoseconds == raw.date && open.nanoseconds == raw.open && close.nanoseconds == raw.close
      && (isEarlyClose ? earlyClose : 0) | (isFromData ? fromData : 0) == raw.flags
  }
}
