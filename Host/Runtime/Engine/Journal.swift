import TradingCore

/// The inputs an earlier life journaled, handed out at exactly the place where they happened.
struct JournalReplay {
  private var inputs: ArraySlice<JournaledInput>
  /// Whether the session is still repeating what happened before.
  private(set) var isReplaying: Bool

  init(_ inputs: [JournaledInput]) {
    self.inputs = inputs[...]
    isReplaying = !inputs.isEmpty
  }

  /// The journaled input with this number, if it is the next one.
  mutating func take(at index: UInt64) -> ExternalEvent? {
    guard inputs.first?.index == index else { return nil }
    defer { isReplaying = !inputs.isEmpty }
    return inputs.removeFirst().event
  }
}

/// Why a session cannot go on.
public enum EngineFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// The journal holds an input the session never came to.
  case journalNotReached(index: UInt64, inputs: UInt64)

  /// What happened and what to do.
  public var description: String {
    switch self {
    case .journalNotReached(let index, let inputs):
      """
      the session does not repeat its own record: input \(index) of the journal was expected, but the data ended after \
      \(inputs) inputs; the data, the configuration or a plugin differs from the run that wrote the ledger
      """
    }
  }
}
