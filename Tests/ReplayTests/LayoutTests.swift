import PluginSDK
import PluginTestKit
import Testing
import TradingTypes

/// A file whose two rows are the same two daily bars, in one of the layouts that are read.
struct Spelling: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var text: String
  var name = "ABC.csv"

  static let daily = [
    Spelling(
      testDescription: "the shared layout",
      text: """
        timestamp,open,high,low,close,volume
        2024-03-07T00:00:00Z,10,12.5,9.75,11,1000
        2024-03-08T00:00:00Z,11,13,10.5,12.25,2000

        """),
    Spelling(
      testDescription: "plain dates, extra columns, another order",
      text: """
        session,ts,volume,close,low,high,open,adj
        regular,2024-03-07,1000,11,9.75,12.5,10,1
        regular,2024-03-08,2000,12.25,10.5,13,11,2

        """),
    Spelling(
      testDescription: "a symbol column",
      text: """
        symbol,timestamp,open,high,low,close,volume
        ABC,2024-03-07,10.0,12.50,9.75,11.0,1000.0
        ABC,2024-03-08,11.0,13.00,10.50,12.25,2000.0

        """, name: "any_name.csv"),
    Spelling(
      testDescription: "yfinance with one header line",
      text: """
        Date,Open,High,Low,Close,Adj Close,Volume
        2024-03-07,10.000000,12.500000,9.750000,11.000000,10.9,1000
        2024-03-08,11.000000,13.000000,10.500000,12.250000,12.1,2000

        """),
    Spelling(
      testDescription: "yfinance with three header lines",
      text: """
        Price,Close,High,Low,Open,Volume
        Ticker,ABC,ABC,ABC,ABC,ABC
        Date,,,,,
        2024-03-07,11,12.5,9.75,10,1000
        2024-03-08,12.25,13,10.5,11,2000

        """),
    Spelling(
      testDescription: "yfinance with tickers first",
      text: """
        Ticker,ABC,ABC,ABC,ABC,ABC,ABC
        Price,Open,High,Low,Close,Adj Close,Volume
        Date,,,,,,
        2024-03-07,10,12.5,9.75,11,5,1000
        2024-03-08,11,13,10.5,12.25,6,2000

        """),
    Spelling(
      testDescription: "midnights of New York",
      text: """
        Date,Open,High,Low,Close,Volume,Dividends,Stock Splits
        2024-03-07 00:00:00-05:00,10,12.5,9.75,11,1000,0.0,0.0
        2024-03-08 00:00:00-05:00,11,13,10.5,12.25,2000,0.0,0.0

        """),
    Spelling(
      testDescription: "midnights without a zone",
      text: """
        Datetime,Open,High,Low,Close,Volume
        2024-03-07 00:00:00,10,12.5,9.75,11,1000
        2024-03-08 00:00:00,11,13,10.5,12.25,2000

        """),
    Spelling(
      testDescription: "a byte order mark, carriage returns, quotes, blanks",
      text: "\u{FEFF}\"Date\",\"Open\",\"High\",\"Low\",\"Close\",\"Volume\"\r\n"
        + "\"2024-03-07\",\"10\",\"12.5\",\"9.75\",\"11\",\"1000\"\r\n\r\n2024-03-08, 11 ,13.0,+10.5,1.225e1,2e3\r\n"),
    Spelling(
      testDescription: "quoted commas in a column that is ignored",
      text: """
        name,timestamp,open,high,low,close,volume
        "A, B and "\"C\"\"\",2024-03-07,10,12.5,9.75,11,1000
        plain,2024-03-08,11,13,10.5,12.25,2000

        """),
  ]
}

