import TradingTypes

/// One thing that happened to an order at its venue.
///
/// The texts that only a record shows lie together in one object, which is left out where there are none.
public struct OrderReport: Hashable, Sendable {
  /// What happened.
  public enum Kind: Int32, Hashable, Sendable, Codable {
    case accepted = 1
    case fill = 2
    case cancelled = 3
    case rejected = 4
    case expired = 5
    case replaced = 6
    case triggered = 7

    /// The name in JSON and the ledger.
    public var name: String {
      switch self {
      case .accepted: "accepted"
      case .fill: "fill"
      case .cancelled: "cancelled"
      case .rejected: "rejected"
      case .expired: "expired"
      case .replaced: "replaced"
      case .triggered: "triggered"
      }
    }
  }

  /// Empty: not an order of this host.
  public var clientOrderID: ShortText
  public var instrument: InstrumentID
  public var kind: Kind
  public var side: Side
  public var time: Timestamp
  /// Fill: filled now; else the order's quantity.
  public var quantity: Quantity
  /// Fill: its price; else 0.
  public var price: Price
  /// Fill: in the instrument's currency, billionths.
  public var feeNanos: Int64
  /// Filled so far, this fill included.
  public var cumulative: Quantity
  /// The order's present stop price; zero for none.
  public var stopPrice: Price
  @usableFromInline var texts: Texts?

  @usableFromInline final class Texts: Hashable, Sendable {
    let reportID: String
    let venueOrderID: String
    let reason: String

    init(_ reportID: String, _ venueOrderID: String, _ reason: String) {
      self.reportID = reportID
      self.venueOrderID = venueOrderID
      self.reason = reason
    }

    @usableFromInline static func == (a: Texts, b: Texts) -> Bool {
      a.reportID == b.reportID && a.venueOrderID == b.venueOrderID && a.reason == b.reason
    }

    @usableFromInline func hash(into hasher: inout Hasher) { hasher.combine(reportID) }
  }

  /// The same happening has the same id whenever it is told again; empty where nobody keeps it.
  public var reportID: String { texts?.reportID ?? "" }
  /// The venue's own name of the order; empty where it has none or nobody keeps it.
  public var venueOrderID: String { texts?.venueOrderID ?? "" }
  /// Why it was rejected, cancelled or expired.
  public var reason: String { texts?.reason ?? "" }

  /// Makes a report from its parts.
  @inline(__always)
  public init(
    reportID: String, clientOrderID: ShortText, venueOrderID: String, instrument: InstrumentID, kind: Kind, side: Side,
    time: Timestamp, quantity: Quantity, price: Price, feeNanos: Int64, cumulative: Quantity, stopPrice: Price,
    reason: String
  ) {
    self.init(
      clientOrderID: clientOrderID, instrument: instrument, kind: kind, side: side, time: time, quantity: quantity,
      price: price, feeNanos: feeNanos, cumulative: cumulative, stopPrice: stopPrice)
    let hasTexts = !reportID.isEmpty || !venueOrderID.isEmpty || !reason.isEmpty
    if hasTexts { texts = Texts(reportID, venueOrderID, reason) }
  }

  /// Makes a report without texts.
  @inlinable @inline(__always)
  public init(
    clientOrderID: ShortText, instrument: InstrumentID, kind: Kind, side: Side, time: Timestamp, quantity: Quantity,
    price: Price, feeNanos: Int64, cumulative: Quantity, stopPrice: Price
  ) {
    self.clientOrderID = clientOrderID
    self.instrument = instrument
    self.kind = kind
    self.side = side
    self.time = time
    self.quantity = quantity
    self.price = price
    self.feeNanos = feeNanos
    self.cumulative = cumulative
    self.stopPrice = stopPrice
  }
}

/// The form in the journal of the ledger, where the numbers are billionths and nanoseconds.
extension OrderReport: Codable {
  private enum CodingKeys: String, CodingKey {
    case reportID, clientOrderID, venueOrderID, instrumentIndex, kind, isBuy, timeNanoseconds, quantityNanos, priceNanos
    case feeNanos, cumulativeNanos, stopPriceNanos, reason
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let id = try values.decode(String.self, forKey: .clientOrderID)
    guard let clientOrderID = ShortText(id) else {
      throw DecodingError.dataCorruptedError(
        forKey: .clientOrderID, in: values, debugDescription: "expected at most 48 bytes, found \(id)")
    }
    func number(_ key: CodingKeys) throws -> Int64 { try values.decode(Int64.self, forKey: key) }
    self.init(
      reportID: try values.decode(String.self, forKey: .reportID), clientOrderID: clientOrderID,
      venueOrderID: try values.decode(String.self, forKey: .venueOrderID),
      instrument: InstrumentID(try values.decode(UInt32.self, forKey: .instrumentIndex)),
      kind: try values.decode(Kind.self, forKey: .kind),
      side: try values.decode(Bool.self, forKey: .isBuy) ? .buy : .sell,
      time: Timestamp(nanoseconds: try number(.timeNanoseconds)), quantity: Quantity(nanos: try number(.quantityNanos)),
      price: Price(nanos: try number(.priceNanos)), feeNanos: try number(.feeNanos),
      cumulative: Quantity(nanos: try number(.cumulativeNanos)), stopPrice: Price(nanos: try number(.stopPriceNanos)),
      reason: try values.decode(String.self, forKey: .reason))
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(reportID, forKey: .reportID)
    try values.encode(clientOrderID.description, forKey: .clientOrderID)
    try values.encode(venueOrderID, forKey: .venueOrderID)
    try values.encode(instrument.index, forKey: .instrumentIndex)
    try values.encode(kind, forKey: .kind)
    try values.encode(side == .buy, forKey: .isBuy)
    try values.encode(time.nanoseconds, forKey: .timeNanoseconds)
    try values.encode(quantity.nanos, forKey: .quantityNanos)
    try values.encode(price.nanos, forKey: .priceNanos)
    try values.encode(feeNanos, forKey: .feeNanos)
    try values.encode(cumulative.nanos, forKey: .cumulativeNanos)
    try values.encode(stopPrice.nanos, forKey: .stopPriceNanos)
    try values.encode(reason, forKey: .reason)
  }
}
