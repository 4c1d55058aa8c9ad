import Testing
import TradingTypes

@testable import PumpMomentumLogic

@Suite struct `Session history` {
  private func history(_ sessions: [(index: Int, high: Double, low: Double, close: Double, isPresent: Bool)])
    -> SessionHistory
  {
    var history = SessionHistory()
    for session in sessions {
      history.append(
        SessionSummary(
          index: session.index, high: session.high, low: session.low, close: session.close, volume: 100,
          tradedValue: 1000, isPresent: session.isPresent))
    }
    return history
  }

  @Test func `the range is widened to the close before, but not across a session without a bar`() {
    let rows = history([
      (1, 10, 9, 9, true),  // nothing before: 1
      (2, 12, 11, 12, true),  // gap up from 9: 3
      (3, 11, 10, 10, true),  // gap down from 12: 2
      (5, 15, 14, 14, true),  // session 4 has no bar: 1
    ])
    let figures = rows.figures(before: 6)
    #expect(figures.count == 4)
    #expect(figures.atr == (1 + 3 + 2 + 1) / 4.0)
    #expect(figures.atrShare == 1.75 / 14)
    #expect(figures.volume == 100)
    #expect(figures.tradedValue == 1000)
  }

  @Test func `a first session that began late widens the next but is in no mean`() {
    let figures = history([(1, 10, 9, 9, false), (2, 12, 11, 12, true)]).figures(before: 3)
    #expect(figures.count == 1)
    #expect(figures.atr == 3)
  }

  @Test func `only the last fourteen calendar sessions count for the range`() {
    let rows = history((0..<20).map { ($0, $0 < 6 ? 100 : 2, 1, 1, true) })
    #expect(rows.figures(before: 20).count == 14)
    #expect(rows.figures(before: 20).atr == 1)
    #expect(rows.figures(before: 30).count == 4)
    #expect(rows.figures(before: 40).count == 0)
    #expect(rows.figures(before: 40).atr.isNaN)
  }

  @Test func `a session is forgotten when its place is taken, also with indexes below zero`() {
    var rows = history((-30 ..< -5).map { ($0, 2, 1, 1, true) })
    #expect(rows.summary(of: -27) == nil)
    #expect(rows.summary(of: -26)?.index == -26)
    #expect(rows.summary(of: -6)?.index == -6)
    #expect(rows.summary(of: -5) == nil)
    rows.append(SessionSummary(index: -5))
    #expect(rows.summary(of: -26) == nil)
    #expect(SessionHistory().summary(of: 0) == nil)
  }
}

@Suite struct `Samples` {
  private func samples(_ values: [Double]) -> PumpMomentumLogic.Samples {
    var samples = PumpMomentumLogic.Samples()
    for value in values { samples.append(value) }
    return samples
  }

  @Test func `the median is the middle one or the mean of the two in the middle`() {
    #expect(samples([]).median.isNaN)
    #expect(samples([7]).median == 7)
    #expect(samples([9, 1, 5]).median == 5)
    #expect(samples([9, 1, 5, 6]).median == 5.5)
    #expect(samples((0..<20).map { Double(19 - $0) }).median == 9.5)
    #expect(samples([0, 0, 0, 4]).median == 0)
  }

  @Test func `the moments are those of the logarithms, the deviation that of the population`() {
    let moments = samples([0, 0, 0, 0]).logMoments
    #expect(moments.mean == 0 && moments.deviation == 0)
    let two = samples([0, 1]).logMoments
    #expect((two.mean - 0.6931471805599453 / 2).magnitude < 1e-15)
    #expect((two.deviation - 0.6931471805599453 / 2).magnitude < 1e-15)
    #expect(samples([]).logMoments.mean.isNaN)
  }
}

@Suite struct `Recent closes` {
  @Test func `a close is carried over slots without a bar, and before the first bar the open stands`() {
    var closes = RecentCloses(slotsInHour: 12)
    closes.restart(at: 0, price: 50)
    closes.add(slot: 2, close: 60)
    #expect((0...12).map { closes.price(slotsAgo: $0) } == [60] + Array(repeating: 50, count: 12))
    closes.add(slot: 6, close: 40)
    #expect((0...6).map { closes.price(slotsAgo: $0) } == [40, 60, 60, 60, 60, 50, 50])
    #expect(closes.highest(slotsAgo: 12) == 60)
    closes.add(slot: 500, close: 45)
    #expect((0...12).map { closes.price(slotsAgo: $0) } == [45] + Array(repeating: 40, count: 12))
    #expect(closes.highest(slotsAgo: 12) == 45)
  }

  @Test func `around the clock nothing is known before the first bar`() {
    var closes = RecentCloses(slotsInHour: 60)
    closes.restart(at: 25_000_000, price: .nan)
    closes.add(slot: 25_000_000, close: 60)
    #expect(closes.price(slotsAgo: 1).isNaN)
    #expect(closes.highest(slotsAgo: 60).isNaN)
    for slot in 1...60 { closes.add(slot: 25_000_000 + slot, close: 61) }
    #expect(closes.price(slotsAgo: 60) == 60)
    #expect(closes.highest(slotsAgo: 60) == 61)
  }
}
