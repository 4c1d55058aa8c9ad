import TradingTypes

/// Where an order stands between intent and end. Data lives in the case that owns it.
public enum OrderState: Hashable, Sendable {
  /// Committed, not sent.
  case intended
  /// Sent; the venue has not answered.
  case submitted
  /// The venue has it.
  case working(filled: Quantity)
  case filled
  case cancelled(filled: Quantity)
  case rejected
  case expired(filled: Quantity)
  /// It may or may not be at the venue: the symbol is blocked until evidence or a person resolves it.
  case unknown(filled: Quantity)

  /// What can happen to an order.
  public enum Event: Hashable, Sendable {
    case submit
    case accepted
    case fill(Quantity)
    case cancelled
    case rejected
    case expired
    case outcomeUnknown
    /// Nothing left this process: back to the intent.
    case notSent
    /// Evidence: the venue never had it.
    case neverArrived
  }

  /// Why a move was refused.
  public enum Refusal: Error, Hashable, Sendable {
    case illegal
    case fillAboveOrder(filled: Quantity, ordered: Quantity)
  }

  /// The state after an event, for an order of `ordered` in total.
  @inline(__always)
  public func after(_ event: Event, ordered: Quantity) throws(Refusal) -> OrderState {
    switch (self, event) {
    case (.intended, .submit): return .submitted
    case (.submitted, .accepted), (.unknown(.zero), .accepted): return .working(filled: .zero)
    // A venue may acknowledge after the first fill, or twice.
    case (.working(let filled), .accepted), (.unknown(let filled), .accepted): return .working(filled: filled)
    // Some venues tell the fill before they acknowledge.
    case (.submitted, .fill(let q)): return try OrderState.filling(.zero, q, ordered) { .working(filled: $0) }
    case (.working(let f), .fill(let q)), (.unknown(let f), .fill(let q)):
      return try OrderState.filling(f, q, ordered) { .working(filled: $0) }
    // A cancel can cross a fill on the way: the fill counts, the order stays ended.
    case (.cancelled(let f), .fill(let q)): return try OrderState.filling(f, q, ordered) { .cancelled(filled: $0) }
    case (.expired(let f), .fill(let q)): return try OrderState.filling(f, q, ordered) { .expired(filled: $0) }
    case (.submitted, .cancelled): return .cancelled(filled: .zero)
    case (.working(let f), .cancelled), (.unknown(let f), .cancelled): return .cancelled(filled: f)
    case (.submitted, .rejected), (.working(.zero), .rejected), (.unknown(.zero), .rejected): return .rejected
    // Refused after part of it filled: what filled stands.
    case (.working(let f), .rejected), (.unknown(let f), .rejected): return .cancelled(filled: f)
    case (.submitted, .expired): return .expired(filled: .zero)
    case (.working(let f), .expired), (.unknown(let f), .expired): return .expired(filled: f)
    case (.submitted, .outcomeUnknown): return .unknown(filled: .zero)
    case (.working(let f), .outcomeUnknown): return .unknown(filled: f)
    case (.submitted, .notSent): return .intended
    case (.unknown(.zero), .neverArrived), (.submitted, .neverArrived): return .intended
    default: throw .illegal
    }
  }

  private static func filling(
    _ filled: Quantity, _ more: Quantity, _ ordered: Quantity, _ open: (Quantity) -> OrderState
  ) throws(Refusal) -> OrderState {
    guard more > .zero, let total = filled.adding(more) else { throw .illegal }
    if total > ordered { throw .fillAboveOrder(filled: total, ordered: ordered) }
    return total == ordered ? .filled : open(total)
  }

  /// The name in JSON and the ledger.
  public var name: String {
    switch self {
    case .intended: "intended"
    case .submitted: "submitted"
    case .working(let filled): filled == .zero ? "working" : "partially_filled"
    case .filled: "filled"
    case .cancelled: "cancelled"
    case .rejected: "rejected"
    case .expired: "expired"
    case .unknown: "unknown"
    }
  }

  /// Whether nothing more is expected of it.
  public var isFinal: Bool {
    switch self {
    case .filled, .cancelled, .rejected, .expired: true
    case .intended, .submitted, .working, .unknown: false
    }
  }

  /// Whether it may or may not be at the venue.
  var isUnknown: Bool { if case .unknown = self { true } else { false } }

  /// Whether that the venue has it would be news.
  var awaitsAcceptance: Bool {
    switch self {
    case .submitted, .unknown: true
    default: false
    }
  }

  /// What is filled, for an order of `ordered` in total.
  public func filled(of ordered: Quantity) -> Quantity {
    switch self {
    case .intended, .submitted, .rejected: .zero
    case .working(let filled), .cancelled(let filled), .expired(let filled), .unknown(let filled): filled
    case .filled: ordered
    }
  }
}
