import Foundation
import PluginSDK
import Testing
import TradingTypes

/// Whether a number, rounded to the digits of a text, is that text.
private func prints(_ value: Double?, _ text: String) -> Bool {
  guard let value else { return false }
  let decimals = text.split(separator: ".", omittingEmptySubsequences: false).dropFirst().first?.count ?? 0
  return String(format: "%.\(decimals)f", value) == text
}

/// The worked examples of the specification, digit by digit.
@Suite(.needsSharedData) struct `Worked examples` {
  private static let digitsOfBRD: [(String, String)] = [
    ("r15", "0.0974900"), ("v15", "502415"), ("median15", "5571.25"), ("ewma15", "2861.04"), ("rvol15", "90.1799"),
    ("zv15", "3.79626"), ("mean15", "8.36104"), ("sd15", "1.25549"), ("n", "11"), ("atr_pct", "0.0638426"),
    ("m15", "14.9618"), ("hod", "0.953283"), ("vw", "0.0508113"), ("fade", "0"),
  ]
  private static let digitsOfGME: [(String, String)] = [
    ("r15", "0.0802692"), ("r60", "0.0802692"), ("v15", "5007809"), ("median15", "408203"), ("rvol15", "12.2679"),
    ("zv15", "4.20461"), ("n", "6"), ("atr_pct", "0.122160"), ("m15", "3.35048"), ("hod", "0.927521"),
    ("vw", "0.0564945"), ("fade", "0"),
  ]

  @Test func `BRDBTC is alerted in the minute its pump was announced for`() throws {
    let bars = try SharedData.bars(SharedData.pumpFolder + SharedData.pumps[0].file)
    let transcript = Transcript(try run(bars, [.coin()], session: SessionStart(explain: true)))
    #expect(transcript.episodes.count == 3)
    #expect(transcript.alerts.count == 6)
    let episode = try #require(transcript.episodes.first)
    let alert = try #require(episode.alerts.first)
    #expect(alert.time == "2018-11-13T17:01:00Z")
    #expect(alert.line == "17:01 pump_signal open")
    #expect(alert.observation.price == 0.00006034)
    #expect(prints(alert.observation.score, "91.953"))
    for (name, digits) in Self.digitsOfBRD {
      #expect(prints(alert.number(name), digits), "\(name): \(alert.number(name) ?? .nan), printed \(digits)")
    }
    #expect(episode.alerts.map(\.line) == ["17:01 pump_signal open", "17:13 pump_fading below_vwap"])
    #expect(episode.closeReason == "fading")
    #expect(prints((alert.label?.number("r_60m")).map { $0 * 100 }, "-4.84"))
    #expect(transcript.counts == ["insufficient_baseline": 6605, "evaluated": 4051 - 6])
  }

  @Test func `GME is alerted from five sessions on`() throws {
    let bars = try SharedData.bars(SharedData.gme)
    let options = ["baseline_min": "5", "days_min": "5"]
    let transcript = Transcript(try run(bars, [.share()], options: options))
    #expect(transcript.episodes.count == 8)
    #expect(transcript.alerts.count == 19)
    let episode = try #require(transcript.episodes.first { $0.openedAt == Timestamp("2022-03-23T13:37:00Z") })
    #expect(
      episode.alerts.map(\.line) == [
        "13:37 pump_watch open", "13:44 pump_signal higher_level", "13:50 pump_fading fade",
      ])
    let alert = episode.alerts[1]
    #expect(alert.observation.price == 140.434998)
    #expect(prints(alert.observation.score, "74.599"))
    for (name, digits) in Self.digitsOfGME {
      #expect(prints(alert.number(name), digits), "\(name): \(alert.number(name) ?? .nan), printed \(digits)")
    }
    #expect(transcript.episodes.map(\.closeReason) == Array(repeating: "fading", count: 7) + ["session_end"])
    #expect(transcript.episodes.last?.closedAt == Timestamp("2022-03-28T20:00:00Z"))
  }

  @Test func `GME is not alerted with the default of ten sessions`() throws {
    let bars = try SharedData.bars(SharedData.gme)
    let transcript = Transcript(try run(bars, [.share()], session: SessionStart(explain: true)))
    #expect(transcript.episodes.isEmpty)
    // 8,536 regular minutes; those of the pre and post market are not looked at.
    #expect(transcript.counts == ["insufficient_baseline": 3893, "evaluated": 4643])
  }
}

/// What the specification admits about the four announced pumps.
@Suite(.needsSharedData) struct `Honest limits` {
  private static let transcripts = Result {
    try SharedData.pumps.map { pump in
      Transcript(try run(SharedData.bars(SharedData.pumpFolder + pump.file), [.coin(pump.symbol)]))
    }
  }

  @Test func `each announced pump is alerted, three within a minute and one after twelve`() throws {
    let minutes = try zip(SharedData.pumps, Self.transcripts.get()).map { pump, transcript in
      let announced = Timestamp(pump.announced)
      let first = try #require(transcript.rising.first { $0.observation.time > announced })
      return (first.observation.time.seconds - announced.seconds) / 60
    }
    #expect(minutes == [1, 1, 1, 12])
  }

  @Test func `two of twelve alerts continued, and the median lost 3,7 percent`() throws {
    let labels = try Self.transcripts.get().flatMap(\.rising).map { try #require($0.label) }
    #expect(labels.count == 12)
    #expect(labels.count { $0.flag("continued") == .raised } == 2)
    let returns = try labels.map { try #require($0.number("r_60m")) }.sorted()
    #expect(prints((returns[5] + returns[6]) / 2 * 100, "-3.7"))
  }

  @Test func `six of ten episodes belong to no announced pump`() throws {
    var (all, announced) = (0, 0)
    for (pump, transcript) in zip(SharedData.pumps, try Self.transcripts.get()) {
      let time = Timestamp(pump.announced)
      all += transcript.episodes.count
      announced += transcript.episodes.count { time < $0.openedAt && $0.openedAt <= time.adding(seconds: 3600) }
    }
    #expect(all == 10)
    #expect(announced == 4)
  }

  @Test func `one universe of all four gives the same alerts as four of one`() throws {
    var bars: [Bar] = []
    var instruments: [Instrument] = []
    for (place, pump) in SharedData.pumps.enumerated() {
      instruments.append(.coin(pump.symbol, id: UInt32(place)))
      bars += try SharedData.bars(SharedData.pumpFolder + pump.file).map { bar in
        var bar = bar
        bar.instrument = InstrumentID(UInt32(place))
        return bar
      }
    }
    let together = Transcript(try run(bars, instruments))
    for (place, alone) in try Self.transcripts.get().enumerated() {
      let own = together.alerts.filter { Int($0.observation.instrument.index) == place }
      #expect(own.map(\.time) == alone.alerts.map(\.time))
      #expect(own.map(\.observation.score) == alone.alerts.map(\.observation.score))
      #expect(own.map { $0.label?.fields } == alone.alerts.map { $0.label?.fields })
    }
  }
}
