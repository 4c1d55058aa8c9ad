import Foundation
import Testing
import TradingTypes

@testable import Ledger
@testable import TradingCore

/// A change past the ledger's back, and what the check must say.
struct Tampering: Sendable, CustomTestStringConvertible {
  var sql: String
  var says: String
  var testDescription: String { sql }

  static let all = [
    Tampering(sql: "UPDATE fill SET price_nanos = price_nanos + 1 WHERE number = 1", says: "trade 1 has a P&L of"),
    Tampering(sql: "UPDATE fill SET quantity_nanos = quantity_nanos - 1 WHERE number = 1", says: "order 1 says"),
    Tampering(sql: "UPDATE fill SET side = 'sell' WHERE number = 1", says: "not of its order's symbol and side"),
    Tampering(sql: "UPDATE fill SET fee_nanos = 8 WHERE number = 1", says: "has other fees than its fills"),
    Tampering(sql: "UPDATE fill SET currency = 'EUR' WHERE number = 2", says: "in another currency"),
    Tampering(sql: "DELETE FROM fill WHERE number = 2", says: "order 2 says"),
    Tampering(sql: "UPDATE trade SET pnl_nanos = pnl_nanos + 1 WHERE number = 1", says: "trade 1 has a P&L of"),
    Tampering(sql: "DELETE FROM trade WHERE number = 1", says: "position 1 is closed without a trade"),
    Tampering(sql: "DELETE FROM order_intent WHERE number = 1", says: "refers to no row of order_intent"),
    Tampering(
      sql: "UPDATE position_state SET quantity_nanos = 1 WHERE state = 'performance_recorded' AND number = 1",
      says: "position 1 says 0.000000001 is held, its fills give 0"),
    Tampering(sql: "UPDATE order_state SET filled_nanos = 0 WHERE order_number = 1", says: "order 1 says 0 is filled"),
    Tampering(sql: "UPDATE signal_check SET value = value + 1e-12 WHERE position = 1", says: "not what was written"),
    Tampering(sql: "DELETE FROM signal_field WHERE position = 4", says: "not what was written"),
    Tampering(sql: "DELETE FROM decision WHERE record = (SELECT max(record) FROM decision)", says: "record is missing"),
    Tampering(sql: "UPDATE journal SET event = replace(event, '1', '2') WHERE number = 2", says: "journaled events"),
    Tampering(sql: "UPDATE journal SET wall_ns = 0 WHERE number = 1", says: "journaled events"),
    Tampering(sql: "DELETE FROM journal WHERE number = 3", says: "journaled event is missing"),
    Tampering(
      sql: "INSERT INTO account_equity SELECT max(record) + 1, 0, 0, 0, 'USD' FROM checkpoint",
      says: "records after the last commit"),
    Tampering(
      sql: "DELETE FROM checkpoint WHERE number = (SELECT max(number) FROM checkpoint)",
      says: "after the last commit"),
    Tampering(sql: "UPDATE checkpoint SET record_chain = zeroblob(32) WHERE number = 1", says: "not what was written"),
  ]
}

@Suite struct `The check of a ledger` {
  @Test(arguments: 0..<6) func `finds nothing in what was recorded`(seed: Int) throws {
    let scratch = Scratch()
    let story = Story(seed: UInt64(seed), signals: 30)
    try Ledger.record(story, at: scratch.path())
    let verification = try LedgerReader(scratch.path()).verify()
    #expect(verification.problems.isEmpty)
    #expect(verification.records == UInt64(story.facts))
    #expect(verification.trades > 0 && verification.fills == verification.trades * 2)
    #expect(verification.orders == verification.fills)
  }

  @Test(arguments: Tampering.all) func `finds what was changed behind its back`(_ tampering: Tampering) throws {
    let scratch = Scratch()
    let story = Story(seed: 21, signals: 6)
    try Ledger.record(story, at: scratch.path())
    try scratch.execute(tampering.sql)
    let problems = try LedgerReader.problems(scratch.path())
    #expect(problems.contains { $0.contains(tampering.says) }, "\(problems)")
  }

