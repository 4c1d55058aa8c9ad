import Runtime
import TradingCore
import TradingTypes

/// Takes every row a backtest would put into a ledger into an answer log.
final class DecisionLog: Recorder {
  let log: AnswerLog
  /// An order about to be sent has no time of its own; it belongs to the next row that has one.
  private var waiting: [IntentRecord] = []

  init(_ log: AnswerLog) { self.log = log }

  var isCatchingUp: Bool { false }
  var rows: RowKinds { .all }
  var keepsJournal: Bool { false }
  func journal(_ input: JournaledInput) {}
  func commit() {}
  func append(_ observation: Observation, scanner: String) -> Bool { false }

  func append(_ record: Record) -> Bool {
    switch record {
    case .signal(let row):
      var hasher = Hasher()
      hasher.combine(row.number)
      hasher.combine(row.strategy)
      hasher.combine(row.proposal)
      hasher.combine(row.state)
      flush(row.proposal.decidedAt)
      log.add(
        fingerprint: hasher.finalize(), row, at: row.proposal.decidedAt, instrument: row.proposal.instrument,
        isRaised: row.proposal.verdict == .raised)
    case .signalState(let row): add(row, row.time, nil)
    case .decision(let row): add(row, row.time, row.instrument)
    case .intent(let row): waiting.append(row)
    case .order(let row): add(row, row.time, nil)
    case .fill(let row): add(row, row.time, row.instrument)
    case .position(let row): add(row, row.time, row.instrument)
    case .trade(let row): add(row, row.exitTime, row.instrument)
    case .breaker(let row): add(row, row.time, nil)
    case .equity(let row): add(row, row.time, nil)
    }
    return false
  }

  private func add(_ row: some Hashable, _ time: Timestamp, _ instrument: InstrumentID?) {
    flush(time)
    log.add(row, at: time, instrument: instrument)
  }

  private func flush(_ time: Timestamp) {
    guard !waiting.isEmpty else { return }
    for intent in waiting { log.add(intent, at: time, instrument: intent.request.instrument) }
    waiting.removeAll(keepingCapacity: true)
  }
}
