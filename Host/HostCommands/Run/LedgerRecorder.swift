import Ledger
import Runtime
import TradingCore
import TradingTypes

/// The ledger as the engine's recorder. Wall time is stamped here, beside the decisions and never in them.
final class LedgerRecorder: Recorder {
  private let ledger: Ledger
  private let wallTime: () -> Timestamp

  init(_ ledger: Ledger, wallTime: @escaping () -> Timestamp) {
    self.ledger = ledger
    self.wallTime = wallTime
  }

  var isCatchingUp: Bool { ledger.isCatchingUp }
  var rows: RowKinds { .all }
  var keepsJournal: Bool { true }

  func append(_ record: Record) throws -> Bool {
    try ledger.append(record)
  }

  func append(_ observation: Observation, scanner: String) throws -> Bool {
    try ledger.append(observation, scanner: scanner)
  }

  func journal(_ input: JournaledInput) throws {
    try ledger.journal(input.event, input: input.index, wallTime: wallTime())
  }

  func commit() throws { try ledger.commit() }
}
