import TradingTypes

/// What the core can be told. Market data, signals and re-checks can be made again from the same data and plugins;
/// what is ``ExternalEvent`` cannot, and is journaled before anything acts on it.
public enum Event: Sendable {
  /// A session of the account's reference calendar opened (New York 09:30 for XNYS).
  case sessionOpened(Timestamp)
  /// It closed: the equity of this instant is the base of the next session's loss.
  case sessionClosed(Timestamp)
  /// A price.
  case quote(Quote)
  /// A finished bar.
  case bar(Bar)
  /// A strategy's answer.
  indirect case signal(StrategyID, SignalProposal)
  /// A strategy's answer to ``Effect/recheck(_:strategy:request:)``.
  case rechecked(SignalNumber, [Check])
  /// Everything of this instant is in: rank, check, ask, execute, look after exits and limits.
  case endOfInstant(Timestamp)
  /// Something from outside that cannot be made again.
  case external(ExternalEvent)
}

/// An input that only happened once: a person's answer, a broker's report, the outcome of a call.
public enum ExternalEvent: Hashable, Sendable, Codable {
  /// Answers to signals, all or some of those asked for.
  case approval(approved: [SignalNumber], rejected: [SignalNumber], by: Approver)
  /// The time to answer these is over by the clock of the prompt.
  case approvalTimeout([SignalNumber])
  /// A broker's report.
  case report(OrderReport)
  /// How placing an order ended.
  case placed(OrderNumber, PlacementOutcome, reason: String)
  /// How changing an order ended.
  case replaced(OrderNumber, PlacementOutcome, reason: String)
  /// How cancelling an order ended.
  case cancelled(OrderNumber, PlacementOutcome, reason: String)
  /// A person's or operator's word.
  case command(Command)
  /// A strategy's plugin failed.
  case strategyFailed(StrategyFailure)
  /// A new instance of a strategy that had failed decides.
  case strategyReplaced(StrategyReplacement)
  /// A plugin that does not trade failed; the core only counts it among its inputs.
  case pluginFailed(id: String, epoch: UInt32, call: UInt64)
  /// A new instance of such a plugin works.
  case pluginReplaced(id: String, epoch: UInt32)
}

/// What an operator can tell the core.
public enum Command: String, Hashable, Sendable, Codable {
  /// No new entries; exits go on.
  case stopEntries = "stop_entries"
  /// Entries again.
  case resumeEntries = "resume_entries"
  /// The session ends here; what is open stays open.
  case endSession = "end_session"
  /// Close every position at the market and cancel all entries.
  case flatten
}
