import Foundation
import MarketCalendar
import Testing
import TradingTypes

struct Exchange: Sendable, CustomTestStringConvertible {
  var code: String
  var sessions: Int
  var earlyCloses: Int
  /// FNV-1a of the CSV file that the table was made from (printed by Tables/generate.py).
  var digest: UInt64
  var testDescription: String { code }

  static let all = [
    Exchange(code: "XNYS", sessions: 4526, earlyCloses: 37, digest: 0xe68d_6f1c_5c4c_7170),
    Exchange(code: "XLON", sessions: 4547, earlyCloses: 36, digest: 0x6254_3898_8318_5084),
    Exchange(code: "XETR", sessions: 4572, earlyCloses: 18, digest: 0xf1e8_2c51_12de_99e8),
    Exchange(code: "XAMS", sessions: 4611, earlyCloses: 26, digest: 0xb635_83e5_55f0_e132),
  ]

  /// The sessions in the form of the source's CSV.
  func lines() throws -> [String] {
    let calendar = try #require(SessionCalendar.exchange(code))
    return ["date,open_utc,close_utc,early_close"]
      + calendar.indices.compactMap(calendar.session(at:)).map {
        "\($0.date),\($0.open),\($0.close),\($0.isEarlyClose ? "yes" : "no")"
      }
  }
}

@Suite struct `Exchange tables` {
  @Test(arguments: Exchange.all) func `hold the stated number of sessions and early closes`(_ exchange: Exchange) throws
  {
    let calendar = try #require(SessionCalendar.exchange(exchange.code))
    let sessions = calendar.indices.compactMap(calendar.session(at:))
    #expect(sessions.count == exchange.sessions)
    #expect(sessions.filter(\.isEarlyClose).count == exchange.earlyCloses)
    #expect(sessions.allSatisfy { !$0.isFromData })
    #expect(calendar.knownDates == date("2010-01-01")...date("2027-12-31"))
    #expect(calendar.name == exchange.code)
  }

  @Test(arguments: Exchange.all) func `give the source's file byte for byte`(_ exchange: Exchange) throws {
    var digest: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in try exchange.lines().map({ $0 + "\n" }).joined().utf8 {
      digest = (digest ^ UInt64(byte)) &* 0x100_0000_01b3
    }
    #expect(digest == exchange.digest)
  }

  @Test(.enabled(if: sharedData != nil, "needs the shared data: set WHARF_SHARED"), arguments: Exchange.all)
  func `equal every line of the session list`(_ exchange: Exchange) throws {
    let file = try #require(sharedData).appending(path: "calendars/\(exchange.code)_sessions.csv")
    let expected = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
    let found = try exchange.lines()
    #expect(found.count == expected.count)
    for (found, expected) in zip(found, expected) where found != expected { #expect(found == expected) }
  }

  @Test(.enabled(if: sharedData != nil, "needs the shared data: set WHARF_SHARED"), arguments: Exchange.all)
  func `have no session on any listed closure`(_ exchange: Exchange) throws {
    let calendar = try #require(SessionCalendar.exchange(exchange.code))
    let file = try #require(sharedData).appending(path: "calendars/\(exchange.code)_weekday_closures.csv")
    let rows = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst()
    #expect(!rows.isEmpty)
    for row in rows { #expect(calendar.session(on: date(String(row.prefix(10)))) == nil, "\(row)") }
  }

  @Test func `know an exchange only by its exact code`() {
    #expect(SessionCalendar.exchangeCodes == Exchange.all.map(\.code))
    for code in ["", "xnys", "XNAS", "24/7"] { #expect(SessionCalendar.exchange(code) == nil) }
  }

  @Test(arguments: [("XNYS", 390), ("XLON", 510), ("XETR", 510), ("XAMS", 510)])
  func `state the minutes of a full session`(_ code: String, _ minutes: Int) throws {
    let calendar = try #require(SessionCalendar.exchange(code))
    #expect(calendar.regularMinutes == minutes)
    let full = calendar.indices.compactMap(calendar.session(at:)).filter { !$0.isEarlyClose }
    #expect(full.allSatisfy { $0.minutes == minutes })
  }
}
