import PluginHost
import TradingCore

internal import WharfABI

/// A broker, and its venue if the host's market data drives it.
final class BrokerDrive: Drive {
  /// What a call about orders came to.
  struct Answered {
    var status: Int32
    var reports: [OrderReport]
  }

  private let table: UnsafePointer<wharf_broker>
  private let venue: UnsafePointer<wharf_simulated_venue>?
  /// Whether the host's market data drives it.
  var isVenue: Bool { venue != nil }

  init(_ table: UnsafePointer<wharf_broker>, venue: UnsafePointer<wharf_simulated_venue>?, _ host: DriverHost) {
    self.table = table
    self.venue = venue
    super.init(.broker, host, create: table.pointee.create, destroy: table.pointee.destroy)
  }

  override func begin(_ market: CheckMarket) -> Int32 { start(market) { table.pointee.start($0, $1) } }

  override func stepCount(_ market: CheckMarket) -> Int { market.bars.count }

  override func feed(_ market: CheckMarket, _ place: Int) {
    if market.beginsInstant(place) {
      openSession(market, place)
      if isUsable { act(market, place, market.bars[place].instrument, Order.nanos(market.bars[place].open)) }
    }
    if isUsable { market.lend(place) { _ = offer($0) } }
  }

  /// Quotes the open of every instrument of the session whose first bar is at a place.
  @discardableResult
  func openSession(_ market: CheckMarket, _ place: Int) -> [OrderReport] {
    host.advance(to: market.bars[place].end - CheckMarket.sessionLength)
    var reports: [OrderReport] = []
    for bar in market.instant(place) where isUsable {
      reports += quote(bar.instrument, Order.nanos(bar.open), isFirst: true).reports
    }
    return reports
  }

  /// What a session may ask for, a little of all.
  private func act(_ market: CheckMarket, _ round: Int, _ instrument: UInt32, _ price: Int64) {
    guard isUsable else { return }
    var order = Order("walk-\(round)", instrument, at: host.now)
    let step = market.listings.count
    switch round / step % 8 {
    case 1: place(order)
    case 2:
      order.limit(at: price / 2)
      place(order)
      if isUsable { cancel(order.id) }
    case 3: queryAll()
    case 4: self.order("walk-\(round - 3 * step)")
    case 5:
      order.limit(at: price - price / 100)
      place(order)
      if isUsable { replace(order.id, quantity: order.quantity, limit: price - price / 50) }
    default: break
    }
  }

  private func queryAll() {
    for query in [{ _ = self.account() }, { _ = self.positions() }, { _ = self.openOrders() }] where isUsable {
      query()
    }
  }

  // MARK: - Queries

  /// What it can do; `nil` when it cannot be asked.
  func capabilities() -> UInt64? {
    var bits: UInt64 = 0
    return perform("capabilities") { table.pointee.capabilities(handle, &bits) } == Status.ok ? bits : nil
  }

  /// The account; `nil` when it cannot be had or is not one.
  @discardableResult
  func account() -> BrokerAccount? {
    var raw = wharf_broker_account()
    raw.struct_size = UInt32(MemoryLayout<wharf_broker_account>.size)
    guard perform("account", { table.pointee.account(handle, &raw) }) == Status.ok else { return nil }
    take(Answer.account) { () throws(AnswerReading.Refusal) in try AnswerReading.account(raw) }
    return try? AnswerReading.account(raw)
  }

  /// Asks for the account with a place for it that has so many bytes; whether it wrote behind them, and the status.
  func account(size: Int) -> (status: Int32, isOverrun: Bool) {
    let canary = UInt8(0xA5)
    let place = UnsafeMutableRawPointer.allocate(
      byteCount: MemoryLayout<wharf_broker_account>.size, alignment: MemoryLayout<wharf_broker_account>.alignment)
    defer { place.deallocate() }
    let bytes = UnsafeMutableRawBufferPointer(start: place, count: MemoryLayout<wharf_broker_account>.size)
    for index in bytes.indices { bytes[index] = canary }
    place.storeBytes(of: UInt32(size), as: UInt32.self)
    let status = perform("account") {
      table.pointee.account(handle, place.assumingMemoryBound(to: wharf_broker_account.self))
    }
    return (status, bytes[size...].contains { $0 != canary })
  }

