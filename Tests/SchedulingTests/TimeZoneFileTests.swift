import Foundation
import MarketCalendar
import Scheduling
import Testing
import TradingTypes

/// A compiled zone file, written by the letter of RFC 8536.
struct ZoneFile {
  var version: Character? = "2"
  var changes: [(at: Int64, kind: UInt8)] = []
  var offsets: [Int32] = [0]
  var footer = ""
  var leaps = 0

  var bytes: [UInt8] {
    guard let version else { return block(mark: 0, timeSize: 4) }
    let narrow = ZoneFile(version: nil, offsets: [0]).block(mark: version.asciiValue ?? 0, timeSize: 4)
    return narrow + block(mark: version.asciiValue ?? 0, timeSize: 8) + Array("\n\(footer)\n".utf8)
  }

  private func block(mark: UInt8, timeSize: Int) -> [UInt8] {
    var bytes = Array("TZif".utf8) + [mark] + [UInt8](repeating: 0, count: 15)
    for count in [0, 0, leaps, changes.count, offsets.count, 4] { bytes += big(Int64(count), 4) }
    for change in changes { bytes += big(change.at, timeSize) }
    bytes += changes.map(\.kind)
    for offset in offsets { bytes += big(Int64(offset), 4) + [0, 0] }
    bytes += Array("XXX\0".utf8)
    for _ in 0..<leaps { bytes += [UInt8](repeating: 0, count: timeSize + 4) }
    return bytes
  }

  private func big(_ value: Int64, _ size: Int) -> [UInt8] {
    (0..<size).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * Int64($0))) }
  }

  /// Berlin from 1996 on, with one listed year.
  static let berlin = ZoneFile(
    changes: [(828_234_000, 1), (846_378_000, 0)], offsets: [3600, 7200], footer: "CET-1CEST,M3.5.0,M10.5.0/3")
}

@Suite struct `Zone files` {
  @Test func `give listed changes and then the footer's rule`() throws {
    let zone = try TimeZoneFile.parse(ZoneFile.berlin.bytes, name: "Test/Berlin")
    #expect(zone.name == "Test/Berlin")
    #expect(zone.offset(at: instant("1990-07-01T00:00:00Z")) == 3600)
    for at in [
      "1996-03-31T00:59:59Z", "1996-03-31T01:00:00Z", "1996-10-27T01:00:00Z", "2018-07-01T00:00:00Z",
      "2018-12-01T00:00:00Z", "2100-07-01T00:00:00Z",
    ] {
      #expect(zone.offset(at: instant(at)) == TimeZoneRules.berlin.offset(at: instant(at)), "\(at)")
    }
    #expect(zone.resolve(date("2018-03-25"), time("02:30")) == .gap(resumesAt: instant("2018-03-25T01:00:00Z")))
  }

  @Test func `of version 1 end with their last change`() throws {
    let file = ZoneFile(version: nil, changes: [(828_234_000, 1)], offsets: [3600, 7200])
    let zone = try TimeZoneFile.parse(file.bytes, name: "Old")
    #expect(zone.offset(at: instant("1996-03-31T00:59:59Z")) == 3600)
    #expect(zone.offset(at: instant("2050-12-01T00:00:00Z")) == 7200)
  }

