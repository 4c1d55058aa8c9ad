import CSQLite
import Testing
import TradingTypes

@testable import Ledger
@testable import TradingCore

/// A way for a disk to fail, and what the ledger calls it.
struct DiskFault: Sendable, CustomTestStringConvertible {
  var name: String
  var code: Int32
  var lasts: Bool
  var expected: Set<LedgerError.Code>
  /// How many operations lie between those it is tried at.
  var stride: Int
  var testDescription: String { name }

  static let all = [
    DiskFault(name: "one write fails", code: SQLITE_IOERR, lasts: false, expected: [.inputOutput], stride: 3),
    DiskFault(name: "the disk fails", code: SQLITE_IOERR, lasts: true, expected: [.inputOutput], stride: 1),
    DiskFault(
      name: "the disk is full", code: SQLITE_FULL, lasts: true, expected: [.diskFull, .inputOutput], stride: 3),
  ]
}

@Suite struct `A ledger on a failing disk` {
  private let story = Story(seed: 11, signals: 2)

  /// Tells the story until an error; answers it with the last count that was certainly durable.
  private func tell(_ path: String, _ disk: FaultyDisk) -> (error: LedgerError?, durable: UInt64) {
    var durable: UInt64 = 0
    do throws(LedgerError) {
      let ledger = try Ledger(path, .init(vfs: disk.name, busyMilliseconds: 0))
      defer { ledger.close() }
      _ = try ledger.begin(story.session, wallTime: wall)
      defer { durable = ledger.committedRecords }
      try ledger.tell(story)
      try ledger.finish(summary: "{}", wallTime: wall)
      return (nil, durable)
    } catch {
      return (error, durable)
    }
  }

  /// Whatever happened: the file opens, holds a whole number of commits, and the story can be told to its end.
  private func expectWhole(_ path: String, durable: UInt64, _ comment: Comment) throws {
    let ledger = try Ledger.open(path)
    defer { ledger.close() }
    switch try ledger.begin(story.session, wallTime: wall) {
    case .new: #expect(durable == 0, comment)
    case .resumed(let resumption):
      #expect(resumption.records >= durable, comment)
      #expect(commits.contains(resumption.records), comment)
    case .finished: return
    case .otherFingerprint: Issue.record(comment)
    }
    try ledger.tell(story)
    try ledger.finish(summary: "{}", wallTime: wall)
  }

  /// Fact counts at which the story commits.
  private var commits: Set<UInt64> {
    var facts: UInt64 = 0
    var commits: Set<UInt64> = [0]
    for step in story.steps {
      switch step {
      case .fact, .observation: facts += 1
      case .event: break
      case .commit: commits.insert(facts)
      }
    }
    return commits
  }

  private func expectedDigest() throws -> String {
    let scratch = Scratch()
    try Ledger.record(story, at: scratch.path())
    return try LedgerReader.digest(scratch.path())
  }

