import Ledger
import Runtime
import TradingCore

/// The ledger of a backtest as the engine's recorder: many rows a transaction, and no journal.
///
/// Nothing a backtest does leaves the process, so nothing has to be durable before it goes on: one that was cut off runs
/// again from its beginning, and its rows are compared with those that were committed.
final class BatchedRecorder: Recorder {
  private let ledger: Ledger
  private let faults: (any FaultPoints)?
  /// Rows a transaction, give or take those of one instant.
  static let batch: UInt64 = 10_000

  init(_ ledger: Ledger, faults: (any FaultPoints)?) {
    self.ledger = ledger
    self.faults = faults
  }

  var isCatchingUp: Bool { ledger.isCatchingUp }
  var rows: RowKinds { .all }
  var keepsJournal: Bool { false }

  func append(_ record: Record) throws -> Bool { try ledger.append(record) }

  func append(_ observation: Observation, scanner: String) throws -> Bool {
    try ledger.append(observation, scanner: scanner)
  }

  func journal(_ input: JournaledInput) {}

  /// Writes what waits once it is enough; the end of the session writes the rest.
  func commit() throws {
    guard ledger.recordCount >= ledger.committedRecords + BatchedRecorder.batch else { return }
    try ledger.commit()
    try faults?.pass("after the commit")
  }
}
