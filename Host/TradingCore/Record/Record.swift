import TradingTypes

/// A signal's number within its session, from 1, in the order the core saw them.
public typealias SignalNumber = UInt64
/// An order's number within its session, from 1, in the order the core intended them.
public typealias OrderNumber = UInt64
/// A position's (and then its trade's) number within its session, from 1.
public typealias PositionNumber = UInt64

/// A row for the ledger. Rows say what was decided, never when by wall time: the same inputs give the same rows.
///
/// Each lies in memory of its own, because rows are large and differ in size: they are handed on and not copied.
public indirect enum Record: Sendable {
  case signal(SignalRecord)
  case signalState(SignalStateRecord)
  case decision(DecisionRecord)
  case intent(IntentRecord)
  case order(OrderRecord)
  case fill(FillRecord)
  case position(PositionRecord)
  case trade(TradeRecord)
  case breaker(BreakerRecord)
  case equity(EquityRecord)
}

/// A signal as it was raised or refused, with every gate.
public struct SignalRecord: Sendable {
  public var number: SignalNumber
  public var strategy: StrategyID
  public var proposal: SignalProposal
  /// The state it starts in.
  public var state: SignalState
}

/// A signal changed its state.
public struct SignalStateRecord: Hashable, Sendable {
  public var number: SignalNumber
  public var time: Timestamp
  public var state: SignalState
  /// The code of the decision that moved it.
  public var code: String
}

/// A decision about a signal, an order, a position or the account.
public struct DecisionRecord: Hashable, Sendable {
  public var time: Timestamp
  public var stage: Stage
  public var decision: Decision
  /// `nil`: the account as a whole.
  public var instrument: InstrumentID?
  public var signal: SignalNumber?
  public var order: OrderNumber?
}

/// What an order is for.
public enum OrderPurpose: String, Hashable, Sendable, Codable {
  case entry, stop, target, exit
}

/// An order about to be sent; committed before it leaves.
public struct IntentRecord: Hashable, Sendable {
  public var number: OrderNumber
  public var purpose: OrderPurpose
  public var request: OrderRequest
  public var signal: SignalNumber
  public var position: PositionNumber
  public var exitReason: ExitReason?
}

/// An order changed its state.
public struct OrderRecord: Hashable, Sendable {
  public var number: OrderNumber
  public var time: Timestamp
  public var state: OrderState
  /// Total quantity asked for now (a replacement changes it).
  public var quantity: Quantity
  public var stopPrice: Price
  public var reason: String
}

/// A confirmed fill.
public struct FillRecord: Hashable, Sendable {
  public var number: UInt64
  public var order: OrderNumber
  public var instrument: InstrumentID
  public var side: Side
  public var time: Timestamp
  public var quantity: Quantity
  public var price: Price
  public var fee: Money
  public var reportID: String
}

/// A position after a change.
public struct PositionRecord: Hashable, Sendable {
  public var number: PositionNumber
  public var instrument: InstrumentID
  public var strategy: StrategyID
  public var time: Timestamp
  public var state: PositionState
  public var quantity: Quantity
  /// Exact cost of what is held, without fees.
  public var cost: Money
  public var stop: Price
  public var target: Price
}

/// A closed round trip.
public struct TradeRecord: Hashable, Sendable {
  public var number: PositionNumber
  public var strategy: StrategyID
  public var instrument: InstrumentID
  public var signal: SignalNumber
  public var quantity: Quantity
  public var entryTime: Timestamp
  /// Average entry, rounded down to a billionth.
  public var entryPrice: Price
  public var exitTime: Timestamp
  /// Average exit, rounded down to a billionth.
  public var exitPrice: Price
  public var exitReason: ExitReason
  public var exitDetail: String
  public var fees: Money
  /// Proceeds minus cost minus fees, exact.
  public var pnl: Money
  /// The stop and the target in force at the end, zero for none. The ledger has them with the position.
  public var stop: Price = .zero
  public var target: Price = .zero
}

/// The circuit breaker after a change.
public struct BreakerRecord: Hashable, Sendable {
  public var time: Timestamp
  public var isTripped: Bool
  /// Equity at the previous session's close.
  public var base: Money?
  public var equity: Money?
}

/// The account at the end of a session.
public struct EquityRecord: Hashable, Sendable {
  public var time: Timestamp
  public var cash: Money
  /// `nil`: could not be computed.
  public var equity: Money?
}