  @Test(arguments: DiskFault.all) func `whichever write fails, nothing committed is lost`(_ fault: DiskFault) throws {
    let expected = try expectedDigest()
    var operation = 0
    while true {
      operation += fault.stride
      let scratch = Scratch()
      let disk = FaultyDisk()
      disk.arm(fault.lasts ? .from(fault.code) : .once(fault.code), at: operation)
      let (error, durable) = tell(scratch.path(), disk)
      if disk.operations < operation { break }
      if let error { #expect(fault.expected.contains(error.code), "operation \(operation): \(error)") }
      try expectWhole(scratch.path(), durable: durable, "operation \(operation)")
      #expect(try LedgerReader.digest(scratch.path()) == expected, "operation \(operation)")
      if operation % 16 == 0 { #expect(try LedgerReader.problems(scratch.path()).isEmpty, "operation \(operation)") }
    }
    #expect(operation > 20)
  }

  @Test(arguments: 0..<2) func `whenever power is cut, nothing committed is lost`(seed: Int) throws {
    let expected = try expectedDigest()
    var random = Seeded(UInt64(seed))
    // The seeds take turns at the operations.
    var operation = seed - 1
    while true {
      operation += 2
      let scratch = Scratch()
      let disk = FaultyDisk()
      disk.arm(.powerCut, at: operation)
      let (_, durable) = tell(scratch.path(), disk)
      guard disk.isOff else { break }
      disk.loseUnsynchronised(&random)
      try expectWhole(scratch.path(), durable: durable, "operation \(operation)")
      #expect(try LedgerReader.digest(scratch.path()) == expected, "operation \(operation)")
      if operation % 16 == 0 { #expect(try LedgerReader.problems(scratch.path()).isEmpty, "operation \(operation)") }
    }
    #expect(operation > 20)
  }

  @Test func `a commit that found the disk full is complete when it is tried again`() throws {
    let scratch = Scratch()
    let disk = FaultyDisk()
    let ledger = try Ledger(scratch.path(), .init(vfs: disk.name, busyMilliseconds: 0))
    _ = try ledger.begin(story.session, wallTime: wall)
    var refused = 0
    var events = 0
    for (index, step) in story.steps.enumerated() {
      switch step {
      case .fact(let record): try ledger.append(record)
      case .observation(let observation): try ledger.append(observation, scanner: "pump-momentum")
      case .event(let event):
        events += 1
        try ledger.journal(event, input: UInt64(index), wallTime: wall)
      case .commit:
        disk.arm(.once(SQLITE_FULL), at: 1)
        let before = disk.operations
        do throws(LedgerError) { try ledger.commit() } catch {
          #expect(error.code == .diskFull)
          refused += 1
          try ledger.commit()
        }
        #expect(disk.operations > before || ledger.recordCount == ledger.committedRecords)
      }
    }
    #expect(refused > 3)
    try ledger.finish(summary: "{}", wallTime: wall)
    ledger.close()
    #expect(try LedgerReader.digest(scratch.path()) == expectedDigest())
    #expect(try LedgerReader(scratch.path()).journalEntries().count == events)
  }

  @Test func `a file that may not grow refuses the commit and keeps the ones before`() throws {
    let scratch = Scratch()
    let ledger = try Ledger.open(scratch.path())
    _ = try ledger.begin(story.session, wallTime: wall)
    try ledger.tell(story)
    let pages = try #require(try ledger.connection.integer("PRAGMA page_count"))
    try ledger.connection.execute("PRAGMA max_page_count = \(pages)", "cannot limit")
    var more = Story(seed: 12, signals: 200)
    more.session = story.session
    let error = #expect(throws: LedgerError.self) {
      for case .observation(var observation) in more.steps {
        observation.text = String(repeating: "x", count: 4000)
        try ledger.append(observation, scanner: "pump-momentum")
      }
      try ledger.commit()
    }
    #expect(error?.code == .diskFull)
    let committed = ledger.committedRecords
    ledger.close()
    let again = try Ledger.open(scratch.path())
    guard case .resumed(let resumption) = try again.begin(story.session, wallTime: wall) else {
      Issue.record("not resumed")
      return
    }
    #expect(resumption.records == committed)
    #expect(committed == UInt64(story.facts))
  }

  @Test func `a commit costs one synchronisation of the disk`() throws {
    let scratch = Scratch()
    let disk = FaultyDisk()
    let ledger = try Ledger(scratch.path(), .init(vfs: disk.name, busyMilliseconds: 0))
    _ = try ledger.begin(story.session, wallTime: wall)
    try ledger.commit()
    let idle = disk.synchronisations
    try ledger.commit()
    #expect(disk.synchronisations == idle)
    try ledger.append(.equity(EquityRecord(time: wall, cash: .zero(.usd), equity: nil)))
    try ledger.commit()
    let first = disk.synchronisations
    try ledger.append(.equity(EquityRecord(time: wall, cash: .zero(.usd), equity: nil)))
    try ledger.commit()
    #expect(disk.synchronisations == first + 1)
  }
}
