import TradingCore
import TradingTypes

internal import WharfABI

extension OrderReport {
  /// A broker's report, if every value is one the contract allows.
  ///
  /// Without `keepsIDs` the ids that only a record shows are judged like all else, and then left out.
  init(_ raw: UnsafePointer<wharf_order_report>, instrumentCount: UInt32, keepsIDs: Bool) throws(Violation) {
    var inspection = Inspection("report", instrumentCount: instrumentCount)
    try inspection.size(raw.pointee.struct_size, MemoryLayout<wharf_order_report>.size)
    let kind: Kind = try inspection.listed(raw.pointee.kind, "kind")
    let _: OrderType = try inspection.listed(raw.pointee.order_type, "order_type")
    let isFill = kind == .fill
    let quantity =
      isFill
      ? try inspection.positive(raw.pointee.quantity, "quantity")
      : try inspection.notNegative(raw.pointee.quantity, "quantity")
    let price =
      isFill
      ? try inspection.positive(raw.pointee.price, "price") : try inspection.notNegative(raw.pointee.price, "price")
    let cumulative = try inspection.notNegative(raw.pointee.cumulative, "cumulative")
    if isFill, cumulative < quantity {
      throw inspection.violation("cumulative", "at least what was filled now", "\(Quantity(nanos: cumulative))")
    }
    let reportID = try inspection.id(
      raw.pointee.report_id, raw.pointee.report_id_length, "report_id", limit: 128, allowsNone: false)
    let clientOrderID = try inspection.id(
      raw.pointee.client_order_id, raw.pointee.client_order_id_length, "client_order_id", limit: ShortText.capacity,
      allowsNone: true)
    let venueOrderID = try inspection.id(
      raw.pointee.venue_order_id, raw.pointee.venue_order_id_length, "venue_order_id", limit: 128, allowsNone: true)
    self.init(
      reportID: keepsIDs ? reportID : "", clientOrderID: ShortText(clientOrderID) ?? ShortText(),
      venueOrderID: keepsIDs ? venueOrderID : "",
      instrument: try inspection.instrument(raw.pointee.instrument), kind: kind,
      side: try inspection.listed(raw.pointee.side, "side"), time: Timestamp(nanoseconds: raw.pointee.time),
      quantity: Quantity(nanos: quantity), price: Price(nanos: price), feeNanos: raw.pointee.fee,
      cumulative: Quantity(nanos: cumulative),
      stopPrice: Price(nanos: try inspection.notNegative(raw.pointee.stop_price, "stop_price")),
      reason: try inspection.text(raw.pointee.reason, raw.pointee.reason_length, "reason", limit: 4096))
  }
}

extension OrderReport {
  /// A report of the usual kind, read quickly: short ids, no reason. `nil`: read it the other way, which also tells what
  /// is wrong with it.
  @inline(__always)
  init?(
    usual raw: UnsafePointer<wharf_order_report>, instrumentCount: UInt32, keepsIDs: Bool, isStringLayoutKnown: Bool
  ) {
    guard OrderReport.hasUsualNumbers(raw, instrumentCount: instrumentCount),
      ShortASCII.isOne(raw.pointee.report_id, raw.pointee.report_id_length),
      raw.pointee.venue_order_id == raw.pointee.client_order_id
        && raw.pointee.venue_order_id_length == raw.pointee.client_order_id_length
        || ShortASCII.isOne(raw.pointee.venue_order_id, raw.pointee.venue_order_id_length),
      let clientOrderID = ShortASCII(raw.pointee.client_order_id, raw.pointee.client_order_id_length)
    else { return nil }
    if !keepsIDs, let kind = Kind(rawValue: raw.pointee.kind) {
      self.init(
        clientOrderID: clientOrderID.shortText, instrument: InstrumentID(raw.pointee.instrument), kind: kind,
        side: raw.pointee.side == Side.buy.rawValue ? .buy : .sell, time: Timestamp(nanoseconds: raw.pointee.time),
        quantity: Quantity(nanos: raw.pointee.quantity), price: Price(nanos: raw.pointee.price),
        feeNanos: raw.pointee.fee, cumulative: Quantity(nanos: raw.pointee.cumulative),
        stopPrice: Price(nanos: raw.pointee.stop_price))
      return
    }
    self.init(usual: raw, clientOrderID.shortText, isStringLayoutKnown: isStringLayoutKnown)
  }

