import CommandLineKit
import Foundation
import Testing

@testable import HostCommands

@Suite struct `The lists of the record` {
  struct Row: CustomTestStringConvertible {
    var words: [String]
    var text: String
    var testDescription: String { words.joined(separator: " ") }
  }

  static let tables: [Row] = [
    Row(
      words: ["trades"],
      text: """
        ID  SYMBOL  STRATEGY     SIDE  QUANTITY  ENTRY               PRICE  EXIT                 PRICE  REASON  DETAIL  FEES      P&L  CURRENCY
         1  AAPL    mr-combined  long        14  2018-04-23 13:30  41.4424  2018-04-25 13:30:05  37.98  stop    -       0.02  -48.494  USD

        1 trade, 0 won; P&L -48.494 USD, fees 0.02 USD

        """),
    Row(
      words: ["orders", "--symbol", "AAPL"],
      text: """
        NUMBER  ID   TIME              SYMBOL  PURPOSE  SIDE  TYPE    TIF  QUANTITY  FILLED  LIMIT   STOP  STATUS  SINCE                REASON
             1  w-1  2018-04-23 13:30  AAPL    entry    buy   market  day        14      14      -      -  filled  2018-04-23 13:30     filled
             2  w-2  2018-04-23 13:30  AAPL    stop     sell  stop    gtc        14      14      -  37.98  filled  2018-04-25 13:30:05  filled

        2 orders

        """),
    Row(
      words: ["fills"],
      text: """
        ID  TIME                 SYMBOL  SIDE  QUANTITY    PRICE   FEE  CURRENCY  ORDER
         1  2018-04-23 13:30     AAPL    buy         14  41.4424  0.01  USD       w-1
         2  2018-04-25 13:30:05  AAPL    sell        14    37.98  0.01  USD       w-2
         3  2018-04-27 13:30     MSFT    buy        2.5    95.00  0.01  USD       w-3

        3 fills

        """),
    Row(
      words: ["positions"],
      text: """
        ID  SYMBOL  STRATEGY     SIDE  QUANTITY  AVERAGE    COST  CURRENCY   STOP  TARGET  STATUS  SINCE
         2  MSFT    mr-combined  long       2.5    95.00  237.50  USD       37.98       -  open    2018-04-27 13:30

        1 position

        """),
    Row(
      words: ["signals", "--to", "2018-04-26"],
      text: """
        NUMBER  TIME              SYMBOL  STRATEGY     ACTION      VERDICT  STATUS     CODE    CLOSE     SCORE  CONFIDENCE      EV  QUANTITY  ENTRY   STOP  TARGET  FAILED CHECKS
             1  2018-04-20 20:00  AAPL    mr-combined  enter_long  raised   done       filled  41.43  0.569312           -  0.0123        14  41.43  37.98       -  -
             2  2018-04-26 20:00  AAPL    mr-combined  enter_long  refused  rejected   spread  41.43  0.569312           -       -         -      -      -       -  spread
             3  2018-04-26 20:00  MSFT    mr-combined  enter_long  raised   generated  -       41.43  0.569312           -       -         -      -      -       -  -

        3 signals, 2 raised

        """),
    Row(
      words: ["observations"],
      text: """
        ID  TIME              SCANNER        SYMBOL  STATUS  EPISODE  ALERT  LEVEL       CODE  PRICE    SCORE  TEXT
        33  2018-04-26 15:31  pump-momentum  GME     alert         1      1  pump_watch  open  12.75  71.1235  GME +3.1 % in 5 minutes

        1 observation

        """),
    Row(words: ["trades", "--symbols", "ZZZ"], text: "no trades\n"),
    Row(words: ["positions", "--symbols", "AAPL"], text: "no positions; --all lists those that ended too\n"),
  ]

  @Test(arguments: tables) func `are tables for people`(_ row: Row) throws {
    let answer = try RecordsAnswer(row.words, at: RecordsLedger())
    #expect(answer.output == row.text)
    #expect(answer.exit == .ok)
    #expect(answer.errors == "")
  }

