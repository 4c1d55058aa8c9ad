import CommandLineKit
import Foundation
import Testing
import TradingTypes

@testable import HostCommands
@testable import Ledger

@Suite struct `Ledger files` {
  @Test func `of equal decisions have the same digest, whenever they were made`() throws {
    let first = try RecordsLedger()
    let second = try RecordsLedger(tellsStory: false)
    try second.tell(RecordsStory.records, wall: 1_800_000_000_000_000_000)
    let other = try RecordsLedger(tellsStory: false)
    try other.tell(Array(RecordsStory.records.dropLast()))
    let digest = try RecordsAnswer(["ledger", "digest", first.path], at: first).output
    #expect(digest.wholeMatch(of: /[0-9a-f]{64}\n/) != nil)
    #expect(try RecordsAnswer(["ledger", "digest"], at: second).output == digest)
    #expect(try RecordsAnswer(["ledger", "digest"], at: other).output != digest)
    let json = try RecordsAnswer(["ledger", "digest", first.path, "--json"], at: second)
    #expect(json.output == "{\"digest\":\"\(digest.dropLast())\",\"file\":\"\(first.path)\",\"schema\":1}\n")
  }

  @Test func `that are whole are said to be, with what was checked`() throws {
    let ledger = try RecordsLedger()
    let answer = try RecordsAnswer(["ledger", "verify"], at: ledger)
    #expect(
      answer.output == """
        \(ledger.path): whole (session finished)
          checked: the pages of the file and the references between its rows
          checked: the hash of every commit over 33 records and 0 journaled events, computed again
          checked: 3 orders, 3 fills, 1 trade: quantities, fees and P&L add up from the fills, exactly

        """)
    #expect(answer.exit == .ok)
    let json = try RecordsAnswer(["ledger", "verify", "--json"], at: ledger).json()
    #expect(json["whole"] as? Bool == true)
    #expect(json["problems"] as? [String] == [])
    #expect(json["records"] as? Int == 33)
    #expect((json["checked"] as? [String])?.count == 3)
  }

  @Test func `in which a price was changed are not whole`() throws {
    let ledger = try RecordsLedger()
    try ledger.execute("UPDATE fill SET price_nanos = price_nanos + 1000000000 WHERE number = 1")
    let answer = try RecordsAnswer(["ledger", "verify"], at: ledger)
    #expect(answer.exit == .badData)
    #expect(answer.output.hasPrefix("\(ledger.path): NOT whole, 2 problems (session finished)\n"))
    #expect(answer.output.contains("  problem: records up to 33 are not what was written"))
    #expect(answer.output.contains("  problem: trade 1 has a P&L of -48.494006, its fills give -62.494006\n"))
    let json = try RecordsAnswer(["ledger", "verify", "--json"], at: ledger)
    #expect(json.exit == .badData)
    #expect(try json.json()["whole"] as? Bool == false)
    #expect((try json.json()["problems"] as? [String])?.count == 2)
  }

  static let commands = [
    ["trades"], ["orders"], ["fills"], ["positions"], ["signals"], ["observations"], ["why", "AAPL"],
    ["ledger", "digest"], ["ledger", "verify"],
  ]

  @Test(arguments: commands) func `that are missing, foreign, empty or damaged are refused`(_ words: [String]) throws {
    let ledger = try RecordsLedger(tellsStory: false)
    func expect(_ code: String, _ exit: ExitCode, _ words: [String] = words) throws {
      let answer = try RecordsAnswer(words + ["--json"], at: ledger)
      #expect(answer.exit == exit)
      #expect(try answer.error("code") == code)
      #expect(try answer.error("where")?.isEmpty == false)
      #expect(try answer.error("remedy")?.isEmpty == false)
      let text = try RecordsAnswer(words, at: ledger)
      #expect(text.exit == exit)
      #expect(text.output == "")
      #expect(text.errors.hasPrefix("host: error: "))
    }
    try expect("ledger_not_found", .noInput)
    let named = words[0] == "ledger" ? words + ["no/such/ledger"] : words + ["--ledger", "no/such/ledger"]
    try expect("ledger_not_found", .noInput, named)
    try "no database".write(toFile: ledger.path, atomically: true, encoding: .utf8)
    try expect("not_a_database", .badData)
    try Data().write(to: URL(fileURLWithPath: ledger.path))
    try expect("not_a_ledger", .badData)
    try FileManager.default.removeItem(atPath: ledger.path)
    try ledger.execute("CREATE TABLE trade (number INTEGER)")
    try expect("not_a_ledger", .badData)
  }

  static let empties: [(words: [String], text: String)] = [
    (["trades"], "no trades"), (["orders"], "no orders"), (["fills"], "no fills"),
    (["positions"], "no positions; --all lists those that ended too"), (["signals"], "no signals"),
    (["observations"], "no observations"),
  ]

  @Test(arguments: empties) func `of a session in which nothing happened have no rows`(
    words: [String], text: String
  ) throws {
    let ledger = try RecordsLedger(tellsStory: false)
    try ledger.tell([])
    #expect(try RecordsAnswer(words, at: ledger).output == text + "\n")
    #expect(try RecordsAnswer(words + ["--json"], at: ledger).json()[words[0]] as? [NSDictionary] == [])
    let why = try RecordsAnswer(["why", "AAPL", "--json"], at: ledger)
    #expect(why.exit == .noInput)
    #expect(try why.error("found") == "no signals yet")
    #expect(try RecordsAnswer(["ledger", "verify"], at: ledger).exit == .ok)
  }

  @Test func `are read while a session writes them`() throws {
    let folder = try RecordsLedger(tellsStory: false)
    let ledger = try Ledger.open(folder.path)
    defer { ledger.close() }
    _ = try ledger.begin(RecordsStory.session, wallTime: RecordsStory.close)
    for record in RecordsStory.records { try ledger.append(record) }
    #expect(try RecordsAnswer(["trades"], at: folder).output == "no trades\n")
    try ledger.commit()
    #expect(try RecordsAnswer(["fills", "--json"], at: folder).output.contains("\"price\":\"41.442429\""))
    #expect(try RecordsAnswer(["ledger", "verify"], at: folder).output.contains("whole (session unfinished)"))
  }

  @Test func `are not looked for when the command line is wrong`() throws {
    let ledger = try RecordsLedger()
    let range = try RecordsAnswer(
      ["trades", "--from", "2018-04-02", "--to", "2018-04-01", "--json"], at: ledger)
    #expect(range.exit == .badData)
    #expect(try range.error("found") == "2018-04-02 after 2018-04-01")
    for words in [["trades", "--limit", "0"], ["why"], ["why", "AAPL", "--at", "noon"], ["ledger"], ["fills", "x"]] {
      #expect(try RecordsAnswer(words, at: ledger).exit == .usage)
    }
  }

  @Test func `have commands whose specification has no faults`() {
    for command in RecordCommands.all { #expect(command.specification.faults() == []) }
  }

  static let figures: [(nanos: Int64, text: String)] = [
    (0, "0.00"), (1, "0.000000001"), (-500_000_000, "-0.50"), (999_999_999, "0.999999999"), (1_000_000_000, "1.00"),
    (1_234_500_000, "1.2345"), (1_234_550_000, "1.2346"), (-1_234_549_999, "-1.2345"), (1_999_950_000, "2.00"),
    (.max, "9223372036.8548"), (.min, "-9223372036.8548"),
  ]

  @Test(arguments: figures) func `show decimals rounded to what a trader reads`(nanos: Int64, text: String) {
    #expect(Figures.decimal(nanos: nanos) == text)
  }

  static let numbers: [(value: Double, text: String)] = [
    (0, "0"), (-0.0, "0"), (0.5693123456789, "0.569312"), (-2.00004, "-2"), (71.123456, "71.1235"),
    (1234.5678, "1234.57"), (1.5e12, "1500000000000"), (-3e20, "-3e+20"), (1e-9, "1e-09"), (.nan, "-"),
  ]

  @Test(arguments: numbers) func `show analytics rounded to what a trader reads`(value: Double, text: String) {
    #expect(Figures.number(value) == text)
  }
}
