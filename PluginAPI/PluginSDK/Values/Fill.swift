import TradingTypes
import WharfABI

/// A fill of an order that came from this strategy's signal.
public struct Fill: Hashable, Sendable {
  /// What was traded.
  public var instrument: InstrumentID
  /// Which way.
  public var side: Side
  /// Why a position is left; `nil` for a fill that enters.
  public var exitReason: ExitReason?
  /// Start of the bar of the signal that opened the position.
  public var signalBar: Timestamp
  /// When it filled.
  public var time: Timestamp
  /// At which price.
  public var price: Price
  /// How much.
  public var quantity: Quantity
  /// The quantity held after this fill.
  public var position: Quantity

  /// Makes a fill from its parts.
  public init(
    instrument: InstrumentID, side: Side, exitReason: ExitReason? = nil, signalBar: Timestamp, time: Timestamp,
    price: Price, quantity: Quantity, position: Quantity
  ) {
    self.instrument = instrument
    self.side = side
    self.exitReason = exitReason
    self.signalBar = signalBar
    self.time = time
    self.price = price
    self.quantity = quantity
    self.position = position
  }

  @usableFromInline init(_ raw: wharf_fill) throws(PluginError) {
    guard let side = Side(rawValue: raw.side) else { throw unlisted("side of a fill", raw.side) }
    var reason: ExitReason?
    if raw.exit_reason != 0 {
      guard let known = ExitReason(rawValue: raw.exit_reason) else {
        throw unlisted("exit reason of a fill", raw.exit_reason)
      }
      reason = known
    }
    self.init(
      instrument: InstrumentID(raw.instrument), side: side, exitReason: reason,
      signalBar: Timestamp(nanoseconds: raw.signal_bar), time: Timestamp(nanoseconds: raw.time),
      price: Price(nanos: raw.price), quantity: Quantity(nanos: raw.quantity),
      position: Quantity(nanos: raw.position))
  }
}

/// A question whether an approved signal still stands, between approval and order.
public struct Recheck: Hashable, Sendable {
  /// Whose signal it is.
  public var instrument: InstrumentID
  /// Start of the bar of the signal.
  public var barTime: Timestamp
  /// The present instant.
  public var now: Timestamp
  /// The ask, or the last price if there is none.
  public var price: Price
  /// When that price was seen.
  public var quoteTime: Timestamp

  /// Makes a question from its parts.
  public init(instrument: InstrumentID, barTime: Timestamp, now: Timestamp, price: Price, quoteTime: Timestamp) {
    self.instrument = instrument
    self.barTime = barTime
    self.now = now
    self.price = price
    self.quoteTime = quoteTime
  }

  @usableFromInline init(_ raw: wharf_recheck) {
    self.init(
      instrument: InstrumentID(raw.instrument), barTime: Timestamp(nanoseconds: raw.bar_time),
      now: Timestamp(nanoseconds: raw.now), price: Price(nanos: raw.price),
      quoteTime: Timestamp(nanoseconds: raw.quote_time))
  }
}

/// The refusal of an enumerated value that no header lists.
func unlisted(_ what: String, _ value: some BinaryInteger) -> PluginError {
  PluginError(.invalid, "\(what): expected a value listed in the headers of ABI 1.1, found \(value)")
}
