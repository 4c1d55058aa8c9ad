import TradingCore
import TradingTypes

extension RowBuffer {
  /// Adds a signal with every gate and every field.
  mutating func add(_ row: SignalRecord, _ names: borrowing Names) throws(Names.Unknown) {
    let proposal = row.proposal
    begin(.signal)
    add(row.number)
    add(try names.signalID(row.strategy, proposal))
    add(try names.strategy(row.strategy))
    add(try names.symbol(proposal.instrument))
    add(proposal.verdict.ledgerName)
    add(proposal.action.ledgerName)
    add(row.state.rawValue)
    add(proposal.barTime)
    add(proposal.decidedAt)
    add(proposal.expiresAt)
    add(proposal.close)
    add(proposal.score)
    add(proposal.flags.contains(.hasConfidence) ? proposal.confidence : nil)
    add(proposal.flags.contains(.hasExpectedValue) ? proposal.expectedValue : nil)
    add(proposal.orderType.name)
    add(proposal.timeInForce.name)
    add(proposal.exitReason?.name)
    add(proposal.flags.contains(.ownSize))
    add(proposal.flags.contains(.personOnly))
    add(proposal.flags.contains(.waitsForOpen))
    add(unlessZero: proposal.quantity)
    add(unlessZero: proposal.entryPrice)
    add(unlessZero: proposal.limitPrice)
    add(unlessZero: proposal.stopPrice)
    add(unlessZero: proposal.stopDistance)
    add(unlessZero: proposal.targetPrice)
    add(unlessZero: proposal.targetDistance)
    add(unlessZero: proposal.trailingDistance)
    add(unlessZero: UInt64(proposal.timeStopCloses))
    add(unlessEmpty: proposal.code)
    add(unlessEmpty: proposal.text)
    finish()
    for check in proposal.checks { add(check) }
    for field in proposal.fields { add(field, to: .signalField) }
  }

  private mutating func add(_ check: Check) {
    begin(.signalCheck)
    add(check.name)
    add(check.kind.ledgerName)
    add(check.passed)
    add(check.value)
    add(check.limit)
    add(unlessEmpty: check.note)
    finish()
  }

  private mutating func add(_ field: Field, to table: Table) {
    begin(table)
    add(field.group)
    add(field.name)
    add(field.value.kindName)
    switch field.value {
    case .number(let number): add(number)
    case .decimal(let nanos):
      null()
      add(nanos)
    case .integer(let integer):
      null()
      add(integer)
    case .time(let nanoseconds):
      null()
      add(nanoseconds)
    case .text(let text):
      null()
      null()
      add(text)
    case .flag(let flag):
      null()
      null()
      add(flag.name)
    }
    finish()
  }

  /// Adds what a scanner reported.
  mutating func add(_ row: Observation, scanner: String, _ names: borrowing Names) throws(Names.Unknown) {
    begin(.observation)
    add(scanner)
    add(try names.symbol(row.instrument))
    add(row.kind.name)
    add(row.time)
    add(unlessZero: row.number)
    add(unlessZero: row.episode)
    add(row.price)
    add(row.score)
    add(unlessEmpty: row.level)
    add(unlessEmpty: row.code)
    add(unlessEmpty: row.text)
    finish()
    for field in row.fields { add(field, to: .observationField) }
  }
}

extension Verdict {
  var ledgerName: String {
    switch self {
    case .raised: "raised"
    case .refused: "refused"
    case .evaluated: "evaluated"
    }
  }
}

extension SignalAction {
  var ledgerName: String {
    switch self {
    case .enterLong: "enter_long"
    case .exit: "exit"
    }
  }
}

extension Check.Kind {
  var ledgerName: String {
    switch self {
    case .bar: "bar"
    case .state: "state"
    case .recheck: "recheck"
    }
  }
}

extension Field.Value {
  var kindName: String {
    switch self {
    case .number: "number"
    case .decimal: "decimal"
    case .integer: "integer"
    case .time: "time"
    case .text: "text"
    case .flag: "flag"
    }
  }
}
