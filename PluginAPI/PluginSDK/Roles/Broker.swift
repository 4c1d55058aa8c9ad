import TradingTypes
import WharfABI

/// A broker: takes orders and reports what became of them.
///
/// The host commits an intent before it calls ``place(_:_:)`` and never places one id twice unless the answer was
/// definitive. Calls to one instance never overlap; those that ask the venue may block.
public protocol Broker {
  /// Reads the options and the saved state, and takes what it needs from the host.
  init(host: HostServices) throws(PluginError)

  /// Learns the instruments, in the order of their ids; called once, before anything below.
  mutating func start(_ instruments: [Instrument], _ session: SessionStart) throws(PluginError)

  /// What this broker can do.
  var capabilities: BrokerCapabilities { get }

  /// The account.
  mutating func account() throws(PluginError) -> BrokerAccount

  /// Every position, complete; throws when it cannot be complete, for a failed query is never read as flat.
  mutating func positions() throws(PluginError) -> [BrokerPosition]

  /// The last report of every working order, complete or failed as ``positions()``.
  mutating func openOrders(_ context: borrowing BrokerContext) throws(PluginError)

  /// All reports of one order, oldest first. Throws `notFound` only when the venue never had it.
  mutating func order(_ clientOrderID: ShortText, _ context: borrowing BrokerContext) throws(PluginError)

  /// Places an order; returning means the venue has it. Reports may be told at once.
  ///
  /// Throws `rejected` (after a report with the reason), `notSent`, `invalid` or `unsupported` when nothing left; any
  /// other status means the outcome is unknown. An id the venue already has tells that order's reports and returns.
  mutating func place(_ request: OrderRequest, _ context: borrowing BrokerContext) throws(PluginError)

  /// Changes a working order; statuses as ``place(_:_:)``.
  mutating func replace(_ change: OrderChange, _ context: borrowing BrokerContext) throws(PluginError)

  /// Asks to cancel: returning means it is or will be cancelled, and a report tells. Throws `notFound` when there is
  /// no such working order.
  mutating func cancel(_ clientOrderID: ShortText, _ context: borrowing BrokerContext) throws(PluginError)
}

/// A broker that fills orders from the market data of the host. What it has already processed changes nothing and
/// tells the same reports again, so a host that was cut off catches up.
///
/// The host offers every quote and every bar of every instrument, in order of time, whether an order rests there or not:
/// where the market stands decides what becomes of the next order, whether it fills at once or waits, what cash it needs
/// and how much volume is left. Offers about instruments without orders are by far the most, so they should cost least.
public protocol SimulatedVenue: Broker {
  /// Takes a price at which market orders fill: a session's or bar's open.
  mutating func onQuote(_ quote: Quote, _ context: borrowing BrokerContext) throws(PluginError)

  /// Takes a finished bar, whose high and low work on resting orders; `session` is its place in its session.
  mutating func onBar(
    _ bar: Bar, session: SessionFlags, _ context: borrowing BrokerContext
  ) throws(PluginError)
}

/// What is to change in a working order.
public struct OrderChange: Hashable, Sendable {
  /// Which order.
  public var clientOrderID: ShortText
  /// The new total, the filled part included.
  public var quantity: Quantity
  /// The new limit; `nil` keeps it.
  public var limitPrice: Price?
  /// The new stop; `nil` keeps it.
  public var stopPrice: Price?

  /// Makes a change from its parts.
  public init(clientOrderID: ShortText, quantity: Quantity, limitPrice: Price? = nil, stopPrice: Price? = nil) {
    self.clientOrderID = clientOrderID
    self.quantity = quantity
    self.limitPrice = limitPrice
    self.stopPrice = stopPrice
  }
}

/// Where a broker's reports go during one call. It cannot be kept.
@frozen
public struct BrokerContext: ~Copyable {
  @usableFromInline let sink: UnsafePointer<wharf_broker_sink>

  @inlinable package init(sink: UnsafePointer<wharf_broker_sink>) { self.sink = sink }

  /// Tells the host what happened to an order; the host copies it.
  public func report(_ report: OrderReport) { report.withRaw { sink.pointee.report(sink.pointee.context, $0) } }

  /// Tells the host a happening that needs no reason, from its parts: for venues whose id of an order is the host's, and
  /// that fill so many orders that making an ``OrderReport`` of each would cost more than the rest.
  ///
  /// The ids are read where they are, and their lengths are given.
  @inlinable @inline(__always)
  public func report(
    _ kind: OrderReport.Kind, reportID: UnsafePointer<ShortText>, reportIDLength: Int,
    clientOrderID: UnsafePointer<ShortText>, clientOrderIDLength: Int, instrument: InstrumentID, side: Side,
    type: OrderType, time: Timestamp, quantity: Quantity, price: Price?,
    feeNanos: Int64, cumulative: Quantity, stopPrice: Price?
  ) {
    var raw = wharf_order_report(
      kind, instrument, side, type, time, quantity, price, feeNanos: feeNanos, cumulative: cumulative,
      stopPrice: stopPrice)
    raw.report_id = UnsafeRawPointer(reportID).assumingMemoryBound(to: CChar.self)
    raw.report_id_length = UInt64(truncatingIfNeeded: reportIDLength)
    raw.client_order_id = UnsafeRawPointer(clientOrderID).assumingMemoryBound(to: CChar.self)
    raw.client_order_id_length = UInt64(truncatingIfNeeded: clientOrderIDLength)
    (raw.venue_order_id, raw.venue_order_id_length) = (raw.client_order_id, raw.client_order_id_length)
    withUnsafePointer(to: raw) { sink.pointee.report(sink.pointee.context, $0) }
  }
}
