import MarketCalendar
import TradingTypes

internal import WharfABI

extension HostTables {
  static func calendarTable() -> wharf_calendar {
    var table = wharf_calendar()
    table.struct_size = UInt32(MemoryLayout<wharf_calendar>.size)
    table.sessions = { host, exchange, length, sink in
      guard let context = InstanceContext.of(host), let exchange = borrowedBytes(exchange, length), let sink,
        sink.pointee.sessions != nil
      else { return Status.invalid }
      guard let calendar = context.calendars[String(decoding: exchange.prefix(64), as: UTF8.self)],
        !calendar.isAroundTheClock
      else { return Status.notFound }
      let sessions = calendar.indices.compactMap { calendar.session(at: $0).map(wharf_session.init) }
      sessions.withUnsafeBufferPointer {
        sink.pointee.sessions(sink.pointee.context, $0.baseAddress, UInt64($0.count))
      }
      return Status.ok
    }
    return table
  }

  static func portfolioTable() -> wharf_portfolio {
    var table = wharf_portfolio()
    table.struct_size = UInt32(MemoryLayout<wharf_portfolio>.size)
    table.account = { host, out in
      guard let board = InstanceContext.of(host)?.portfolio, let out,
        out.pointee.struct_size == MemoryLayout<wharf_account>.size
      else { return Status.invalid }
      guard let account = board.account else { return Status.notFound }
      out.pointee.breaker_tripped = account.isBreakerTripped ? 1 : 0
      out.pointee.equity = account.equity.nanos
      out.pointee.cash = account.cash.nanos
      out.pointee.buying_power = account.buyingPower.nanos
      out.pointee.currency = account.equity.currency.packed
      return Status.ok
    }
    table.holding = { host, instrument, out in
      guard let board = InstanceContext.of(host)?.portfolio, let out,
        out.pointee.struct_size == MemoryLayout<wharf_holding>.size
      else { return Status.invalid }
      guard let holding = board.holding(instrument) else { return Status.notFound }
      out.pointee.flags = holding.flags.rawValue
      out.pointee.quantity = holding.quantity.nanos
      out.pointee.average_price = holding.averagePrice.nanos
      return Status.ok
    }
    return table
  }
}

extension wharf_session {
  fileprivate init(_ session: Session) {
    self.init()
    date = session.date.midnightUTC.nanoseconds
    open = session.open.nanoseconds
    close = session.close.nanoseconds
    flags =
      (session.isEarlyClose ? Int64(WHARF_SESSION_EARLY_CLOSE) : 0)
      | (session.isFromData ? Int64(WHARF_SESSION_FROM_DATA) : 0)
  }
}
