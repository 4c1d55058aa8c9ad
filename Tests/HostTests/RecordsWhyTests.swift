import CommandLineKit
import Foundation
import Testing

@testable import HostCommands

@Suite struct `The chain of decisions` {
  static let trade = """
    AAPL: 9 decisions about 1 signal
      TIME                 SIGNAL  ORDER  PASSED  STAGE     CODE           NUMBERS
    signal 1: enter_long by mr-combined, bar 2018-04-20 00:00, now done (filled)
      2018-04-20 20:00          1         yes       gate    trend          value 41.43, limit 38.125
      2018-04-20 20:00          1         yes       gate    spread         value -, limit 0.002, note unknown
      2018-04-20 20:00          1         yes     signal    raised         score 0.569312, confidence 0, expected_value 0.0123
      2018-04-20 20:00          1         yes     risk      within_limits  exposure 0.058, heat 0.00483, positions 1
      2018-04-20 20:00          1         yes     approval  approved       by person
      2018-04-23 13:30          1      1  yes       order   intended       quantity 14, price 0
      2018-04-23 13:30          1      1  yes       order   filled         quantity 14, price 41.442429
      2018-04-25 13:30:05       1      2  yes       order   filled         quantity 14, price 37.98
      2018-04-25 13:30:05       1         yes     exit      trade_closed   pnl -48.494006, reason stop

    """

  static let refusal = """
    AAPL: 3 decisions about 1 signal
      TIME              SIGNAL  ORDER  PASSED  STAGE   CODE    NUMBERS
    signal 2: enter_long by mr-combined, bar 2018-04-26 00:00, now rejected (spread)
      2018-04-26 20:00       2         yes       gate  trend   value 41.43, limit 38.125
      2018-04-26 20:00       2         NO        gate  spread  value 0.0031, limit 0.002
      2018-04-26 20:00       2         NO      signal  spread

    """

  static let stopped = """
    MSFT: 2 decisions about 1 signal
      TIME              SIGNAL  ORDER  PASSED  STAGE    CODE             NUMBERS
      2018-04-27 13:30                 NO      breaker  tripped          loss 1001, limit 1000
    signal 4: enter_long by mr-combined, bar 2018-04-27 00:00, now rejected (breaker_tripped)
      2018-04-27 20:00       4         NO      risk     breaker_tripped

    """

  static let texts = ["trade": trade, "refusal": refusal, "stopped": stopped]

  static let times: [(symbol: String, at: String, chain: String)] = [
    ("AAPL", "2018-04-20", "trade"), ("AAPL", "2018-04-22", "trade"), ("AAPL", "2018-04-20T00:00:00Z", "trade"),
    ("AAPL", "2018-04-25T23:59:59.999999999Z", "trade"), ("AAPL", "2018-04-26", "refusal"),
    ("AAPL", "2020-01-01", "refusal"), ("MSFT", "2018-04-30", "stopped"),
  ]

  @Test(arguments: times) func `at a time is that of the last signal until then`(
    symbol: String, at: String, chain: String
  ) throws {
    let answer = try RecordsAnswer(["why", symbol, "--at", at], at: RecordsLedger())
    #expect(answer.output == Self.texts[chain])
    #expect(answer.exit == .ok)
  }

  @Test func `without a time holds every signal of the symbol under its heading`() throws {
    let answer = try RecordsAnswer(["why", "AAPL"], at: RecordsLedger())
    let lines = answer.output.split(separator: "\n")
    #expect(lines.count == 1 + 1 + 2 + 12)
    #expect(lines[0] == "AAPL: 12 decisions about 2 signals")
    #expect(lines.indices.filter { lines[$0].hasPrefix("signal ") } == [2, 12])
  }

  @Test func `is one JSON object with every digit`() throws {
    let answer = try RecordsAnswer(["why", "AAPL", "--at", "2018-04-26", "--json"], at: RecordsLedger())
    #expect(
      answer.output
        == oneLine(
          """
          {"decisions":[{"code":"trend","numbers":{"limit":38.125,"value":41.43},"order":null,"passed":true,"signal":2,
          "stage":"gate","time":"2018-04-26T20:00:00Z"},{"code":"spread","numbers":{"limit":0.002,"value":0.0031},
          "order":null,"passed":false,"signal":2,"stage":"gate","time":"2018-04-26T20:00:00Z"},
          {"code":"spread","numbers":{},"order":null,"passed":false,"signal":2,"stage":"signal",
          "time":"2018-04-26T20:00:00Z"}],"schema":1,"symbol":"AAPL"}
          """))
    let trade = try RecordsAnswer(["why", "AAPL", "--at", "2018-04-20", "--json"], at: RecordsLedger())
    let decisions = try #require(try trade.json()["decisions"] as? [NSDictionary])
    #expect(decisions[1]["numbers"] as? NSDictionary == ["value": NSNull(), "limit": 0.002, "note": "unknown"])
    #expect(decisions[4]["numbers"] as? NSDictionary == ["by": "person"])
    #expect(decisions[6]["numbers"] as? NSDictionary == ["quantity": "14", "price": "41.442429"])
    #expect(decisions[6]["order"] as? Int == 1)
  }

  struct Missing: CustomTestStringConvertible {
    var words: [String]
    var expected: String
    var found: String
    var testDescription: String { words.joined(separator: " ") }
  }

  static let missing: [Missing] = [
    Missing(words: ["why", "ZZZ"], expected: "one of: AAPL, MSFT", found: "ZZZ"),
    Missing(words: ["why", "aapl"], expected: "one of: AAPL, MSFT", found: "aapl"),
    Missing(words: ["why", "ZZZ", "--at", "2018-04-20"], expected: "one of: AAPL, MSFT", found: "ZZZ"),
    Missing(
      words: ["why", "GME"], expected: "a symbol with signals", found: "observations only, which never become orders"),
    Missing(
      words: ["why", "AAPL", "--at", "2018-04-19"], expected: "2018-04-20T00:00:00Z or later", found: "2018-04-19"),
  ]

  @Test(arguments: missing) func `that is not there is a failure that says what is`(_ row: Missing) throws {
    let answer = try RecordsAnswer(row.words + ["--json"], at: RecordsLedger())
    #expect(answer.exit == .noInput)
    #expect(try answer.error("code") == "no_decisions")
    #expect(try answer.error("expected") == row.expected)
    #expect(try answer.error("found") == row.found)
    #expect(try answer.error("remedy")?.isEmpty == false)
  }
}
