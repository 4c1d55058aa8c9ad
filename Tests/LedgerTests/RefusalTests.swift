import Foundation
import Testing
import TradingTypes

@testable import Ledger
@testable import TradingCore

@Suite struct `A file that cannot be a ledger` {
  private func code(_ path: String) -> LedgerError.Code? {
    do throws(LedgerError) {
      let ledger = try Ledger.open(path)
      defer { ledger.close() }
      _ = try ledger.begin(Story.session, wallTime: wall)
      return nil
    } catch { return error.code }
  }

  private func readerCode(_ path: String) -> LedgerError.Code? {
    do throws(LedgerError) {
      let reader = try LedgerReader(path)
      _ = try reader.trades()
      return nil
    } catch { return error.code }
  }

  @Test func `text is refused and stays as it is`() throws {
    let scratch = Scratch()
    let text = Data(String(repeating: "not a database, but long enough to look at\n", count: 50).utf8)
    for bytes in [text, text.prefix(3)] {
      try bytes.write(to: URL(fileURLWithPath: scratch.path()))
      #expect(code(scratch.path()) == .notADatabase)
      #expect(readerCode(scratch.path()) == .notADatabase)
      #expect(throws: LedgerError.self) { try Ledger.setAside(scratch.path()) }
      #expect(scratch.contents == ["ledger.sqlite": bytes])
    }
  }

  @Test func `a database of another program is refused and stays as it is`() throws {
    let scratch = Scratch()
    try scratch.execute("CREATE TABLE mine (a)")
    let before = scratch.contents
    #expect(code(scratch.path()) == .notALedger)
    #expect(readerCode(scratch.path()) == .notALedger)
    #expect(throws: LedgerError.self) { try Ledger.setAside(scratch.path()) }
    #expect(scratch.contents == before)
  }

