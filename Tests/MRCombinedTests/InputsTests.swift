import MarketCalendar
import Testing
import TradingTypes

@testable import MRCombinedLogic

@Suite struct `Inputs of an evaluation` {
  /// The inputs after some closes, in bars without range unless one is given.
  func inputs(_ closes: [Double], volumes: [Double] = [], range: Double = 0) -> Inputs {
    var state = InputState()
    var inputs = Inputs()
    for (index, close) in closes.enumerated() {
      inputs = state.update(
        .on(
          SessionCalendar.xnys.session(at: index)!, open: close, high: close + range, low: close - range, close: close,
          volume: index < volumes.count ? volumes[index] : 1000))
    }
    return inputs
  }

  @Test func `RSI2 is undefined before bar 2 and 100 after nothing but gains`() {
    #expect(inputs([10, 11]).rsi2.isNaN)
    #expect(inputs([10, 11, 12]).rsi2 == 100)
    #expect(inputs((0..<50).map { 10 + Double($0) }).rsi2 == 100)
  }

  @Test func `RSI2 is 0 after nothing but losses`() {
    #expect(inputs([12, 11, 10]).rsi2 == 0)
  }

  @Test func `RSI2 is 50 while no close has ever changed`() {
    #expect(inputs([10, 10, 10]).rsi2 == 50)
    #expect(inputs(Array(repeating: 10, count: 300)).rsi2 == 50)
  }

  @Test func `RSI2 keeps its value through closes that do not change`() {
    #expect(inputs([10, 11, 10, 10, 10]).rsi2 == 50)
    #expect(close(inputs([10, 12, 11]).rsi2, 100 * 2 / 3.0, within: 1e-14))
  }

  @Test func `IBS is one half in a bar without range`() {
    #expect(inputs([10]).ibs == 0.5)
    #expect(inputs([10], range: 1).ibs == 0.5)
  }

  @Test func `a flat series has z-scores of 0`() {
    let flat = inputs(Array(repeating: 12.34, count: 220))
    #expect(flat.z20 == 0)
    #expect(flat.z5 == 0)
    #expect(flat.percentB == 0.5)
  }

  @Test func `z20 measures in population deviations`() {
    // 19 closes of 10 and one of 30: mean 11, population variance 19.
    let value = inputs(Array(repeating: 10, count: 19) + [30]).z20
    #expect(close(value, 19 / 19.0.squareRoot(), within: 1e-14))
  }

  @Test func `z5 compares the five-bar return with the 60 before it`() {
    var closes = [100.0]
    for index in 1..<66 { closes.append(closes[index - 1] * (index % 7 == 0 ? 0.97 : 1.01)) }
    let returns = (5..<66).map { closes[$0] / closes[$0 - 5] - 1 }
    let before = returns.dropLast()
    let mean = before.reduce(0, +) / 60
    let deviation = (before.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 60).squareRoot()
    #expect(close(inputs(closes).z5, (returns[60] - mean) / deviation, within: 1e-12))
    #expect(inputs(Array(closes.dropLast())).z5.isNaN)
  }

  @Test func `relative volume compares with the 20 bars before, not with itself`() {
    let volumes = Array(repeating: 100.0, count: 20) + [300]
    #expect(inputs(Array(repeating: 10, count: 21), volumes: volumes).rv == 3)
    #expect(inputs(Array(repeating: 10, count: 20), volumes: volumes).rv.isNaN)
  }

  @Test func `relative volume after 20 bars without volume is unknown`() {
    let volumes = Array(repeating: 0.0, count: 20) + [300]
    #expect(inputs(Array(repeating: 10, count: 21), volumes: volumes).rv.isNaN)
  }

  @Test func `ATR14 is first known at bar 14 as a plain mean`() {
    #expect(inputs(Array(repeating: 10, count: 14), range: 0.5).atr14.isNaN)
    #expect(inputs(Array(repeating: 10, count: 15), range: 0.5).atr14 == 1)
  }
}