  /// Reads a report that was seen to be usual, with its ids.
  @inline(never)
  private init?(usual raw: UnsafePointer<wharf_order_report>, _ clientOrderID: ShortText, isStringLayoutKnown: Bool) {
    guard let kind = Kind(rawValue: raw.pointee.kind), let side = Side(rawValue: raw.pointee.side),
      let reportID = ShortASCII(raw.pointee.report_id, raw.pointee.report_id_length),
      let venueOrderID = ShortASCII(raw.pointee.venue_order_id, raw.pointee.venue_order_id_length)
    else { return nil }
    self.init(
      reportID: reportID.string(isLayoutKnown: isStringLayoutKnown), clientOrderID: clientOrderID,
      venueOrderID: venueOrderID.string(isLayoutKnown: isStringLayoutKnown),
      instrument: InstrumentID(raw.pointee.instrument), kind: kind, side: side,
      time: Timestamp(nanoseconds: raw.pointee.time), quantity: Quantity(nanos: raw.pointee.quantity),
      price: Price(nanos: raw.pointee.price), feeNanos: raw.pointee.fee,
      cumulative: Quantity(nanos: raw.pointee.cumulative), stopPrice: Price(nanos: raw.pointee.stop_price), reason: "")
  }

  /// Whether all but the ids of a report is as the contract allows, and it has no reason.
  @inline(__always)
  private static func hasUsualNumbers(
    _ raw: UnsafePointer<wharf_order_report>, instrumentCount: UInt32
  ) -> Bool {
    guard raw.pointee.struct_size == UInt32(MemoryLayout<wharf_order_report>.size),
      raw.pointee.instrument < instrumentCount, raw.pointee.reason_length == 0,
      raw.pointee.quantity | raw.pointee.price | raw.pointee.cumulative | raw.pointee.stop_price >= 0,
      let kind = Kind(rawValue: raw.pointee.kind), Side(rawValue: raw.pointee.side) != nil,
      OrderType(rawValue: raw.pointee.order_type) != nil
    else { return false }
    return kind != .fill
      || raw.pointee.quantity > 0 && raw.pointee.price > 0 && raw.pointee.cumulative >= raw.pointee.quantity
  }
}

extension BrokerPosition {
  /// A broker's position, if every value is one the contract allows. A position may be short.
  init(_ raw: UnsafePointer<wharf_broker_position>, instrumentCount: UInt32) throws(Violation) {
    let inspection = Inspection("position", instrumentCount: instrumentCount)
    try inspection.size(raw.pointee.struct_size, MemoryLayout<wharf_broker_position>.size)
    self.init(
      instrument: try inspection.instrument(raw.pointee.instrument), quantity: Quantity(nanos: raw.pointee.quantity),
      averagePrice: Price(nanos: try inspection.notNegative(raw.pointee.average_price, "average_price")))
  }
}

extension BrokerAccount {
  /// A broker's account, if every value is one the contract allows. Cash may be below zero.
  init(_ raw: wharf_broker_account) throws(Violation) {
    let inspection = Inspection("account", instrumentCount: 0)
    try inspection.size(raw.struct_size, MemoryLayout<wharf_broker_account>.size)
    guard raw.live <= 1 else { throw inspection.violation("live", "0 or 1", "\(raw.live)") }
    guard let currency = Currency(packedCode: raw.currency) else {
      throw inspection.violation("currency", "a code such as USD", "\(raw.currency)")
    }
    self.init(
      isLive: raw.live == 1, cash: Money(nanos: raw.cash, currency: currency),
      buyingPower: Money(nanos: try inspection.notNegative(raw.buying_power, "buying_power"), currency: currency))
  }
}

extension Currency {
  /// Reads a code's ASCII bytes, the first in the low byte.
  init?(packedCode: UInt64) {
    let bytes = withUnsafeBytes(of: packedCode.littleEndian) { Array($0) }
    let code = bytes.prefix { $0 != 0 }
    guard bytes[code.count...].allSatisfy({ $0 == 0 }), code.allSatisfy({ $0 < 0x80 }) else { return nil }
    self.init(String(decoding: code, as: UTF8.self))
  }
}
