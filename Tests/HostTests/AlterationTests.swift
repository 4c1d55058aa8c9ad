import Runtime
import Testing
import TradingCore
import TradingTypes

@testable import HostCommands

@Suite struct `The altered future` {
  /// Bars of one instrument an hour long and of one a minute long, around the clock.
  static func timeline() throws -> Timeline {
    func instrument(_ id: UInt32, _ seconds: Int32) -> Instrument {
      Instrument(
        id: InstrumentID(id), symbol: "S\(id)", currency: .usd, market: .crypto, exchange: "", tick: nil,
        step: Quantity(nanos: 1), barSeconds: seconds)
    }
    var bars: [Bar] = []
    for minute in 0..<180 {
      let start = Timestamp(nanoseconds: Int64(minute) * 60_000_000_000)
      let price = 100 + Double(minute % 7)
      func bar(_ id: UInt32) -> Bar {
        Bar(
          start: start, end: start, open: price, high: price + 2, low: price - 2, close: price + 1, volume: 10,
          instrument: InstrumentID(id))
      }
      if minute % 60 == 0 { bars.append(bar(0)) }
      bars.append(bar(1))
    }
    return try Timeline(
      Memory(bars), instruments: [instrument(0, 3600), instrument(1, 60)], calendars: [:], endBefore: .distantFuture)
  }

  /// Bars in memory, a few at a time.
  final class Memory: BarSource {
    private var rest: ArraySlice<Bar>
    init(_ bars: [Bar]) { rest = bars[...] }
    func read(into buffer: UnsafeMutableBufferPointer<Bar>) -> Int {
      let part = rest.prefix(min(buffer.count, 5))
      for (index, bar) in part.enumerated() { buffer[index] = bar }
      rest = rest.dropFirst(part.count)
      return part.count
    }
  }

  static func all(_ source: any BarSource) throws -> [Bar] {
    var bars: [Bar] = []
    let buffer = UnsafeMutableBufferPointer<Bar>.allocate(capacity: 16)
    defer { buffer.deallocate() }
    while true {
      let count = try source.read(into: buffer)
      if count == 0 { return bars }
      bars += buffer[..<count]
    }
  }

  /// Half past one in a timeline that begins at midnight.
  static let at = Timestamp(nanoseconds: 90 * 60_000_000_000)

  @Test func `holds every bar in the order of its source and every instant once`() throws {
    let timeline = try Self.timeline()
    let bars = try Self.all(timeline.source)
    #expect(bars.count == 183)
    #expect(bars == bars.sorted { ($0.start, $0.instrument) < ($1.start, $1.instrument) })
    #expect(timeline.instants.count == 180)
    #expect(timeline.opens.count == 183)
  }

  @Test(arguments: [Alteration.Kind.cut, .poisoned]) func `leaves what was known by then as it is`(
    _ kind: Alteration.Kind
  ) throws {
    let timeline = try Self.timeline()
    let altered = try Self.all(timeline.source(Alteration(kind: kind, at: Self.at, seed: 3)))
    let known = timeline.bars.filter { $0.end <= Self.at }
    #expect(altered.filter { $0.end <= Self.at } == Array(known))
    #expect(known.count == 91)
    let open = try #require(altered.first { $0.instrument == InstrumentID(0) && $0.end > Self.at })
    #expect(open.start == Timestamp(nanoseconds: 3_600_000_000_000))
    let was = try #require(timeline.bars.first { $0.start == open.start && $0.instrument == open.instrument })
    #expect(open.open == was.open)
    #expect(open.high != was.high)
    #expect(open.close != was.close)
    #expect(open.isPlausible)
  }

  @Test func `is empty where it is cut`() throws {
    let timeline = try Self.timeline()
    let cut = try Self.all(timeline.source(Alteration(kind: .cut, at: Self.at, seed: 3)))
    // What opens at this very instant is known to open; of it and of the hour that runs nothing but the open is left.
    let rest = cut.filter { $0.end > Self.at }
    #expect(rest.count == 2)
    #expect(rest.allSatisfy { $0.high == $0.open && $0.low == $0.open && $0.close == $0.open && $0.volume == 0 })
  }

  @Test func `is possible but wrong where it is poisoned, and depends on the seed alone`() throws {
    let timeline = try Self.timeline()
    func poisoned(_ seed: UInt64) throws -> [Bar] {
      try Self.all(timeline.source(Alteration(kind: .poisoned, at: Self.at, seed: seed)))
    }
    let bars = try poisoned(3)
    #expect(bars.count == timeline.bars.count)
    for (bar, was) in zip(bars, timeline.bars) where was.end > Self.at {
      #expect(bar.isPlausible, "\(bar)")
      #expect(bar.start == was.start && bar.instrument == was.instrument)
      #expect(bar.close != was.close && bar.volume != was.volume)
    }
    #expect(try poisoned(3) == bars)
    #expect(try poisoned(4) != bars)
  }
}

@Suite struct `Chosen instants` {
  static let instants = ContiguousArray((0..<1000).map { Timestamp(nanoseconds: Int64($0) * 1000) })

  static func chosen(_ count: Int, raised: [Int] = [], late: [Int] = [], seed: UInt64 = 1) -> [Int] {
    func times(_ places: [Int]) -> [Timestamp] { places.map { instants[$0] } }
    return CutInstants(instants: instants, seed: seed).chosen(count, raised: times(raised), late: times(late)).map {
      Int($0.nanoseconds / 1000)
    }
  }

  @Test(arguments: [1, 2, 3, 20, 500, 998, 999, 1000, 5000]) func `are as many as asked for, each once, in order`(
    _ count: Int
  ) {
    let chosen = Self.chosen(count, raised: [0, 5, 300, 999], late: [400])
    #expect(chosen.count == min(count, 999))
    #expect(chosen == Set(chosen).sorted())
    #expect(!chosen.contains(999), "the last instant has no future")
  }

  @Test func `hold signals, the instants before them, and what answers came late for`() {
    let chosen = Set(Self.chosen(20, raised: [100, 700], late: [400]))
    #expect(chosen.isSuperset(of: [99, 100, 699, 700, 400]))
  }

  @Test func `are spread over the data`() {
    let chosen = Self.chosen(20)
    #expect(chosen[0] < 50 && chosen[19] >= 949)
    for (a, b) in zip(chosen, chosen.dropFirst()) { #expect(b - a <= 100) }
    #expect(Self.chosen(20, seed: 2) != chosen)
  }

  @Test func `are the only one there is in data of one instant`() {
    let one = CutInstants(instants: [Timestamp(nanoseconds: 7)], seed: 1)
    #expect(one.chosen(20, raised: [], late: []) == [Timestamp(nanoseconds: 7)])
    #expect(CutInstants(instants: [], seed: 1).chosen(20, raised: [], late: []).isEmpty)
  }
}
