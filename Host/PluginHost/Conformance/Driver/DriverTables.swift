import PluginHost

internal import WharfABI

/// The tables of every host of a test, made once.
///
/// Sendable is safe: the tables never change, and their functions find everything else in the host they are given.
struct DriverTables: @unchecked Sendable {
  static let shared = DriverTables()
  /// The ids of all of them.
  static let names = [
    "wharf.log/1", "wharf.clock/1", "wharf.random/1", "wharf.config/1", "wharf.state/1", "wharf.calendar/1",
    "wharf.portfolio/1", http,
  ]
  static let http = "wharf.http/1"

  private let tables: [String: UnsafeRawPointer]

  private init() {
    tables = [
      "wharf.log/1": kept(DriverTables.log()), "wharf.clock/1": kept(DriverTables.clock()),
      "wharf.random/1": kept(DriverTables.random()), "wharf.config/1": kept(DriverTables.config()),
      "wharf.state/1": kept(DriverTables.state()), "wharf.calendar/1": kept(DriverTables.calendar()),
      "wharf.portfolio/1": kept(DriverTables.portfolio()), DriverTables.http: kept(DriverTables.requests()),
    ]
  }

  func table(_ id: String) -> UnsafeRawPointer? { tables[id] }

  private static func log() -> wharf_log {
    var table = wharf_log()
    table.struct_size = UInt32(MemoryLayout<wharf_log>.size)
    table.write = { host, _, _, _ in
      guard let host = DriverHost.of(host) else { return }
      _ = host.take(.logWrite)
      host.with { $0.logged += 1 }
    }
    return table
  }

  private static func clock() -> wharf_clock {
    var table = wharf_clock()
    table.struct_size = UInt32(MemoryLayout<wharf_clock>.size)
    table.now = { host in
      guard let host = DriverHost.of(host) else { return 0 }
      _ = host.take(.clockNow)
      return host.with { book in
        book.clockReads += 1
        switch book.script.clock {
        case .road: return book.now
        case .jumping(let distance): return book.clockReads % 2 == 0 ? book.now : book.now &+ distance
        case .stuck(let instant): return instant
        }
      }
    }
    return table
  }

  private static func random() -> wharf_random {
    var table = wharf_random()
    table.struct_size = UInt32(MemoryLayout<wharf_random>.size)
    table.next = { host in
      guard let host = DriverHost.of(host) else { return 0 }
      _ = host.take(.randomNext)
      return host.with { book in
        if let stuck = book.script.stuckRandom { return stuck }
        book.random &+= 0x9e37_79b9_7f4a_7c15
        return (book.random ^ (book.random >> 30)) &* 0xbf58_476d_1ce4_e5b9
      }
    }
    return table
  }

  private static func portfolio() -> wharf_portfolio {
    var table = wharf_portfolio()
    table.struct_size = UInt32(MemoryLayout<wharf_portfolio>.size)
    table.account = { host, out in
      guard let host = DriverHost.of(host), let out else { return Status.invalid }
      if let status = host.take(.portfolioAccount) { return status }
      out.pointee.breaker_tripped = 0
      out.pointee.equity = 100_000_000_000_000
      out.pointee.cash = 100_000_000_000_000
      out.pointee.buying_power = 100_000_000_000_000
      out.pointee.currency = CheckMarket.dollar
      return Status.ok
    }
    table.holding = { host, instrument, out in
      guard let host = DriverHost.of(host), let out else { return Status.invalid }
      if let status = host.take(.portfolioHolding) { return status }
      return host.with { book in
        guard instrument < book.instrumentCount else { return Status.notFound }
        let holding = book.holdings[instrument] ?? DriverHost.Holding()
        out.pointee.flags = holding.flags
        out.pointee.quantity = holding.quantity
        out.pointee.average_price = holding.averagePrice
        return Status.ok
      }
    }
    return table
  }

  /// Requests that never arrive.
  private static func requests() -> wharf_http {
    var table = wharf_http()
    table.struct_size = UInt32(MemoryLayout<wharf_http>.size)
    table.send = { host, request, sink in
      guard let host = DriverHost.of(host), request != nil, sink != nil else { return Status.invalid }
      return host.take(.httpSend) ?? host.with { $0.script.httpStatus }
    }
    table.limit = { host, _, _, _, _, _, _ in
      guard let host = DriverHost.of(host) else { return Status.invalid }
      return host.take(.httpLimit) ?? Status.ok
    }
    return table
  }

  private static func calendar() -> wharf_calendar {
    var table = wharf_calendar()
    table.struct_size = UInt32(MemoryLayout<wharf_calendar>.size)
    table.sessions = { host, exchange, length, sink in
      guard let host = DriverHost.of(host), let name = borrowedBytes(exchange, length), let sink else {
        return Status.invalid
      }
      if let status = host.take(.calendarSessions) { return status }
      guard String(decoding: name.prefix(64), as: UTF8.self) == CheckMarket.exchange else { return Status.notFound }
      CheckMarket.sessions.withUnsafeBufferPointer {
        sink.pointee.sessions(sink.pointee.context, $0.baseAddress, UInt64($0.count))
      }
      return Status.ok
    }
    return table
  }
}

private func kept<Table>(_ table: Table) -> UnsafeRawPointer {
  let memory = UnsafeMutablePointer<Table>.allocate(capacity: 1)
  memory.initialize(to: table)
  return UnsafeRawPointer(memory)
}
