import TradingTypes

/// What the core wants done outside. The caller performs effects in order and feeds what comes back as events.
public enum Effect: Sendable {
  /// Write a row. Rows before a `place`, `replace` or `cancel` are durable before that call is made.
  case record(Record)
  /// Send an order.
  case place(OrderNumber, OrderRequest)
  /// Change a working order's total quantity and stop price (zero keeps it).
  case replace(OrderNumber, clientOrderID: String, quantity: Quantity, stopPrice: Price)
  /// Cancel a working order.
  case cancel(OrderNumber, clientOrderID: String)
  /// Ask people about these signals, best first, until the deadline.
  case askApproval([SignalNumber], deadline: Timestamp)
  /// Ask the strategy whether an approved signal still stands.
  case recheck(SignalNumber, strategy: StrategyID, request: RecheckRequest)
  /// Tell a strategy of its fill.
  case fill(StrategyID, FillNotice)
  /// Tell people.
  case notify(Notification)
}

/// A buffer of effects that the caller empties and reuses, so that a quiet event allocates nothing.
public struct EffectBuffer: Sendable {
  /// The effects, in the order they must happen.
  public private(set) var effects: ContiguousArray<Effect> = []

  /// Makes an empty buffer.
  public init() {}

  /// Adds an effect.
  @inlinable public mutating func append(_ effect: Effect) { push(effect) }

  @usableFromInline mutating func push(_ effect: Effect) { effects.append(effect) }

  /// Empties it and keeps its storage.
  public mutating func removeAll() { effects.removeAll(keepingCapacity: true) }

  /// Whether there is nothing to do.
  public var isEmpty: Bool { effects.isEmpty }
}