  @Test(arguments: [
    ("JST-9", "2018-07-01T00:00:00Z", 0),
    // A footer with summer time but no listed change rules all time.
    ("EST5EDT,M3.2.0,M11.1.0", "2018-07-01T00:00:00Z", -14_400),
    ("EST5EDT,M3.2.0,M11.1.0", "1900-12-01T00:00:00Z", -18_000),
    ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2018-01-01T00:00:00Z", 39_600),
    ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2018-07-01T00:00:00Z", 37_800),
    // Dublin's winter time is the negative one.
    ("IST-1GMT0,M10.5.0,M3.5.0/1", "2018-07-01T00:00:00Z", 3600),
    ("IST-1GMT0,M10.5.0,M3.5.0/1", "2018-01-01T00:00:00Z", 0),
    ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2018-03-25T00:59:59Z", -7200),
    ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2018-03-25T01:00:00Z", -3600),
    ("EET-2EEST,M3.4.4/50,M10.4.4/50", "2018-03-23T23:59:59Z", 7200),
    ("EET-2EEST,M3.4.4/50,M10.4.4/50", "2018-03-24T00:00:00Z", 10_800),
    ("AAA0BBB,J60/0,J300/0", "2020-02-29T12:00:00Z", 0), ("AAA0BBB,J60/0,J300/0", "2020-03-01T00:00:00Z", 3600),
    ("AAA0BBB,59/0,299/0", "2020-02-29T00:00:00Z", 3600), ("AAA0BBB,59/0,299/0", "2019-02-28T23:59:59Z", 0),
  ])
  func `follow the footer`(_ footer: String, _ at: String, _ offset: Int) throws {
    let zone = try TimeZoneFile.parse(ZoneFile(footer: footer).bytes, name: "Test")
    #expect(zone.offset(at: instant(at)) == offset)
  }

  @Test(arguments: [
    "E5", "EST", "EST25", "EST5EDT", "EST5EDT,M3.2.0", "EST5EDT,M13.1.0,M11.1.0", "EST5EDT,M3.0.0,M11.1.0",
    "EST5EDT,M3.2.7,M11.1.0", "EST5EDT,M3.2.0,M11.1.0,", "EST5EDT,J0,J300", "EST5EDT,J366,J300", "EST5EDT,366,300",
    "EST5EDT,M3.2.0/168,M11.1.0", "<EST5", "EST5:60", "EST5:00:60", "EST5 ", "-5",
  ])
  func `with a footer that is no rule are refused`(_ footer: String) {
    let error = #expect(throws: TimeZoneError.self) {
      try TimeZoneFile.parse(ZoneFile(footer: footer).bytes, name: "Bad")
    }
    #expect(error?.reason == .damaged(detail: "its footer is no POSIX rule"))
  }

  @Test func `cut off anywhere are refused`() {
    let whole = ZoneFile.berlin.bytes
    for count in 0..<whole.count {
      #expect(throws: TimeZoneError.self, "\(count) bytes") {
        try TimeZoneFile.parse(Array(whole[..<count]), name: "Cut")
      }
    }
  }

  @Test func `with any changed byte never crash the reader`() {
    var generator = SeededGenerator(state: 5)
    var refused = 0
    for _ in 0..<4000 {
      var bytes = ZoneFile.berlin.bytes
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        bytes[.random(in: bytes.indices, using: &generator)] = .random(in: 0...255, using: &generator)
      }
      do {
        let zone = try TimeZoneFile.parse(bytes, name: "Noise")
        _ = zone.resolve(date("2018-03-25"), time("02:30"))
      } catch { refused += 1 }
    }
    #expect(refused > 400)
  }

  @Test func `are refused with the fault named`() {
    func detail(_ file: ZoneFile) -> String? {
      do {
        _ = try TimeZoneFile.parse(file.bytes, name: "Bad/Zone")
        return nil
      } catch { return error.description }
    }
    let remedy = "; install tzdata again (apt-get install --reinstall tzdata)"
    let start = "cannot use time zone 'Bad/Zone': "
    #expect(detail(ZoneFile(leaps: 1)) == start + "it counts leap seconds, which instants here do not" + remedy)
    #expect(detail(ZoneFile(offsets: [])) == start + "it lists no local time type" + remedy)
    #expect(detail(ZoneFile(changes: [(5, 1)])) == start + "a change names type 1 of 1" + remedy)
    #expect(detail(ZoneFile(offsets: [100_000])) == start + "it states an offset of 100000 seconds" + remedy)
    #expect(detail(ZoneFile(changes: [(5, 0), (5, 0)])) == start + "its changes are not in ascending order" + remedy)
  }
}

@Suite struct `The zone database` {
  @Test(arguments: [
    "", "/etc/passwd", "../../etc/passwd", "Europe//Berlin", "Europe/", "a b", "Europe/Berlin\0x", "Zürich",
  ])
  func `refuses names that are no zone names`(_ name: String) {
    let error = #expect(throws: TimeZoneError.self) { try TimeZoneDatabase().zone(named: name) }
    #expect(error?.reason == .malformedName)
  }