  /// Every position; `nil` when the query failed.
  @discardableResult
  func positions() -> [BrokerPosition]? {
    let before = events.count
    guard perform("positions", { table.pointee.positions(handle, sink()) }) == Status.ok else { return nil }
    return events[before...].compactMap { if case .answer(.position(let position)) = $0.what { position } else { nil } }
  }

  /// The last report of every working order; `nil` when the query failed.
  @discardableResult
  func openOrders() -> [OrderReport]? {
    let answered = answering { perform("open_orders") { table.pointee.open_orders(handle, sink()) } }
    return answered.status == Status.ok ? answered.reports : nil
  }

  /// All reports of an order.
  @discardableResult
  func order(_ id: String) -> Answered {
    answering {
      lend("order") { arena in
        let (text, length) = arena.text(Array(id.utf8))
        return table.pointee.order(handle, text, length, sink())
      }
    }
  }

  // MARK: - Requests

  /// Places an order.
  @discardableResult
  func place(_ order: Order) -> Answered {
    answering {
      lend("place") { arena in
        let request = order.raw(arena)
        return table.pointee.place(handle, arena.value(request), sink())
      }
    }
  }

  /// Changes an order; 0 keeps a price.
  @discardableResult
  func replace(_ id: String, quantity: Int64, limit: Int64 = 0, stop: Int64 = 0) -> Answered {
    answering {
      lend("replace") { arena in
        let (text, length) = arena.text(Array(id.utf8))
        return table.pointee.replace(handle, text, length, quantity, limit, stop, sink())
      }
    }
  }

  /// Asks to cancel an order.
  @discardableResult
  func cancel(_ id: String) -> Answered {
    answering {
      lend("cancel") { arena in
        let (text, length) = arena.text(Array(id.utf8))
        return table.pointee.cancel(handle, text, length, sink())
      }
    }
  }

  // MARK: - The venue

  /// Offers a price, if it is a venue.
  @discardableResult
  func quote(_ instrument: UInt32, _ price: Int64, isFirst: Bool = false) -> Answered {
    guard let venue else { return Answered(status: Status.ok, reports: []) }
    let quote = wharf_quote(
      time: host.now, last: price, bid: 0, ask: 0, instrument: instrument,
      flags: isFirst ? UInt32(WHARF_SESSION_FIRST) : 0)
    return answering { lend("on_quote") { venue.pointee.on_quote(handle, $0.value(quote), sink()) } }
  }

  /// Offers a finished bar, if it is a venue.
  @discardableResult
  func offer(_ bar: UnsafePointer<wharf_bar>) -> Answered {
    host.advance(to: bar.pointee.end)
    guard let venue else { return Answered(status: Status.ok, reports: []) }
    return answering { offer("on_bar", bar) { venue.pointee.on_bar(handle, $0, sink()) } }
  }

  /// Offers a finished bar, if it is a venue.
  @discardableResult
  func offer(_ bar: wharf_bar) -> Answered { withUnsafePointer(to: bar) { offer($0) } }

  private func answering(_ body: () -> Int32) -> Answered {
    let before = events.count
    let status = body()
    let reports: [OrderReport] = events[min(before, events.count)...].compactMap {
      if case .answer(.report(let report)) = $0.what { report } else { nil }
    }
    return Answered(status: status, reports: reports)
  }

  private func sink() -> UnsafePointer<wharf_broker_sink> {
    sinks.sink(wharf_broker_sink()) { sink, context in
      sink.struct_size = UInt32(MemoryLayout<wharf_broker_sink>.size)
      sink.context = context
      sink.report = { context, raw in
        guard let raw, let drive = SinkRing.drive(context, as: BrokerDrive.self) else { return }
        drive.take(Answer.report) { () throws(AnswerReading.Refusal) in
          try AnswerReading.report(raw, instrumentCount: drive.instrumentCount)
        }
      }
      sink.position = { context, raw in
        guard let raw, let drive = SinkRing.drive(context, as: BrokerDrive.self) else { return }
        drive.take(Answer.position) { () throws(AnswerReading.Refusal) in
          try AnswerReading.position(raw, instrumentCount: drive.instrumentCount)
        }
      }
    }
  }
}