  static let objects: [Row] = [
    Row(
      words: ["trades"],
      text: """
        {"schema":1,"trades":[{"account":"paper","currency":"USD","entry_price":"41.442429",
        "entry_time":"2018-04-23T13:30:00Z","exit_detail":"","exit_price":"37.98","exit_reason":"stop",
        "exit_time":"2018-04-25T13:30:05Z","fees":"0.02","id":1,"pnl":"-48.494006","quantity":"14","side":"long",
        "strategy":"mr-combined","symbol":"AAPL"}]}
        """),
    Row(
      words: ["orders", "--limit", "1", "--symbols", "AAPL"],
      text: """
        {"orders":[{"exit_reason":"stop","filled":"14","id":"w-2","limit_price":null,"number":2,"oco_group":null,
        "position":1,"purpose":"stop","quantity":"14","reason":"filled","side":"sell","signal":1,"status":"filled",
        "stop_loss_price":null,"stop_price":"37.98","symbol":"AAPL","take_profit_price":null,
        "time":"2018-04-23T13:30:00Z","time_in_force":"gtc","trailing_distance":null,"type":"stop",
        "updated":"2018-04-25T13:30:05Z"}],"schema":1}
        """),
    Row(
      words: ["fills", "--from", "2018-04-23T13:30:01Z", "--to", "2018-04-25"],
      text: """
        {"fills":[{"currency":"USD","fee":"0.01","id":2,"order":"w-2","price":"37.98","quantity":"14",
        "report_id":"r2","side":"sell","status":"filled","symbol":"AAPL","time":"2018-04-25T13:30:05Z"}],"schema":1}
        """),
    Row(
      words: ["positions", "--all"],
      text: """
        {"positions":[{"average_price":null,"cost":"0","currency":"USD","id":1,"quantity":"0","side":"long",
        "status":"closed","stop":"37.98","strategy":"mr-combined","symbol":"AAPL","target":null,
        "time":"2018-04-25T13:30:05Z"},
        {"average_price":"95","cost":"237.5","currency":"USD","id":2,"quantity":"2.5","side":"long","status":"open",
        "stop":"37.98","strategy":"mr-combined","symbol":"MSFT","target":null,"time":"2018-04-27T13:30:00Z"}],
        "schema":1}
        """),
    Row(
      words: ["signals", "--to", "2018-04-20"],
      text: """
        {"schema":1,"signals":[{"action":"enter_long","bar_time":"2018-04-20T00:00:00Z",
        "checks":[{"limit":38.125,"name":"trend","note":null,"pass":true,"value":41.43},
        {"limit":0.002,"name":"spread","note":"unknown","pass":true,"value":null}],"close":41.43,"code":"filled",
        "confidence":null,"entry":"41.43","exit_reason":null,"expected_value":0.0123,
        "expires_at":"2018-04-23T20:00:00Z","fields":{"n":34},
        "id":"f61048f059cd2a21cecee8dcc1a8fb86e1b301efaa1c1936fbcb02e72d087485",
        "inputs":{"rsi2":3.25,"z20":-2.0000000001},"limit":null,"number":1,"plan":{"limit_entry":"41.18"},
        "quantity":"14","score":0.5693123456789,"status":"done","stop":"37.98","strategy":"mr-combined",
        "symbol":"AAPL","target":null,"text":"oversold","time":"2018-04-20T20:00:00Z","verdict":"raised"}]}
        """),
    Row(
      words: ["observations"],
      text: """
        {"observations":[{"code":"open","episode":1,"fields":{"opened_at":"2018-04-26T15:30:00Z"},
        "flags":{"thin_book":"unknown"},"id":33,"inputs":{"gap":null,"r5":0.031},"level":"pump_watch","number":1,
        "price":12.75,"reported_code":{"taken":"by a column"},"scanner":"pump-momentum","score":71.123456789,
        "status":"alert","symbol":"GME","text":"GME +3.1 % in 5 minutes","time":"2018-04-26T15:31:00Z"}],"schema":1}
        """),
    Row(words: ["signals", "--symbols", "ZZZ"], text: #"{"schema":1,"signals":[]}"#),
  ]

  @Test(arguments: objects) func `are one JSON object with every digit`(_ row: Row) throws {
    let answer = try RecordsAnswer(row.words + ["--json"], at: RecordsLedger())
    #expect(answer.output == oneLine(row.text))
    #expect(try answer.json()["schema"] as? Int == 1)
    #expect(answer.exit == .ok)
    #expect(answer.errors == "")
  }

  /// The numbers of the rows, by filter.
  static let filters: [(words: [String], numbers: [Int])] = [
    ([], [1, 2, 3, 4]), (["--symbols", "MSFT"], [3, 4]), (["--symbol", "MSFT"], [3, 4]),
    (["--symbols", "MSFT,AAPL"], [1, 2, 3, 4]), (["--symbols", "MSFT,AAPL,GME", "--limit", "3"], [2, 3, 4]),
    (["--limit", "2"], [3, 4]), (["--from", "2018-04-26", "--to", "2018-04-26"], [2, 3]),
    (["--from", "2018-04-26T20:00:00Z", "--to", "2018-04-26T20:00:00Z"], [2, 3]),
    (["--from", "2018-04-26T20:00:00.000000001Z"], [4]), (["--to", "2018-04-26T19:59:59.999999999Z"], [1]),
  ]

  @Test(arguments: filters) func `hold the rows that the filters let through`(words: [String], numbers: [Int]) throws {
    let answer = try RecordsAnswer(["signals", "--json"] + words, at: RecordsLedger())
    let rows = try answer.json()["signals"] as? [NSDictionary]
    #expect(rows?.compactMap { $0["number"] as? Int } == numbers)
  }

  @Test func `fit a terminal by cutting only what may be cut`() throws {
    let narrow = TerminalCapabilities(isTerminal: true, columns: 100, showsStyle: false, redraws: false)
    let answer = try RecordsAnswer(["observations"], at: RecordsLedger(), capabilities: narrow)
    let lines = answer.output.split(separator: "\n")
    #expect(lines[1].hasSuffix("…"))
    #expect(lines[1].contains("71.1235"))
  }

  @Test func `show a loss in red`() throws {
    let colourful = TerminalCapabilities(isTerminal: true, columns: 200, showsStyle: true, redraws: false)
    let answer = try RecordsAnswer(["trades"], at: RecordsLedger(), capabilities: colourful)
    #expect(answer.output.contains("\u{1B}[31m-48.494\u{1B}[0m"))
  }
}
