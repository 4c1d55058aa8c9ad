import MarketCalendar
import Runtime
import Testing
import TradingTypes

@Suite struct `The market feed` {
  /// Hands out bars in small pieces, so that every boundary is crossed.
  final class Pieces: BarSource {
    private var bars: ArraySlice<Bar>
    init(_ bars: [Bar]) { self.bars = bars[...] }

    func read(into buffer: UnsafeMutableBufferPointer<Bar>) throws -> Int {
      let piece = bars.prefix(2)
      for (index, bar) in piece.enumerated() { buffer[index] = bar }
      bars.removeFirst(piece.count)
      return piece.count
    }
  }

  static func bar(_ start: String, _ instrument: UInt32, open: Double = 10) -> Bar {
    let start = Timestamp(rfc3339: start)!
    return Bar(
      start: start, end: start, open: open, high: open + 1, low: open - 1, close: open, volume: 1,
      instrument: InstrumentID(instrument))
  }

  static func instrument(_ id: UInt32, _ market: Market, seconds: Int32) -> Instrument {
    Instrument(
      id: InstrumentID(id), symbol: "S\(id)", currency: .usd, market: market,
      exchange: market == .equity ? "XNYS" : "", tick: nil, step: Quantity("1")!, barSeconds: seconds)
  }

  static func instants(
    _ bars: [Bar], _ instruments: [Instrument], endBefore: Timestamp = .distantFuture
  ) throws -> (lines: [String], skipped: [FeedSkip: Int]) {
    var feed = MarketFeed(
      Pieces(bars), instruments: instruments, calendars: ["XNYS": .xnys], endBefore: endBefore)
    defer { feed.close() }
    var lines: [String] = []
    var bars = UnsafeBufferPointer<Bar>(start: nil, count: 0)
    while let instant = try feed.next(&bars) {
      let names = bars.map { bar in
        instant.isOpen
          ? "open \(bar.instrument.index)\(bar.flags.contains(.sessionFirst) ? " first" : "")"
          : "bar \(bar.instrument.index)\(bar.flags.contains(.sessionLast) ? " last" : "")"
      }
      lines.append("\(instant.time) \(names.joined(separator: ", "))")
    }
    return (lines, feed.skipped)
  }

  @Test func `a daily bar opens and ends with its session, half days included`() throws {
    let bars = [Self.bar("2018-07-02T00:00:00Z", 0), Self.bar("2018-07-03T00:00:00Z", 0)]
    let (lines, _) = try Self.instants(bars, [Self.instrument(0, .equity, seconds: 86_400)])
    #expect(
      lines == [
        "2018-07-02T13:30:00Z open 0 first", "2018-07-02T20:00:00Z bar 0 last", "2018-07-03T13:30:00Z open 0 first",
        "2018-07-03T17:00:00Z bar 0 last",
      ])
  }

  @Test func `bars that end come before opens at the same time, and symbols keep their order`() throws {
    let bars = [
      Self.bar("2020-01-01T00:00:00Z", 0), Self.bar("2020-01-01T00:00:00Z", 1), Self.bar("2020-01-01T00:01:00Z", 0),
    ]
    let instruments = (0..<2).map { Self.instrument($0, .unfiltered, seconds: 60) }
    let (lines, _) = try Self.instants(bars, instruments)
    #expect(
      lines == [
        "2020-01-01T00:00:00Z open 0, open 1", "2020-01-01T00:01:00Z bar 0, bar 1", "2020-01-01T00:01:00Z open 0",
        "2020-01-01T00:02:00Z bar 0",
      ])
  }

  @Test func `daily and minute bars of one market interleave in time`() throws {
    let bars = [
      Self.bar("2018-07-02T00:00:00Z", 0), Self.bar("2018-07-02T13:30:00Z", 1), Self.bar("2018-07-02T19:59:00Z", 1),
      Self.bar("2018-07-02T20:00:00Z", 1),
    ]
    let instruments = [
      Self.instrument(0, .equity, seconds: 86_400), Self.instrument(1, .equity, seconds: 60),
    ]
    let (lines, skipped) = try Self.instants(bars, instruments)
    #expect(
      lines == [
        "2018-07-02T13:30:00Z open 0 first, open 1 first", "2018-07-02T13:31:00Z bar 1",
        "2018-07-02T19:59:00Z open 1", "2018-07-02T20:00:00Z bar 0 last, bar 1 last",
      ])
    #expect(skipped == [.outsideSession: 1])
  }

  @Test func `around the clock a session is the UTC day`() throws {
    let bars = [Self.bar("2020-01-01T23:59:00Z", 0), Self.bar("2020-01-02T00:00:00Z", 0)]
    let (lines, _) = try Self.instants(bars, [Self.instrument(0, .crypto, seconds: 60)])
    #expect(
      lines == [
        "2020-01-01T23:59:00Z open 0", "2020-01-02T00:00:00Z bar 0 last", "2020-01-02T00:00:00Z open 0 first",
        "2020-01-02T00:01:00Z bar 0",
      ])
  }

  @Test func `what is no session and what lies behind the end is counted`() throws {
    let bars = [
      Self.bar("2018-07-03T00:00:00Z", 0), Self.bar("2018-07-04T00:00:00Z", 0), Self.bar("2018-07-05T00:00:00Z", 0),
    ]
    let (lines, skipped) = try Self.instants(
      bars, [Self.instrument(0, .equity, seconds: 86_400)], endBefore: Timestamp(rfc3339: "2018-07-05T00:00:00Z")!)
    #expect(lines.count == 2)
    #expect(skipped == [.noSession: 1, .afterEnd: 1])
  }

  @Test(arguments: [0, 1, 2, 4999, 5000]) func `all that lies behind the end is counted, however much it is`(
    _ used: Int
  ) throws {
    let first = Timestamp(rfc3339: "2020-01-01T00:00:00Z")!
    let bars = (0..<5000).map { place in
      Bar(
        start: first.adding(seconds: Int64(place) * 60), end: .distantPast, open: 1, high: 1, low: 1, close: 1,
        volume: 1, instrument: InstrumentID(0))
    }
    let (lines, skipped) = try Self.instants(
      bars, [Self.instrument(0, .crypto, seconds: 60)], endBefore: first.adding(seconds: Int64(used) * 60))
    #expect(lines.count == 2 * used)
    #expect(skipped == (used == 5000 ? [:] : [.afterEnd: 5000 - used]))
  }
}
