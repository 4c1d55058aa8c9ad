import TradingTypes

/// What the core wants done outside. The caller performs effects in order and feeds what comes back as events.
public enum Effect: Sendable {
  /// Write a row. Rows before a `place`, `replace` or `cancel` are durable before that call is made.
  case record(Record)
  /// Send an order, whose request the core has.
  case place(OrderNumber)
  /// Change a working order's total quantity and stop price (zero keeps it).
  case replace(OrderNumber, clientOrderID: ShortText, quantity: Quantity, stopPrice: Price)
  /// Cancel a working order.
  case cancel(OrderNumber, clientOrderID: ShortText)
  /// Ask people about these signals, best first, until the deadline.
  case askApproval([SignalNumber], deadline: Timestamp)
  /// Ask the strategy whether an approved signal still stands.
  case recheck(SignalNumber, strategy: StrategyID, request: RecheckRequest)
  /// Tell a strategy of its fill.
  case fill(StrategyID, FillNotice)
  /// Tell people.
  indirect case notify(Notification)
}

/// Kinds of rows, for those who keep only some of them.
@frozen
public struct RowKinds: OptionSet, Hashable, Sendable {
  public let rawValue: UInt16
  @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

  @inlinable public static var signals: RowKinds { RowKinds(rawValue: 1) }
  @inlinable public static var signalStates: RowKinds { RowKinds(rawValue: 2) }
  @inlinable public static var decisions: RowKinds { RowKinds(rawValue: 4) }
  @inlinable public static var intents: RowKinds { RowKinds(rawValue: 8) }
  @inlinable public static var orders: RowKinds { RowKinds(rawValue: 16) }
  @inlinable public static var fills: RowKinds { RowKinds(rawValue: 32) }
  @inlinable public static var positions: RowKinds { RowKinds(rawValue: 64) }
  @inlinable public static var trades: RowKinds { RowKinds(rawValue: 128) }
  @inlinable public static var breaker: RowKinds { RowKinds(rawValue: 256) }
  @inlinable public static var equity: RowKinds { RowKinds(rawValue: 512) }
  /// Every row there is.
  @inlinable public static var all: RowKinds { RowKinds(rawValue: 1023) }
}

/// The queue between the core that decides and the caller that acts: the core appends, the caller takes in order and
/// empties it, so that a quiet event allocates nothing.
///
/// What is kept and who is told never changes what is decided: a row or message nobody wants is not made.
public struct EffectBuffer: ~Copyable, @unchecked Sendable {
  private var waiting = ValueBuffer<Effect>()
  private let rows: RowKinds
  private let notifies: Bool

  /// Makes an empty buffer.
  public init(rows: RowKinds = .all, notifies: Bool = true) {
    self.rows = rows
    self.notifies = notifies
  }

  /// Adds an effect.
  public mutating func append(_ effect: consuming Effect) { waiting.append(effect) }

  /// Takes the effect that was added first; there must be one.
  public mutating func removeFirst() -> Effect { waiting.removeFirst() }

  /// Whether rows of a kind are wanted.
  func keeps(_ kind: RowKinds) -> Bool { rows.contains(kind) }

  /// Adds a row, if its kind is wanted.
  mutating func record(_ kind: RowKinds, _ row: @autoclosure () -> Record) {
    if rows.contains(kind) { append(.record(row())) }
  }

  /// Adds a message, if people are told.
  mutating func notify(_ notification: @autoclosure () -> Notification) {
    if notifies { append(.notify(notification())) }
  }

  /// Whether there is nothing to do.
  public var isEmpty: Bool { waiting.isEmpty }
}
