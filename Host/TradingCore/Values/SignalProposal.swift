import TradingTypes

/// What a strategy concluded.
public enum Verdict: Int32, Hashable, Sendable, Codable {
  /// Act on it.
  case raised = 1
  /// A candidate that failed; recorded, never acted upon.
  case refused = 2
  /// No candidate; only while explaining.
  case evaluated = 3
}

/// What a signal wants.
public enum SignalAction: Int32, Hashable, Sendable, Codable {
  /// Open a long position.
  case enterLong = 1
  /// Close the strategy's position.
  case exit = 2
}

/// Why a position is left.
public enum ExitReason: Int32, Hashable, Sendable, Codable, CaseIterable {
  case stop = 1
  case target = 2
  case trailing = 3
  case strategy = 4
  case time = 5
  case flatten = 6
  case manual = 7

  /// The name in JSON and the ledger.
  public var name: String {
    switch self {
    case .stop: "stop"
    case .target: "target"
    case .trailing: "trailing"
    case .strategy: "strategy"
    case .time: "time"
    case .flatten: "flatten"
    case .manual: "manual"
    }
  }
}

/// How a signal is to be treated on the road.
@frozen
public struct SignalFlags: OptionSet, Hashable, Sendable, Codable {
  public let rawValue: UInt32
  @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// `confidence` has a value.
  @inlinable public static var hasConfidence: SignalFlags { SignalFlags(rawValue: 1) }
  /// `expectedValue` has a value.
  @inlinable public static var hasExpectedValue: SignalFlags { SignalFlags(rawValue: 2) }
  /// The quantity is the strategy's own; the host may only lower it.
  @inlinable public static var ownSize: SignalFlags { SignalFlags(rawValue: 4) }
  /// A timeout never approves it.
  @inlinable public static var personOnly: SignalFlags { SignalFlags(rawValue: 8) }
  /// Once approved it waits for the next session's open.
  @inlinable public static var waitsForOpen: SignalFlags { SignalFlags(rawValue: 16) }
  /// Every bit that has a meaning.
  @inlinable public static var known: SignalFlags { SignalFlags(rawValue: 31) }
}

/// A strategy's place in the session's list of strategies; dense, from 0.
public struct StrategyID: Hashable, Comparable, Sendable, Codable {
  /// The index into the strategy list.
  public let index: UInt16
  @inlinable public init(_ index: UInt16) { self.index = index }
  @inlinable public static func < (a: StrategyID, b: StrategyID) -> Bool { a.index < b.index }
}

/// A strategy's answer, checked at the edge: every number finite, every price not negative, every name known.
@frozen
public struct SignalProposal: Hashable, Sendable {
  public var instrument: InstrumentID
  public var verdict: Verdict
  public var action: SignalAction
  public var orderType: OrderType = .market
  public var timeInForce: TimeInForce = .day
  /// ``ExitReason/strategy`` or ``ExitReason/time`` for an exit, else `nil`.
  public var exitReason: ExitReason?
  public var flags: SignalFlags = []
  /// Start of the bar decided on.
  public var barTime: Timestamp
  /// The instant of the decision.
  public var decidedAt: Timestamp
  /// An approval after this instant is void; `nil`: the next session's close.
  public var expiresAt: Timestamp?
  /// Close of the bar decided on.
  public var close: Double
  /// 0...1; ranks the strategy's own signals; 0 when it has none.
  public var score: Double = 0
  /// 0...100; 0 without ``SignalFlags/hasConfidence``.
  public var confidence: Double = 0
  /// Fraction of the entry price after costs; 0 without ``SignalFlags/hasExpectedValue``.
  public var expectedValue: Double = 0
  public var quantity: Quantity = .zero
  /// Planned entry; zero when unknown.
  public var entryPrice: Price = .zero
  public var limitPrice: Price = .zero
  /// Protective stop at the planned entry; zero for none.
  public var stopPrice: Price = .zero
  /// Above zero: the stop is set again this far below the average fill.
  public var stopDistance: Price = .zero
  /// Zero for none.
  public var targetPrice: Price = .zero
  /// Above zero: the target is the greater of ``targetPrice`` and fill plus this.
  public var targetDistance: Price = .zero
  /// Above zero: the stop follows the highest price at this distance.
  public var trailingDistance: Price = .zero
  /// Leave at the next open after this many session closes, the entry session's included; 0: never.
  public var timeStopCloses: UInt32 = 0
  /// Reason of a refusal or detail of an exit.
  public var code: String = ""
  @usableFromInline var details: Details?