@Suite struct `Layouts that are read` {
  @Test(arguments: Spelling.daily)
  func `every spelling of two daily bars gives the same bars and the same fingerprint`(_ spelling: Spelling) throws {
    let reading = try Reading(text: spelling.text, name: spelling.name)
    let plain = try Reading(text: Spelling.daily[0].text)
    #expect(reading.faults == [])
    #expect(reading.failure == nil)
    #expect(
      reading.series == [
        Series(
          symbol: "ABC", barSeconds: 86_400, firstStart: Timestamp(rfc3339: "2024-03-07T00:00:00Z")!,
          lastStart: Timestamp(rfc3339: "2024-03-08T00:00:00Z")!, barCount: 2)
      ])
    #expect(reading.bars.map(\.open) == [10, 11])
    #expect(reading.bars.map(\.high) == [12.5, 13])
    #expect(reading.bars.map(\.low) == [9.75, 10.5])
    #expect(reading.bars.map(\.close) == [11, 12.25])
    #expect(reading.bars.map(\.volume) == [1000, 2000])
    #expect(reading.starts == ["2024-03-07T00:00:00Z", "2024-03-08T00:00:00Z"])
    #expect(reading.bars.map(\.end.description) == ["2024-03-08T00:00:00Z", "2024-03-09T00:00:00Z"])
    #expect(reading.fingerprint == plain.fingerprint)
    #expect(reading.fingerprint.count == 32)
  }

  @Test(
    arguments: [
      ("AAPL.csv", "AAPL"), ("aapl.csv", "AAPL"), ("coinbase_BTCUSD.csv", "BTCUSD"),
      ("BRDBTC_20181113T1700Z_minute.csv", "BRDBTC"), ("brk.b.csv", "BRK.B"), ("spy_us_d.txt", "SPY"),
      ("coinbase_eth-usd_1m.csv", "ETH-USD"), ("X", "X"),
    ])
  func `a file without symbol column is named by its file name`(_ file: String, _ symbol: String) throws {
    let reading = try read(header, "2024-03-07,10,12,9,11,1", name: file)
    #expect(reading.series.map(\.symbol) == [symbol])
  }

  @Test(
    arguments: [
      ("2024-03-08T14:30:00Z", "2024-03-08T14:30:00Z"), ("2024-03-08 14:30:00+00:00", "2024-03-08T14:30:00Z"),
      ("2024-03-08 09:30:00-05:00", "2024-03-08T14:30:00Z"), ("2024-03-08T14:30:00.250Z", "2024-03-08T14:30:00.25Z"),
      ("2024-02-29", "2024-02-29T00:00:00Z"), ("1969-12-31T23:59:00Z", "1969-12-31T23:59:00Z"),
      ("2024-03-08T14:30:00+05:30", "2024-03-08T09:00:00Z"),
    ])
  func `a time is an instant in UTC or a date`(_ text: String, _ expected: String) throws {
    #expect(try read(header, "\(text),10,12,9,11,1").starts == [expected])
  }

  @Test(
    arguments: [
      "2024-02-30", "2024-13-01", "2024-3-8", "08/03/2024", "yesterday", "2024-03-08T24:00:00Z",
      "2024-03-08T14:60:00Z", "2024-03-08T14:30:00+5", "20240308", "1709908200",
    ])
  func `a time that cannot be read is a fault of its row`(_ text: String) throws {
    let reading = try read(header, "\(text),10,12,9,11,1", "2024-03-11,10,12,9,11,1")
    #expect(reading.codes == ["bad_time:2"])
    #expect(reading.bars.count == 1)
  }

  @Test(arguments: ["2024-03-08 14:30:00", "2024-03-08T14:30:00", "2024-03-08 14:30:00 EST", "2024-03-08 14:30:00 UTC"])
  func `a clock time whose zone is unknown refuses the file`(_ text: String) throws {
    let reading = try read(header, "2024-03-07T00:00:00Z,10,12,9,11,1", "\(text),10,12,9,11,1")
    #expect(reading.failure?.status == .invalid)
    #expect(reading.codes == ["unknown_zone:3"])
    #expect(reading.faults.first?.isSkipped == false)
  }

  @Test func `naive_times utc takes clock times without a zone`() throws {
    let text = "\(header)\n2024-03-08 14:30:00,10,12,9,11,1\n2024-03-08 14:31:00,10,12,9,11,1\n"
    let reading = try Reading(text: text, naiveTimes: "utc")
    #expect(reading.starts == ["2024-03-08T14:30:00Z", "2024-03-08T14:31:00Z"])
    #expect(reading.series.first?.barSeconds == 60)
  }

  @Test(
    arguments: [
      "open,high,low,close,volume\n1,2,1,2,3\n", "timestamp,open,high,low,close\n2024-03-07,1,2,1,2\n", "", "\n\n",
      "timestamp,open,open,high,low,close,volume\n2024-03-07,1,1,2,1,2,3\n", "\u{0}\u{1}\u{2}",
      "timestamp;open;high;low;close;volume\n2024-03-07;1;2;1;2;3\n",
      "Price,Close,Close\nTicker,A,B\nDate,,\n2024-03-07,1,2\n", "Price,Close\n",
      String(repeating: "x", count: 400_000),
    ])
  func `a named file of another layout refuses the source`(_ text: String) throws {
    let reading = try Reading(text: text)
    #expect(reading.codes == ["other_layout:0"])
    #expect(reading.failure?.status == .invalid)
  }
}