  @Test func `a plugin state file is no ledger, and a ledger no plugin state file`() throws {
    let scratch = Scratch()
    try PluginStateStore.open(scratch.path("state"), run: "a", mustExist: false).close()
    #expect(code(scratch.path("state")) == .notALedger)
    try Ledger.record(Story(seed: 1, signals: 1), at: scratch.path())
    let error = #expect(throws: LedgerError.self) {
      try PluginStateStore.open(scratch.path(), run: "a", mustExist: false)
    }
    #expect(error?.code == .notALedger)
  }

  @Test func `a folder, and a file in no folder`() throws {
    let scratch = Scratch()
    #expect(code(scratch.folder) == .notADatabase)
    #expect(code(scratch.path("missing/ledger.sqlite")) == .cannotCreate)
    #expect(code("") == .cannotCreate)
    #expect(readerCode(scratch.path("ledger.sqlite")) == .notFound)
    #expect(scratch.contents.isEmpty)
  }

  @Test func `an empty file becomes a ledger, and is none before`() throws {
    let scratch = Scratch()
    try Data().write(to: URL(fileURLWithPath: scratch.path()))
    #expect(readerCode(scratch.path()) == .notALedger)
    #expect(code(scratch.path()) == nil)
    #expect(readerCode(scratch.path()) == nil)
  }

  @Test func `cut short anywhere, it is refused and stays as it is`() throws {
    let scratch = Scratch()
    try Ledger.record(Story(seed: 2, signals: 20), at: scratch.path("whole"))
    let whole = try #require(scratch.contents["whole"])
    let lengths = [1, 15, 16, 50, 99, 100, 511, 512, 2000, 4095] + stride(from: 4096, to: whole.count, by: 4096)
    for length in lengths + [4097, whole.count - 1] {
      let file = URL(fileURLWithPath: scratch.path())
      try whole.prefix(length).write(to: file)
      let found = code(scratch.path())
      #expect(found == .corrupted || found == .notADatabase, "length \(length)")
      #expect(try Data(contentsOf: file) == whole.prefix(length), "length \(length)")
    }
  }

  @Test func `with any page overwritten it is refused, or tells on itself`() throws {
    let scratch = Scratch()
    let story = Story(seed: 3, signals: 20)
    let ledger = try Ledger.open(scratch.path("whole"))
    _ = try ledger.begin(story.session, wallTime: wall)
    try ledger.tell(story)
    ledger.close()
    let whole = try #require(scratch.contents["whole"])
    for page in stride(from: 0, to: whole.count, by: 4096) {
      var damaged = whole
      let length = min(4096, whole.count - page)
      damaged.replaceSubrange(page..<page + length, with: Data(repeating: 0xA5, count: length))
      try damaged.write(to: URL(fileURLWithPath: scratch.path()))
      let found = code(scratch.path())
      #expect(found == .corrupted || found == .notADatabase, "page at \(page): \(String(describing: found))")
      #expect(scratch.contents["ledger.sqlite"] == damaged, "page at \(page)")
    }
  }

  @Test func `a single byte of a row that was changed is found before the session goes on`() throws {
    let scratch = Scratch()
    let story = Story(seed: 4, signals: 2)
    let ledger = try Ledger.open(scratch.path())
    _ = try ledger.begin(story.session, wallTime: wall)
    try ledger.tell(story)
    ledger.close()
    var bytes = try #require(scratch.contents["ledger.sqlite"])
    let word = try #require(bytes.range(of: Data("within_limits".utf8)))
    bytes[word.lowerBound] = UInt8(ascii: "W")
    try bytes.write(to: URL(fileURLWithPath: scratch.path()))
    #expect(code(scratch.path()) == .corrupted)
  }

  @Test func `a second host is refused and told of the first`() throws {
    let scratch = Scratch()
    let first = try Ledger.open(scratch.path())
    _ = try first.begin(Story.session, wallTime: wall)
    try FileManager.default.createSymbolicLink(atPath: scratch.path("alias"), withDestinationPath: "ledger.sqlite")
    for path in [scratch.path(), scratch.path("alias"), "\(scratch.folder)/./ledger.sqlite"] {
      let error = #expect(throws: LedgerError.self) { try Ledger.open(path) }
      #expect(error?.code == .inUse)
      #expect(error?.found == "a lock held by process \(ProcessInfo.processInfo.processIdentifier)")
    }
    #expect(throws: LedgerError.self) { try Ledger.setAside(scratch.path()) }
    first.close()
    #expect(FileManager.default.fileExists(atPath: scratch.path("ledger.sqlite-lock")) == false)
    #expect(try Ledger.open(scratch.path("alias")).path.hasSuffix("/ledger.sqlite"))
  }

  @Test func `a lock file that a killed host left behind holds nobody up`() throws {
    let scratch = Scratch()
    try Data("12345\n".utf8).write(to: URL(fileURLWithPath: scratch.path("ledger.sqlite-lock")))
    #expect(code(scratch.path()) == nil)
  }

  @Test func `a lock of another program stops the commit, and nothing is lost`() throws {
    let scratch = Scratch()
    let ledger = try Ledger(scratch.path(), .init(busyMilliseconds: 0))
    _ = try ledger.begin(Story.session, wallTime: wall)
    let other = try Connection(scratch.path(), .write, busyMilliseconds: 0)
    try other.execute("BEGIN IMMEDIATE", "cannot lock")
    try ledger.append(.equity(EquityRecord(time: wall, cash: .zero(.usd), equity: nil)))
    let error = #expect(throws: LedgerError.self) { try ledger.commit() }
    #expect(error?.code == .busy)
    other.rollBack()
    try ledger.commit()
    #expect(try LedgerReader(scratch.path()).equity().count == 1)
  }

  @Test func `a fact of an instrument that the session does not have is refused`() throws {
    let recording = try Recording()
    let error = #expect(throws: LedgerError.self) { try recording.signal(1, symbol: 3) }
    #expect(error?.code == .invalidRecord && error?.what == "cannot record instrument 3 of 3")
    try recording.signal(1)
    #expect(try recording.reader().signals().count == 1)
  }

  @Test func `nothing is recorded before a session has begun`() throws {
    let scratch = Scratch()
    let ledger = try Ledger.open(scratch.path())
    #expect(throws: LedgerError.self) {
      try ledger.append(.equity(EquityRecord(time: wall, cash: .zero(.usd), equity: nil)))
    }
    #expect(throws: LedgerError.self) { try ledger.commit() }
  }

  @Test func `an order filled twice by number is refused by the schema`() throws {
    let recording = try Recording()
    try recording.signal(1)
    try recording.intent(1, signal: 1, position: 1)
    try recording.fill(1, order: 1)
    try recording.fill(1, order: 1)
    let error = #expect(throws: LedgerError.self) { try recording.ledger.commit() }
    #expect(error?.code == .invalidRecord)
  }

  @Test func `a fill without an order is refused by the schema`() throws {
    let recording = try Recording()
    try recording.fill(1, order: 1)
    let error = #expect(throws: LedgerError.self) { try recording.ledger.commit() }
    #expect(error?.code == .invalidRecord)
  }

  @Test func `what cannot be written is refused, what can be read is read`() async {
    // In a process of its own, because only a user without privileges meets permissions.
    await #expect(processExitsWith: .success) {
      let scratch = Scratch()
      try Ledger.record(Story(seed: 5, signals: 2), at: scratch.path())
      let unfinished = try Ledger.open(scratch.path("open.sqlite"))
      _ = try unfinished.begin(Story.session, wallTime: wall)
      unfinished.close()
      let user = geteuid()
      guard chmod(scratch.folder, 0o555) == 0, user != 0 || seteuid(65_534) == 0 else { exit(2) }
      func code(_ body: () throws(LedgerError) -> Void) -> LedgerError.Code? {
        do throws(LedgerError) { try body() } catch { return error.code }
        return nil
      }
      let created = code { () throws(LedgerError) in _ = try Ledger.open(scratch.path("new.sqlite")) }
      let opened = code { () throws(LedgerError) in _ = try Ledger.open(scratch.path("open.sqlite")) }
      let finished = try LedgerReader(scratch.path()).trades().count
      let fresh = try LedgerReader(scratch.path("open.sqlite")).session().status
      guard seteuid(user) == 0, chmod(scratch.folder, 0o755) == 0 else { exit(3) }
      try FileManager.default.removeItem(atPath: scratch.folder)
      exit(created == .readOnly && opened == .readOnly && finished > 0 && fresh == "unfinished" ? 0 : 1)
    }
  }

  @Test func `every error says what, where and what to do, and starts in lower case`() {
    for code in LedgerError.Code.allCases {
      let remedy = LedgerError.remedy(for: code)
      #expect(remedy.first?.isLowercase == true && remedy.last != ".")
    }
    let error = LedgerError(
      .newerSchema, file: "L", what: "was written by a newer host", expected: "1", found: "2", remedy: "r")
    #expect("\(error)" == "L: was written by a newer host: expected 1, found 2; r")
  }
}
