import TradingCore
import TradingTypes

// Rows as they are read, in the terms of the JSON that other programs rely on.

/// A closed round trip. Its side is long; its status is `closed`.
public struct TradeRow: Hashable, Sendable {
  public var id: UInt64
  public var account: String
  public var strategy: String
  public var symbol: String
  public var quantity: Quantity
  public var entryTime: Timestamp
  public var entryPrice: Price
  /// Also the row's time.
  public var exitTime: Timestamp
  public var exitPrice: Price
  /// `stop`, `target`, `trailing`, `strategy`, `time`, `flatten` or `manual`.
  public var exitReason: String
  public var exitDetail: String
  public var fees: Money
  public var pnl: Money
  /// Number of the signal it began with.
  public var signal: UInt64

  /// Makes a row from its parts, for trades that no ledger holds.
  public init(
    id: UInt64, account: String, strategy: String, symbol: String, quantity: Quantity, entryTime: Timestamp,
    entryPrice: Price, exitTime: Timestamp, exitPrice: Price, exitReason: String, exitDetail: String, fees: Money,
    pnl: Money, signal: UInt64
  ) {
    self.id = id
    self.account = account
    self.strategy = strategy
    self.symbol = symbol
    self.quantity = quantity
    self.entryTime = entryTime
    self.entryPrice = entryPrice
    self.exitTime = exitTime
    self.exitPrice = exitPrice
    self.exitReason = exitReason
    self.exitDetail = exitDetail
    self.fees = fees
    self.pnl = pnl
    self.signal = signal
  }
}

/// An order as it stands.
public struct OrderRow: Hashable, Sendable {
  /// The client order id.
  public var id: String
  public var number: UInt64
  /// When it was intended.
  public var time: Timestamp
  /// When it changed last.
  public var updated: Timestamp
  /// ``OrderState/name``.
  public var status: String
  public var symbol: String
  public var side: String
  /// `entry`, `stop`, `target` or `exit`.
  public var purpose: String
  public var type: String
  public var timeInForce: String
  public var quantity: Quantity
  public var filled: Quantity
  public var limitPrice: Price?
  public var stopPrice: Price?
  public var trailingDistance: Price?
  public var takeProfitPrice: Price?
  public var stopLossPrice: Price?
  public var ocoGroup: String?
  public var exitReason: String?
  /// What the venue or the host said last.
  public var reason: String?
  /// Number of the signal it belongs to.
  public var signal: UInt64
  /// Number of the position it belongs to.
  public var position: UInt64
}

/// A confirmed fill; its status is `filled`.
public struct FillRow: Hashable, Sendable {
  public var id: UInt64
  /// The client order id.
  public var order: String
  public var time: Timestamp
  public var symbol: String
  public var side: String
  public var quantity: Quantity
  public var price: Price
  public var fee: Money
  /// The venue's name for it.
  public var reportID: String?
}

/// A position as it stands.
public struct PositionRow: Hashable, Sendable {
  public var id: UInt64
  public var time: Timestamp
  /// ``PositionState`` by its raw value.
  public var status: String
  public var symbol: String
  public var strategy: String
  public var quantity: Quantity
  /// Cost of what is held, without fees.
  public var cost: Money
  /// Cost over quantity, rounded down to a billionth; `nil` while nothing is held.
  public var averagePrice: Price?
  public var stop: Price?
  public var target: Price?
}

/// A signal with its gates, as it stands.
public struct SignalRow: Hashable, Sendable {
  /// SHA-256 of strategy, version, parameters, symbol and bar time.
  public var id: String
  public var number: UInt64
  /// The instant of the decision.
  public var time: Timestamp
  /// ``SignalState`` by its raw value.
  public var status: String
  /// The code of the last move, or the strategy's reason.
  public var code: String?
  public var strategy: String
  public var symbol: String
  /// `raised`, `refused` or `evaluated`.
  public var verdict: String
  /// `enter_long` or `exit`.
  public var action: String
  public var barTime: Timestamp
  public var expiresAt: Timestamp?
  public var close: Double
  public var score: Double
  public var confidence: Double?
  public var expectedValue: Double?
  /// The strategy's own size.
  public var quantity: Quantity?
  public var entry: Price?
  public var limit: Price?
  public var stop: Price?
  public var target: Price?
  public var exitReason: String?
  public var text: String?
  public var checks: [Check]
  public var fields: [Field]
}

/// What an alert-only scanner reported.
public struct ObservationRow: Hashable, Sendable {
  /// Its record number.
  public var id: UInt64
  public var time: Timestamp
  /// ``Observation/Kind/name``.
  public var status: String
  public var scanner: String
  public var symbol: String
  /// Of the alert within its scanner.
  public var number: UInt64?
  public var episode: UInt64?
  public var price: Double?
  public var score: Double?
  public var level: String?
  public var code: String?
  public var text: String?
  public var fields: [Field]
}

/// One decision of the chain that made or stopped a trade.
public struct DecisionRow: Hashable, Sendable {
  public var time: Timestamp
  /// ``Stage`` by its raw value; `gate` for a condition of the strategy.
  public var stage: String
  public var code: String
  public var passed: Bool
  public var numbers: [NamedValue]
  /// `nil`: the account as a whole.
  public var symbol: String?
  public var signal: UInt64?
  public var order: UInt64?
}

/// The account at the end of a session.
public struct EquityRow: Hashable, Sendable {
  public var time: Timestamp
  public var cash: Money
  /// `nil`: could not be computed.
  public var equity: Money?
}

/// The session a ledger holds.
public struct SessionRow: Hashable, Sendable {
  public var run: String
  public var fingerprint: String
  /// `unfinished` or `finished`.
  public var status: String
  public var mode: String
  public var account: String
  public var currency: String
  public var from: Timestamp?
  public var to: Timestamp?
  public var dataHash: String
  public var configuration: String
  public var options: String
  public var build: String
  public var started: Timestamp
  public var ended: Timestamp?
  /// A JSON object; `nil` while it is unfinished.
  public var summary: String?
  /// Facts that are durable.
  public var records: UInt64
  /// Journaled events that are durable.
  public var journalEntries: UInt64
}
