import TradingCore
import TradingTypes

/// An input that was journaled in an earlier life of the session.
public struct JournaledInput: Hashable, Sendable {
  /// The number of the input among all inputs of the core, from 1.
  public var index: UInt64
  public var event: ExternalEvent

  /// Makes an entry.
  public init(index: UInt64, event: ExternalEvent) {
    self.index = index
    self.event = event
  }
}

/// Where rows go. A session that resumes writes again what is already there; the recorder compares instead.
public protocol Recorder: AnyObject {
  /// Whether rows of an earlier life are still to be written again.
  var isCatchingUp: Bool { get }
  /// Takes a row; answers whether an earlier life had already committed it.
  func append(_ record: Record) throws -> Bool
  /// Takes what a scanner reported; answers as ``append(_:)``.
  func append(_ observation: Observation, scanner: String) throws -> Bool
  /// The rows it wants; others are not made.
  var rows: RowKinds { get }
  /// Whether inputs that cannot be made again are to be journaled.
  var keepsJournal: Bool { get }
  /// Takes an input that cannot be made again.
  func journal(_ input: JournaledInput) throws
  /// Makes everything since the last commit durable, or throws and nothing of it is.
  func commit() throws
}
