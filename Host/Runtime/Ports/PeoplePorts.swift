import TradingCore
import TradingTypes

/// A signal as a person is asked about it.
public struct Question: Sendable {
  public var signal: SignalNumber
  public var strategy: String
  public var symbol: String
  public var quantity: Quantity
  public var proposal: SignalProposal
  public var expiresAt: Timestamp

  /// Makes a question.
  public init(
    signal: SignalNumber, strategy: String, symbol: String, quantity: Quantity, proposal: SignalProposal,
    expiresAt: Timestamp
  ) {
    self.signal = signal
    self.strategy = strategy
    self.symbol = symbol
    self.quantity = quantity
    self.proposal = proposal
    self.expiresAt = expiresAt
  }
}

/// What came back from people, as events for the core.
public struct Answers: Sendable {
  public var events: [ExternalEvent]

  /// Makes answers.
  public init(events: [ExternalEvent] = []) { self.events = events }
}

/// Who approves. May block while a person decides; the replayed market waits.
public protocol ApprovalPort: AnyObject {
  /// Asks about these signals, best first.
  func ask(_ questions: [Question], now: Timestamp) -> Answers
  /// Looks, without waiting, whether something was answered about what is still open.
  func poll(_ open: [Question], now: Timestamp) -> Answers
}

/// Who is told. Failing to tell never stops the session.
public protocol NotifierPort: AnyObject {
  /// Delivers one message.
  func notify(_ notification: Notification)
}

/// What plugins may see of the account and of what is held.
public protocol PortfolioView: AnyObject {
  /// Whether a plugin looks; until one does, nothing is shown.
  var watch: PortfolioWatch { get }
  /// The account or a holding may have changed.
  func show(_ core: borrowing Core)
}

/// Lets real time pass between two instants of a replay.
public protocol Pacer: AnyObject {
  /// Waits before the market's time moves on; answers `false` when the process is to stop.
  func wait(until time: Timestamp) -> Bool
}

/// A place at which a drill may cut the power.
public protocol FaultPoints: AnyObject {
  /// Passes one numbered place.
  func pass(_ place: StaticString) throws
}
