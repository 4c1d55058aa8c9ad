import PluginSDK
import TradingTypes

/// A simulated venue as a pure state machine: requests and market events go in, reports come out; no I/O, no clock.
///
/// How it fills (the plugin's README has the table): a marketable fill costs slippage and half the spread; a limit fill
/// is never worse than its limit; inside a bar no fill is outside its range; at each touch of a stop and a target the
/// stop fills. Money and positions are exact: a buy's value is rounded up to a billionth, a sell's down, fees up.
public struct PaperVenue: Sendable {
  /// Costs and liquidity.
  public let settings: PaperSettings
  /// Cash, in billionths of the account's currency.
  public internal(set) var cashNanos: Int64
  /// Cash held back for working buys.
  public internal(set) var reservedNanos: Int64 = 0

  let remembersAll: Bool
  /// Where not all is remembered: how many orders are held before old ones are forgotten, and how many stay.
  var mostOrders = 8192
  var latestOrders = 1024
  /// Orders ever made.
  var orderCount: UInt32 = 0
  var books: Table<Book>
  var orders: Table<Order>
  var resting = Table<Resting>()
  var freeSlots = Table<UInt32>()
  var index: OrderIndex
  var reports: Table<LoggedReport>
  var moment = Moment()
  /// Length of the log when the call under way began.
  var callStart = 0
  /// Places of the first reports of the market events that made any, and how much of the log it covers.
  var eventIndex: [EventKey: UInt32] = [:]
  var eventIndexEnd = 0
  /// Shared by copies until one of them is written to.
  private var identity = Identity()

  /// Makes an empty account for these instruments.
  ///
  /// - Parameter remembersAll: keep every order for ever. Otherwise orders that ended more than some 1,000 orders ago
  ///   are forgotten, which bounds memory where nothing is ever restored or offered again.
  public init(_ instruments: [Instrument], settings: PaperSettings, remembersAll: Bool = true) {
    self.settings = settings
    self.remembersAll = remembersAll
    cashNanos = settings.cashNanos
    // Where few orders stay, there is room for all of them and their reports from the start.
    let capacity = remembersAll ? 16 : mostOrders
    orders = Table(capacity: capacity)
    reports = Table(capacity: 2 * capacity)
    index = OrderIndex(capacity: capacity)
    books = Table(instruments.map { Book($0, accountCurrency: settings.currency) })
  }

  /// Makes the tables this copy's own; every call that changes something begins with it.
  @inline(__always)
  mutating func detach() { if !isKnownUniquelyReferenced(&identity) { detachTables() } }

  @inline(never)
  private mutating func detachTables() {
    books.detach()
    orders.detach()
    resting.detach()
    freeSlots.detach()
    index.detach()
    reports.detach()
    identity = Identity()
  }

  /// Cash that is free for buys.
  public var buyingPowerNanos: Int64 { cashNanos - reservedNanos }

  /// Whether any order works in an instrument.
  public func hasWorkingOrders(_ instrument: InstrumentID) -> Bool {
    Int(instrument.index) < books.count && !books[Int(instrument.index)].isQuiet
  }

  /// Every position that is not flat, in order of instrument.
  public var positions: [BrokerPosition] {
    books.indices.compactMap { place in
      let book = books[place]
      guard book.position != 0 else { return nil }
      return BrokerPosition(
        instrument: InstrumentID(UInt32(place)), quantity: Quantity(nanos: book.position),
        averagePrice: Price(nanos: book.averagePrice))
    }
  }

  /// The last report of every working order, in order of placement.
  public func openOrders(into told: inout Told) {
    told.others.append(contentsOf: books.indices.flatMap { working($0) }.sorted().map { orders[Int($0)].lastReport })
  }

  /// All reports of one order, oldest first; false when the venue never told anything of it.
  public func reports(of id: ShortText, into told: inout Told) -> Bool {
    guard let place = index.find(id, in: orders), orders[place].reportCount > 0 else { return false }
    tellAll(of: place, from: 0, into: &told)
    return true
  }
}

/// Tells whether a venue has copies.
private final class Identity: Sendable {}

// MARK: - The log

extension PaperVenue {
  mutating func beginCall() { callStart = reports.count }

  /// Tells what the call under way logged.
  @inline(__always)
  func tellCall(into told: inout Told) {
    told.call = callStart..<reports.count
  }

  @inline(__always)
  mutating func log(_ kind: OrderReport.Kind, _ n: Int, reason: Reason = .none, first: Int64 = 0, second: Int64 = 0) {
    append(kind, n, orders.address(n), reason: reason, quantity: orders[n].quantity, first: first, second: second)
  }

  @inline(__always)
  mutating func append(
    _ kind: OrderReport.Kind, _ n: Int, _ order: UnsafeMutablePointer<Order>, reason: Reason, quantity: Int64,
    first: Int64, second: Int64
  ) {
    let slot = order.pointee.slot
    let report = LoggedReport(
      kind: kind, cause: moment.cause, isFirstOfCall: reports.count == callStart,
      reason: reason, time: moment.time, order: UInt32(truncatingIfNeeded: n), quantity: quantity, first: first,
      second: second, cumulative: order.pointee.filled, stop: slot == Order.none ? 0 : resting[Int(slot)].stop)
    link(report, to: order)
  }

  /// Adds a report to the log and to its order's chain.
  @inline(__always)
  mutating func link(_ report: LoggedReport, to order: UnsafeMutablePointer<Order>) {
    order.pointee.reportCount &+= 1
    var report = report
    report.sequence = order.pointee.reportCount
    chain(UInt32(truncatingIfNeeded: reports.count), to: order)
    reports.append(report)
  }

  /// Makes a report of the log the last of its order's chain.
  @inline(__always)
  mutating func chain(_ place: UInt32, to order: UnsafeMutablePointer<Order>) {
    let last = order.pointee.lastReport
    if last == LoggedReport.none { order.pointee.firstReport = place } else { reports[Int(last)].next = place }
    order.pointee.lastReport = place
  }

  /// Tells an order's reports from a place in the log on.
  func tellAll(of n: Int, from start: Int, into told: inout Told) {
    var place = orders[n].firstReport
    while place != LoggedReport.none {
      if Int(place) >= start { told.others.append(place) }
      place = reports[Int(place)].next
    }
  }
}
