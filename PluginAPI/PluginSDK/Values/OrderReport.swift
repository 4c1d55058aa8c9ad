import TradingTypes
import WharfABI

/// One thing that happened to an order. The same happening has the same report id whenever it is told again.
public struct OrderReport: Hashable, Sendable {
  /// What happened.
  public enum Kind: Int32, Hashable, Sendable, BitwiseCopyable, CaseIterable {
    /// The venue has it.
    case accepted = 1
    /// Some or all of it traded.
    case fill = 2
    /// It was cancelled.
    case cancelled = 3
    /// It was refused.
    case rejected = 4
    /// Its time is over.
    case expired = 5
    /// Quantity or prices were changed as asked, or by the order's own rule (trailing).
    case replaced = 6
    /// Its stop price traded.
    case triggered = 7
  }

  /// What happened.
  public var kind: Kind
  /// Names this happening for ever.
  public var reportID: ShortText
  /// The host's id; empty: not an order of this host.
  public var clientOrderID: ShortText
  /// The venue's id; may be empty.
  public var venueOrderID: ShortText
  /// What is traded.
  public var instrument: InstrumentID
  /// Which way.
  public var side: Side
  /// How it is executed.
  public var type: OrderType
  /// When it happened.
  public var time: Timestamp
  /// Of a fill, what was filled now; else the order's quantity.
  public var quantity: Quantity
  /// Of a fill, its price.
  public var price: Price?
  /// Of a fill, in the instrument's currency, in billionths.
  public var feeNanos: Int64 = 0
  /// Filled so far, this fill included.
  public var cumulative: Quantity = .zero
  /// The order's present stop price; `nil`: none.
  public var stopPrice: Price?
  /// Of a rejection, cancellation or expiry.
  public var reason = ""

  /// Makes a report from its parts.
  public init(
    _ kind: Kind, reportID: ShortText, clientOrderID: ShortText, venueOrderID: ShortText = ShortText(),
    instrument: InstrumentID, side: Side, type: OrderType, time: Timestamp, quantity: Quantity, price: Price? = nil,
    feeNanos: Int64 = 0, cumulative: Quantity = .zero, stopPrice: Price? = nil, reason: String = ""
  ) {
    self.kind = kind
    self.reportID = reportID
    self.clientOrderID = clientOrderID
    self.venueOrderID = venueOrderID
    self.instrument = instrument
    self.side = side
    self.type = type
    self.time = time
    self.quantity = quantity
    self.price = price
    self.feeNanos = feeNanos
    self.cumulative = cumulative
    self.stopPrice = stopPrice
    self.reason = reason
  }

  func withRaw(_ body: (UnsafePointer<wharf_order_report>) -> Void) {
    reportID.withPointer { reportID, reportIDLength in
      clientOrderID.withPointer { clientOrderID, clientOrderIDLength in
        venueOrderID.withPointer { venueOrderID, venueOrderIDLength in
          withText(reason) { reason, reasonLength in
            var raw = wharf_order_report(
              kind, instrument, side, type, time, quantity, price, feeNanos: feeNanos, cumulative: cumulative,
              stopPrice: stopPrice)
            (raw.report_id, raw.report_id_length) = (reportID, reportIDLength)
            (raw.client_order_id, raw.client_order_id_length) = (clientOrderID, clientOrderIDLength)
            (raw.venue_order_id, raw.venue_order_id_length) = (venueOrderID, venueOrderIDLength)
            (raw.reason, raw.reason_length) = (reason, reasonLength)
            withUnsafePointer(to: raw, body)
          }
        }
      }
    }
  }
}

extension wharf_order_report {
  /// What of a report is not text.
  @inlinable @inline(__always)
  init(
    _ kind: OrderReport.Kind, _ instrument: InstrumentID, _ side: Side, _ type: OrderType, _ time: Timestamp,
    _ quantity: Quantity, _ price: Price?, feeNanos: Int64, cumulative: Quantity, stopPrice: Price?
  ) {
    self.init()
    struct_size = UInt32(MemoryLayout<wharf_order_report>.size)
    self.instrument = instrument.index
    self.kind = kind.rawValue
    self.side = side.rawValue
    order_type = type.rawValue
    self.time = time.nanoseconds
    self.quantity = quantity.nanos
    self.price = price?.nanos ?? 0
    fee = feeNanos
    self.cumulative = cumulative.nanos
    stop_price = stopPrice?.nanos ?? 0
  }
}
