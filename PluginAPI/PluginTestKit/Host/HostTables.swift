import MarketCalendar
import PluginSDK
import TradingTypes
import WharfABI

/// The host tables in memory of their own, which lives as long as the process.
final class HostTables {
  let log = UnsafeMutablePointer<wharf_log>.allocate(capacity: 1)
  let clock = UnsafeMutablePointer<wharf_clock>.allocate(capacity: 1)
  let random = UnsafeMutablePointer<wharf_random>.allocate(capacity: 1)
  let config = UnsafeMutablePointer<wharf_config>.allocate(capacity: 1)
  let state = UnsafeMutablePointer<wharf_state>.allocate(capacity: 1)
  let calendar = UnsafeMutablePointer<wharf_calendar>.allocate(capacity: 1)
  let portfolio = UnsafeMutablePointer<wharf_portfolio>.allocate(capacity: 1)

  init() {
    log.initialize(to: wharf_log(struct_size: size(wharf_log.self), reserved: 0, write: hostLog))
    clock.initialize(
      to: wharf_clock(struct_size: size(wharf_clock.self), reserved: 0) { TestHost.at($0).now.nanoseconds })
    random.initialize(
      to: wharf_random(struct_size: size(wharf_random.self), reserved: 0) { TestHost.at($0).nextRandom() })
    config.initialize(
      to: wharf_config(
        struct_size: size(wharf_config.self), reserved: 0, integer: hostInteger, decimal: hostDecimal,
        boolean: hostBoolean, text: hostText))
    state.initialize(
      to: wharf_state(
        struct_size: size(wharf_state.self), reserved: 0, get: hostGet, keys: hostKeys, put: hostPut,
        remove: hostRemove, commit: hostCommit))
    calendar.initialize(
      to: wharf_calendar(struct_size: size(wharf_calendar.self), reserved: 0, sessions: hostSessions))
    portfolio.initialize(
      to: wharf_portfolio(
        struct_size: size(wharf_portfolio.self), reserved: 0, account: hostAccount, holding: hostHolding))
  }

  static let find:
    @convention(c) (
      UnsafePointer<wharf_host>?, UnsafePointer<CChar>?, UInt64, UnsafeMutablePointer<UnsafeRawPointer?>?
    ) -> wharf_status = { host, id, length, out in
      let id = readText(id, length)
      let test = TestHost.at(host)
      let tables = test.tables
      let table: UnsafeRawPointer? =
        switch id {
        case "wharf.log/1": UnsafeRawPointer(tables.log)
        case "wharf.clock/1": UnsafeRawPointer(tables.clock)
        case "wharf.random/1": UnsafeRawPointer(tables.random)
        case "wharf.config/1": UnsafeRawPointer(tables.config)
        case "wharf.state/1": UnsafeRawPointer(tables.state)
        case "wharf.calendar/1": UnsafeRawPointer(tables.calendar)
        case "wharf.portfolio/1": UnsafeRawPointer(tables.portfolio)
        default: nil
        }
      guard let table, !test.withheld.contains(id) else { return PluginStatus.unsupported.rawValue }
      out!.pointee = table
      return 0
    }
}

func size<Value>(_ type: Value.Type) -> UInt32 { UInt32(MemoryLayout<Value>.size) }

/// Copies UTF-8 that was passed as pointer and length.
func readText(_ pointer: UnsafePointer<CChar>?, _ length: UInt64) -> String {
  String(decoding: UnsafeRawBufferPointer(start: pointer, count: Int(length)), as: UTF8.self)
}

extension TestHost {
  /// SplitMix64.
  fileprivate func nextRandom() -> UInt64 {
    randomState &+= 0x9E37_79B9_7F4A_7C15
    var z = randomState
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

private func hostLog(
  _ host: UnsafePointer<wharf_host>?, _ level: Int32, _ text: UnsafePointer<CChar>?, _ length: UInt64
) {
  TestHost.at(host).log.append(TestHost.LogLine(level: level, text: readText(text, length)))
}

private func hostSessions(
  _ host: UnsafePointer<wharf_host>?, _ exchange: UnsafePointer<CChar>?, _ length: UInt64,
  _ sink: UnsafePointer<wharf_session_sink>?
) -> wharf_status {
  guard let calendar = TestHost.at(host).calendars[readText(exchange, length)] else {
    return PluginStatus.notFound.rawValue
  }
  // Told in pieces, because a plugin must cope with that.
  var piece: [wharf_session] = []
  func flush() {
    piece.withUnsafeBufferPointer { sink!.pointee.sessions(sink!.pointee.context, $0.baseAddress, UInt64($0.count)) }
    piece = []
  }
  for index in calendar.indices {
    guard let session = calendar.session(at: index) else { continue }
    piece.append(
      wharf_session(
        date: session.date.midnightUTC.nanoseconds, open: session.open.nanoseconds, close: session.close.nanoseconds,
        flags: (session.isEarlyClose ? Int64(WHARF_SESSION_EARLY_CLOSE) : 0)
          | (session.isFromData ? Int64(WHARF_SESSION_FROM_DATA) : 0)))
    if piece.count == 1000 { flush() }
  }
  flush()
  return 0
}

private func hostAccount(_ host: UnsafePointer<wharf_host>?, _ out: UnsafeMutablePointer<wharf_account>?)
  -> wharf_status
{
  let account = TestHost.at(host).account
  out!.pointee.breaker_tripped = account.isBreakerTripped ? 1 : 0
  out!.pointee.equity = account.equity.nanos
  out!.pointee.cash = account.cash.nanos
  out!.pointee.buying_power = account.buyingPower.nanos
  out!.pointee.currency = account.equity.currency.packed
  return 0
}

private func hostHolding(
  _ host: UnsafePointer<wharf_host>?, _ instrument: UInt32, _ out: UnsafeMutablePointer<wharf_holding>?
) -> wharf_status {
  guard let holding = TestHost.at(host).holdings[InstrumentID(instrument)] else {
    out!.pointee = wharf_holding(struct_size: size(wharf_holding.self), flags: 0, quantity: 0, average_price: 0)
    return 0
  }
  out!.pointee.flags =
    (holding.hasPosition ? 1 : 0) | (holding.hasWorkingOrder ? 2 : 0) | (holding.hasPendingSignal ? 4 : 0)
    | (holding.isBlocked ? 8 : 0)
  out!.pointee.quantity = holding.quantity.nanos
  out!.pointee.average_price = holding.averagePrice.nanos
  return 0
}