  @Test func `says what to do about an unknown zone`() {
    let database = TimeZoneDatabase(folder: "/nonexistent")
    let error = #expect(throws: TimeZoneError.self) { try database.zone(named: "Asia/Tokyo") }
    #expect(
      error?.description
        == "unknown time zone 'Asia/Tokyo': no such file in /nonexistent; correct the name or install tzdata "
        + "(apt-get install tzdata)")
  }

  @Test func `needs no file for the committed zones`() throws {
    let database = TimeZoneDatabase(folder: "/nonexistent")
    for name in ["America/New_York", "Europe/London", "Europe/Berlin", "Europe/Amsterdam", "UTC"] {
      #expect(try database.zone(named: name).name == name)
    }
  }

  @Test func `reads a file of its folder and refuses a folder`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "zones-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder.appending(path: "Test"), withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(ZoneFile.berlin.bytes).write(to: folder.appending(path: "Test/Berlin"))
    try Data(repeating: 0, count: 1 << 20 + 1).write(to: folder.appending(path: "Test/Huge"))
    let database = TimeZoneDatabase(folder: folder.path)
    #expect(try database.zone(named: "Test/Berlin").offset(at: instant("2018-07-01T00:00:00Z")) == 7200)
    let notAFile = #expect(throws: TimeZoneError.self) { try database.zone(named: "Test") }
    #expect(notAFile?.reason == .unknownZone(folder: folder.path))
    #expect(throws: TimeZoneError.self) { try database.zone(named: "Test/Huge") }
  }

  @Test(
    .enabled(if: hasTimeZoneDatabase, "needs tzdata"),
    arguments: [
      (TimeZoneRules.newYork, 1967), (.london, 1981), (.berlin, 1981), (.amsterdam, 1981), (.utc, 1900),
    ])
  func `agrees with the committed zones on every change`(_ committed: TimeZoneRules, _ firstYear: Int) throws {
    let installed = try TimeZoneFile.parse(TimeZoneDatabase().bytes(of: committed.name), name: committed.name)
    let first = instant("\(firstYear)-01-01T06:00:00Z")
    let found = changes(of: installed, from: first)
    #expect(found == changes(of: committed, from: first))
    if committed != .utc { #expect(found.count == 2 * (2061 - firstYear)) }
  }

  /// Every change up to 2061, found by looking each week and halving.
  private func changes(of zone: TimeZoneRules, from first: Timestamp) -> [Timestamp: Int] {
    var changes: [Timestamp: Int] = [:]
    var low = first
    while low < instant("2061-01-01T00:00:00Z") {
      var high = low.adding(seconds: 7 * 86_400)
      let next = high
      let offset = zone.offset(at: next)
      if zone.offset(at: low) != offset {
        while high.seconds - low.seconds > 1 {
          let middle = Timestamp(nanoseconds: 0).adding(seconds: (low.seconds + high.seconds) / 2)
          if zone.offset(at: middle) == offset { high = middle } else { low = middle }
        }
        changes[high] = offset
      }
      low = next
    }
    return changes
  }

  @Test(
    .enabled(if: hasTimeZoneDatabase, "needs tzdata"),
    arguments: [
      ("Asia/Tokyo", "2018-07-01T00:00:00Z", 32_400), ("Asia/Kolkata", "2018-07-01T00:00:00Z", 19_800),
      ("Australia/Lord_Howe", "2018-01-01T00:00:00Z", 39_600),
      ("America/Argentina/Buenos_Aires", "2018-01-01T00:00:00Z", -10_800),
      ("Etc/GMT+5", "2018-01-01T00:00:00Z", -18_000), ("Pacific/Apia", "2011-12-30T09:59:59Z", -36_000),
      ("Pacific/Apia", "2011-12-30T10:00:00Z", 50_400),
    ])
  func `knows other zones of an installed tzdata`(_ name: String, _ at: String, _ offset: Int) throws {
    #expect(try TimeZoneDatabase().zone(named: name).offset(at: instant(at)) == offset)
  }
}