  @Test(arguments: Tampering.all) func `is made before a session is resumed`(_ tampering: Tampering) throws {
    let scratch = Scratch()
    let story = Story(seed: 21, signals: 6)
    let ledger = try Ledger.open(scratch.path())
    _ = try ledger.begin(story.session, wallTime: wall)
    try ledger.tell(story)
    ledger.close()
    try scratch.execute(tampering.sql)
    let error = #expect(throws: LedgerError.self) {
      let again = try Ledger.open(scratch.path())
      _ = try again.begin(story.session, wallTime: wall)
    }
    #expect(error?.code == .corrupted)
  }

  @Test func `finds a fill booked twice and a sale of more than there was`() throws {
    let recording = try Recording()
    try recording.signal(1)
    try recording.intent(1, signal: 1, position: 1)
    try recording.intent(2, signal: 1, position: 1, side: .sell, quantity: 30_000_000_000)
    try recording.fill(1, order: 1)
    try recording.fill(2, order: 2, side: .sell, report: "same")
    try recording.fill(3, order: 2, side: .sell, report: "same")
    try recording.state(1, .filled)
    try recording.state(2, .working(filled: Quantity("20")!), quantity: 30_000_000_000)
    try recording.position(1, .open, quantity: 0)
    let problems = try recording.reader().verify().problems
    #expect(problems.contains("fill 3 was booked twice: report same"))
    #expect(problems.contains("position 1 sold more than it had"))
    #expect(problems.contains("position 1 says 0 is held, its fills give -10"))
  }
}

@Suite struct `The digest` {
  private func digest(_ change: (inout SessionDescription, inout Timestamp) -> Void = { _, _ in }) throws -> String {
    var session = Story.session
    var time = wall
    change(&session, &time)
    let scratch = Scratch()
    let story = Story(seed: 31, signals: 5)
    let ledger = try Ledger.open(scratch.path())
    _ = try ledger.begin(session, wallTime: time)
    try ledger.tell(story)
    try ledger.finish(summary: "{\"at\":\"\(time)\"}", wallTime: time)
    ledger.close()
    return try LedgerReader.digest(scratch.path())
  }

  @Test func `does not depend on wall time, on the file or on what the session is called`() throws {
    let one = try digest()
    #expect(one.utf8.count == 64)
    #expect(try digest { $1 = Timestamp(nanoseconds: 0) } == one)
    #expect(try digest { session, _ in session.account = "other" } == one)
  }

  @Test func `does not depend on when it was committed`() throws {
    let story = Story(seed: 31, signals: 5)
    let scratch = Scratch()
    let ledger = try Ledger.open(scratch.path())
    _ = try ledger.begin(story.session, wallTime: wall)
    for step in story.steps {
      if case .fact(let record) = step { try ledger.append(record) }
      if case .observation(let observation) = step { try ledger.append(observation, scanner: "pump-momentum") }
    }
    try ledger.commit()
    #expect(try LedgerReader.digest(scratch.path()) == digest())
  }

  @Test func `leaves out names given by a run or a venue`() throws {
    func digest(prefix: String) throws -> String {
      let recording = try Recording()
      try recording.signal(1)
      try recording.intent(1, signal: 1, position: 1) {
        $0.clientOrderID = ShortText("\(prefix)1")!
        $0.ocoGroup = ShortText("\(prefix)p1")!
      }
      try recording.fill(1, order: 1, report: "\(prefix)r")
      return try recording.reader().digest()
    }
    #expect(try digest(prefix: "a") == digest(prefix: "b"))
  }

  @Test func `depends on every column of every other row`() throws {
    let scratch = Scratch()
    try Ledger.record(Story(seed: 31, signals: 12), at: scratch.path())
    let before = try LedgerReader.digest(scratch.path())
    for table in Table.allCases {
      for column in table.columns where !table.namesOfRun.contains(column) {
        let copy = Scratch()
        try scratch.contents["ledger.sqlite"]!.write(to: .init(fileURLWithPath: copy.path()))
        let present = try copy.text("SELECT typeof(\(column)) FROM \(table.name) ORDER BY record LIMIT 1")
        let kind = try copy.text(
          "SELECT type FROM pragma_table_info('\(table.name)') WHERE name = '\(column)'")
        let value =
          switch (kind, column) {
          case (_, "side"): "iif(side = 'buy', 'sell', 'buy')"
          case (_, "state") where table == .breakerState: "iif(state = 'armed', 'tripped', 'armed')"
          case ("TEXT", _): "coalesce(\(column), '') || 'x'"
          default: "coalesce(\(column), 0) + 1"
          }
        try copy.execute(
          "UPDATE \(table.name) SET \(column) = \(value) WHERE record = (SELECT max(record) FROM \(table.name))")
        #expect(try LedgerReader.digest(copy.path()) != before, "\(table.name).\(column) (\(present ?? "no row"))")
      }
    }
  }
}
