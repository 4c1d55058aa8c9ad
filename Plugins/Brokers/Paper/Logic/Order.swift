import PluginSDK
import TradingTypes

/// What is kept of every order for ever.
struct Order {
  enum State: UInt8 {
    /// An exit of a bracket whose entry has not filled; nothing was ever told of it.
    case awaiting = 0
    case working = 1
    case filled = 2
    case cancelled = 3
    case rejected = 4
    case expired = 5
  }

  static let none = UInt32.max

  var id: ShortText
  /// Of the id.
  var hash: UInt32
  /// From 1, over all orders ever.
  var number: UInt32
  /// Tells a repeated request from a different one under the same id.
  var fingerprint: UInt64
  /// Total, the filled part included.
  var quantity: Int64
  var filled: Int64 = 0
  var instrument: UInt32
  /// Place of the working part; `none` unless the order works.
  var slot = Order.none
  var firstReport = LoggedReport.none
  var lastReport = LoggedReport.none
  var reportCount: UInt32 = 0
  /// Of its instrument's working orders, the one behind it; `none`: it is the last.
  var nextWorking = Order.none
  var side: Side
  var type: OrderType
  var timeInForce: TimeInForce
  var state: State
  /// Length of the id.
  let idCount: UInt8

  @inline(__always)
  init(
    id: ShortText, hash: UInt32, number: UInt32, fingerprint: UInt64, quantity: Int64, filled: Int64 = 0,
    instrument: UInt32, side: Side, type: OrderType, timeInForce: TimeInForce, state: State
  ) {
    self.id = id
    self.hash = hash
    self.number = number
    self.fingerprint = fingerprint
    self.quantity = quantity
    self.filled = filled
    self.instrument = instrument
    self.side = side
    self.type = type
    self.timeInForce = timeInForce
    self.state = state
    idCount = UInt8(truncatingIfNeeded: id.count)
  }

  var remaining: Int64 { quantity - filled }
  var isWorking: Bool { state == .working }
}

/// What only a working order needs; its place is used again afterwards.
struct Resting {
  var group = ShortText()
  /// 0: none.
  var limit: Int64 = 0
  /// 0: none, or a trailing stop that has seen no price yet.
  var stop: Int64 = 0
  var distance: Int64 = 0
  var acceptedAt: Int64
  /// Cash held back for the rest of a buy.
  var reserved: Int64 = 0
  /// The session it belongs to.
  var session: UInt32 = 0
  /// The entry of an exit that came with a bracket.
  var parent = Order.none
  /// The exits that an entry brings.
  var bracket = Bracket()
  /// When the stop price traded; `Int64.min`: not yet.
  var triggeredAt = Int64.min

  var isTriggered: Bool { triggeredAt != .min }
  /// Whether what it fills concerns other orders.
  var isTied: Bool { !group.isEmpty || parent != Order.none || !bracket.isEmpty }
}

/// The exits that come with an entry; 0 and `none`: not asked for.
struct Bracket {
  var takeProfit: Int64 = 0
  var stopLoss: Int64 = 0
  var takeProfitChild = Order.none
  var stopLossChild = Order.none

  var isEmpty: Bool { takeProfitChild == Order.none && stopLossChild == Order.none }
}

/// How an order behaves at present.
enum Conduct {
  case market
  case limit
  case stop
}

extension OrderRequest {
  /// Whether it is a market order that brings and shares nothing: no price, no exits, no group.
  @inline(__always)
  var isPlain: Bool { type == .market && !hasPrices && ocoGroup.isEmpty }

  /// Mixes everything but the time the request was made.
  @inline(__always)
  var fingerprint: UInt64 {
    let terms = UInt64(instrument.index) << 32 | UInt64(side.rawValue) << 16 | UInt64(type.rawValue) << 8
    let group = ocoGroup.isEmpty ? 0 : UInt64(OrderIndex.hash(ocoGroup))
    let plain = mix(terms | UInt64(timeInForce.rawValue), UInt64(bitPattern: quantity.nanos), group)
    // Prices that are not there mix to numbers that the compiler knows.
    if isPlain { return plain ^ mix(0, 0, 1) ^ mix(0, 0, 2) }
    return plain ^ mix(word(limitPrice), word(stopPrice), 1)
      ^ mix(word(trailingDistance), word(takeProfitPrice), 2 ^ word(stopLossPrice) << 2)
  }

  @inline(__always)
  private func word(_ price: Price?) -> UInt64 { UInt64(bitPattern: price?.nanos ?? 0) }
}
