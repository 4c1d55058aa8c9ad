import Testing
import TradingTypes

@testable import Ledger
@testable import TradingCore

@Suite struct `Resuming a session` {
  @Test(arguments: 0..<12) func `killed anywhere, again and again, it ends with the same digest`(seed: Int) throws {
    let story = Story(seed: UInt64(seed % 3), signals: 12)
    let scratch = Scratch()
    try Ledger.record(story, at: scratch.path("whole"))
    var random = Seeded(UInt64(seed))
    var kills = 0
    while true {
      let ledger = try Ledger.open(scratch.path())
      defer { ledger.close() }
      let answer = try ledger.begin(story.session, wallTime: wall)
      if kills > 0, case .new = answer { Issue.record("the interrupted session is gone") }
      let end = Int.random(in: 0...story.steps.count * 3 / 2, using: &random)
      if end < story.steps.count, kills < 40 {
        // Whatever was not committed is lost with the process.
        try ledger.tell(story, through: end)
        kills += 1
        continue
      }
      try ledger.tell(story)
      try ledger.finish(summary: "{}", wallTime: wall)
      break
    }
    #expect(try LedgerReader.digest(scratch.path()) == LedgerReader.digest(scratch.path("whole")))
    #expect(try LedgerReader.problems(scratch.path()).isEmpty)
    let reader = try LedgerReader(scratch.path())
    #expect(try reader.session().records == UInt64(story.facts))
    #expect(
      try reader.journalEntries().map(\.event) == LedgerReader(scratch.path("whole")).journalEntries().map(\.event))
  }

  @Test func `killed after every single step, it has exactly what was committed`() throws {
    let story = Story(seed: 4, signals: 3)
    for end in 0...story.steps.count {
      let scratch = Scratch()
      var facts: UInt64 = 0
      var durable: UInt64 = 0
      for step in story.steps.prefix(end) {
        switch step {
        case .fact, .observation: facts += 1
        case .event: break
        case .commit: durable = facts
        }
      }
      let ledger = try Ledger.open(scratch.path())
      _ = try ledger.begin(story.session, wallTime: wall)
      try ledger.tell(story, through: end)
      #expect(ledger.committedRecords == durable)
      ledger.close()
      let again = try Ledger.open(scratch.path())
      let answer = try again.begin(story.session, wallTime: wall)
      guard case .resumed(let resumption) = answer else {
        Issue.record("\(answer)")
        continue
      }
      #expect(resumption.records == durable)
      #expect(try again.journalEntries().count == Int(resumption.journalEntries))
    }
  }

  @Test func `a run that decides something else is refused at the record that differs`() throws {
    let scratch = Scratch()
    let story = Story(seed: 5, signals: 6)
    let ledger = try Ledger.open(scratch.path())
    _ = try ledger.begin(story.session, wallTime: wall)
    try ledger.tell(story)
    ledger.close()

    let again = try Ledger.open(scratch.path())
    _ = try again.begin(story.session, wallTime: wall)
    var other = story.steps
    let index = try #require(other.firstIndex { if case .fact(.fill) = $0 { true } else { false } })
    guard case .fact(.fill(var fill)) = other[index] else { return }
    let recorded = fill.price
    fill.price = Price(nanos: recorded.nanos + 1)
    other[index] = .fact(.fill(fill))
    let error = #expect(throws: LedgerError.self) {
      for step in other {
        if case .fact(let record) = step { try again.append(record) }
        if case .observation(let observation) = step { try again.append(observation, scanner: "pump-momentum") }
      }
    }
    #expect(error?.code == .diverged)
    #expect(error?.expected?.contains("price_nanos=\(recorded.nanos),") == true)
    #expect(error?.found?.contains("price_nanos=\(recorded.nanos + 1),") == true)
    // Nothing can be recorded after that.
    #expect(throws: LedgerError.self) { try again.commit() }
    again.close()
    #expect(try LedgerReader.problems(scratch.path()).isEmpty)
  }

  @Test func `a run that ends early is refused`() throws {
    let scratch = Scratch()
    let story = Story(seed: 6, signals: 4)
    let ledger = try Ledger.open(scratch.path())
    _ = try ledger.begin(story.session, wallTime: wall)
    try ledger.tell(story)
    ledger.close()
    let again = try Ledger.open(scratch.path())
    _ = try again.begin(story.session, wallTime: wall)
    try again.tell(story, through: 5)
    #expect(again.isCatchingUp)
    let error = #expect(throws: LedgerError.self) { try again.finish(summary: "{}", wallTime: wall) }
    #expect(error?.code == .diverged)
    let late = #expect(throws: LedgerError.self) {
      try again.journal(.command(.flatten), input: 9_999, wallTime: wall)
    }
    #expect(late?.code == .diverged)
  }

  @Test func `a finished session is answered with its summary and not a byte changes`() throws {
    let scratch = Scratch()
    let story = Story(seed: 7, signals: 3)
    try Ledger.record(story, at: scratch.path())
    let before = scratch.contents
    #expect(before.keys.sorted() == ["ledger.sqlite"])
    let ledger = try Ledger.open(scratch.path())
    #expect(try ledger.begin(story.session, wallTime: wall) == .finished(summary: #"{"trades":1}"#))
    ledger.close()
    #expect(scratch.contents == before)
  }

  @Test func `another session is told what differs and not a byte of the ledger changes`() throws {
    let scratch = Scratch()
    let story = Story(seed: 8, signals: 3)
    let first = try Ledger.open(scratch.path())
    _ = try first.begin(story.session, wallTime: wall)
    try first.tell(story)
    first.close()
    let before = scratch.contents["ledger.sqlite"]
    var other = story.session
    other.dataHash = "ffff"
    other.strategies[0].parameters = #"{"score_min":"0.6"}"#
    other.build = "9.9.9"
    let ledger = try Ledger.open(scratch.path())
    guard case .otherFingerprint(let differences) = try ledger.begin(other, wallTime: wall) else {
      Issue.record("taken for the same")
      return
    }
    #expect(differences.map(\.name) == ["data", "strategies"])
    #expect(differences.first?.recorded == "d41d8c" && differences.first?.asked == "ffff")
    ledger.close()
    #expect(scratch.contents["ledger.sqlite"] == before)
  }

  @Test func `every part of a session is part of its fingerprint`() {
    let session = Story.session
    var changed: [SessionDescription] = []
    func change(_ body: (inout SessionDescription) -> Void) {
      var copy = session
      body(&copy)
      changed.append(copy)
    }
    change { $0.mode = "live" }
    change { $0.account = "other" }
    change { $0.currency = Currency("EUR")! }
    change { $0.dataHash += "0" }
    change { $0.configuration += " " }
    change { $0.options = "{}" }
    change { $0.from = nil }
    change { $0.to = wall }
    change { $0.strategies.swapAt(0, 1) }
    change { $0.strategies[0].version = "1.0.1" }
    change { $0.instruments[0].symbol = "AAP" }
    change { $0.instruments[0].step = Quantity(nanos: 1) }
    change { $0.plugins[0].sha256 = "ac" }
    #expect(Set(changed.map(\.fingerprint)).union([session.fingerprint]).count == changed.count + 1)
    var rebuilt = session
    rebuilt.build = "2.0.0"
    #expect(rebuilt.fingerprint == session.fingerprint)
  }
}