  /// What only a record or a person looks at: together in one object, and none where there is nothing.
  @usableFromInline final class Details: Hashable, Sendable {
    let checks: [Check]
    let fields: [Field]
    let text: String

    init(_ checks: [Check], _ fields: [Field], _ text: String) {
      self.checks = checks
      self.fields = fields
      self.text = text
    }

    @usableFromInline static func == (a: Details, b: Details) -> Bool {
      a.checks == b.checks && a.fields == b.fields && a.text == b.text
    }

    @usableFromInline func hash(into hasher: inout Hasher) { hasher.combine(text) }
  }

  /// Every gate with its value.
  public var checks: [Check] {
    get { details?.checks ?? [] }
    set { explain(checks: newValue, fields: fields, text: text) }
  }
  /// Inputs, sub-scores, terms.
  public var fields: [Field] {
    get { details?.fields ?? [] }
    set { explain(checks: checks, fields: newValue, text: text) }
  }
  /// One line for a person.
  public var text: String {
    get { details?.text ?? "" }
    set { explain(checks: checks, fields: fields, text: newValue) }
  }

  /// Sets what only a record or a person looks at.
  public mutating func explain(checks: [Check], fields: [Field], text: String) {
    let isNothing = checks.isEmpty && fields.isEmpty && text.isEmpty
    details = isNothing ? nil : Details(checks, fields, text)
  }

  /// Makes a proposal with everything that has no default.
  @inlinable public init(
    instrument: InstrumentID, verdict: Verdict, action: SignalAction, barTime: Timestamp, decidedAt: Timestamp,
    close: Double
  ) {
    self.instrument = instrument
    self.verdict = verdict
    self.action = action
    self.barTime = barTime
    self.decidedAt = decidedAt
    self.close = close
  }
}

/// A round trip a strategy followed without money.
public struct VirtualTrade: Hashable, Sendable {
  public var instrument: InstrumentID
  public var signalTime: Timestamp
  public var entryTime: Timestamp
  public var exitTime: Timestamp
  public var entry: Price
  public var stop: Price
  public var exit: Price
  public var reason: ExitReason
  public var sessionCloses: UInt32
  public var grossReturn: Double
  public var code: String

  /// Makes a virtual trade from its parts.
  public init(
    instrument: InstrumentID, signalTime: Timestamp, entryTime: Timestamp, exitTime: Timestamp, entry: Price,
    stop: Price, exit: Price, reason: ExitReason, sessionCloses: UInt32, grossReturn: Double, code: String
  ) {
    self.instrument = instrument
    self.signalTime = signalTime
    self.entryTime = entryTime
    self.exitTime = exitTime
    self.entry = entry
    self.stop = stop
    self.exit = exit
    self.reason = reason
    self.sessionCloses = sessionCloses
    self.grossReturn = grossReturn
    self.code = code
  }
}

/// Asks a strategy whether an approved signal still stands.
public struct RecheckRequest: Hashable, Sendable {
  public var instrument: InstrumentID
  public var barTime: Timestamp
  public var now: Timestamp
  public var price: Price
  public var quoteTime: Timestamp

  /// Makes a request from its parts.
  public init(instrument: InstrumentID, barTime: Timestamp, now: Timestamp, price: Price, quoteTime: Timestamp) {
    self.instrument = instrument
    self.barTime = barTime
    self.now = now
    self.price = price
    self.quoteTime = quoteTime
  }
}

/// Tells a strategy of a fill of its own order.
public struct FillNotice: Hashable, Sendable {
  public var instrument: InstrumentID
  public var side: Side
  public var exitReason: ExitReason?
  public var signalBar: Timestamp
  public var time: Timestamp
  public var price: Price
  public var quantity: Quantity
  /// Held after this fill.
  public var position: Quantity

  /// Makes a notice from its parts.
  public init(
    instrument: InstrumentID, side: Side, exitReason: ExitReason?, signalBar: Timestamp, time: Timestamp, price: Price,
    quantity: Quantity, position: Quantity
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
}
