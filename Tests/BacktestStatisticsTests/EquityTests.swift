import BacktestStatistics
import Testing
import TradingTypes

/// A made-up curve with rises, falls and bars without a change.
private let curve = ["100", "101", "100.5", "100.5", "103", "102", "102", "101.25", "104.5", "99.75", "99.75", "106"]

@Suite struct `Equity statistics` {
  // Made with Python: returns as Fraction, central moments in two passes, then float.
  @Test func `the moments of the returns are those of exact fractions`() throws {
    let returns = try #require(accumulated(curve).summary(barsPerYear: 252).returns)
    #expect(returns.count == 11)
    #expect(agree(returns.mean, 0.005651300852914308))
    #expect(agree(returns.deviation, 0.02750022048591721))
    #expect(agree(returns.skewness, 0.3524871717245258))
    #expect(agree(returns.kurtosis, 3.482651998869422))
    #expect(agree(returns.downsideDeviation, 0.014266771433753213))
    #expect(agree(returns.sharpe, 0.20550020156414106))
    #expect(agree(returns.sortino, 0.396116309787098))
  }

  @Test func `a year's ratios are those of a bar times the root of the bars a year`() {
    let summary = accumulated(curve).summary(barsPerYear: 252)
    #expect(agree(summary.sharpe, 3.2622145662741833))
    #expect(agree(summary.sortino, 6.288151475719692))
    #expect(accumulated(curve).summary(barsPerYear: nil).sharpe == nil)
    #expect(accumulated(curve).summary(barsPerYear: nil).sortino == nil)
  }

  @Test func `return, growth and drawdown are those of the whole curve`() {
    let summary = accumulated(curve).summary(barsPerYear: 252)
    #expect(summary.bars == 12)
    #expect(summary.start == dollars("100"))
    #expect(summary.final == dollars("106"))
    #expect(summary.profit == dollars("6"))
    #expect(agree(summary.totalReturn, 0.06))
    // 1.06 ^ (365.25 / 11) - 1 with 50 digits.
    #expect(agree(summary.annualGrowth, 5.922608215624686))
    #expect(agree(summary.maxDrawdown, -0.045454545454545456))
    #expect(summary.maxDrawdownMoney == dollars("4.75"))
  }

  @Test func `the deepest fall in money need not be the steepest one`() {
    let summary = accumulated(["100", "60", "1000", "950"]).summary(barsPerYear: 252)
    #expect(agree(summary.maxDrawdown, -0.4))
    #expect(summary.maxDrawdownMoney == dollars("50"))
  }

  @Test func `a fall below the start counts before any gain`() {
    let summary = accumulated(["90", "95"], start: "100").summary(barsPerYear: 252)
    #expect(agree(summary.maxDrawdown, -0.1))
    #expect(summary.maxDrawdownMoney == dollars("10"))
  }

  @Test func `exposure is the fraction of bars with a position`() {
    var accumulator = EquityAccumulator(start: dollars("100"))
    #expect(accumulator.summary(barsPerYear: 252).exposure == nil)
    for (index, holds) in [false, true, true, false, false, false, true, false].enumerated() {
      accumulator.add(
        dollars("100"), at: day("2024-01-01").adding(seconds: Int64(index) * 60), holdsPosition: holds)
    }
    #expect(accumulator.summary(barsPerYear: 252).exposure == 0.375)
    #expect(accumulator.barsHeld == 3)
    #expect(accumulator.firstTime == day("2024-01-01"))
    #expect(accumulator.lastTime == day("2024-01-01").adding(seconds: 420))
  }
}

/// A curve and which figures exist for it.
struct Undefined: Sendable, CustomTestStringConvertible {
  var name: String
  var curve: [String]
  var hasDeviation = false
  var hasReturns = true
  var hasDrawdown = true
  var testDescription: String { name }

  static let all = [
    Undefined(name: "no bar", curve: [], hasReturns: false),
    Undefined(name: "one bar", curve: ["100"], hasReturns: false),
    Undefined(name: "two bars", curve: ["100", "101"], hasReturns: false),
    Undefined(name: "no movement", curve: ["100", "100", "100", "100"]),
    Undefined(name: "equal returns", curve: ["100", "110", "121", "133.1", "146.41"]),
    Undefined(name: "movement", curve: ["100", "101", "103"], hasDeviation: true),
    Undefined(name: "ruin", curve: ["100", "50", "-10", "20", "30"], hasReturns: false),
    Undefined(name: "ruin at the end", curve: ["100", "50", "0"], hasReturns: false),
    Undefined(name: "no start", curve: ["0", "50", "60"], hasReturns: false, hasDrawdown: false),
    Undefined(name: "debt at the start", curve: ["-5", "-5", "-5"], hasReturns: false, hasDrawdown: false),
  ]
}

@Suite struct `Undefined equity statistics` {
  @Test(arguments: Undefined.all) func `what is undefined is nil`(_ example: Undefined) {
    let summary = accumulated(example.curve).summary(barsPerYear: 252)
    #expect((summary.returns != nil) == example.hasReturns)
    #expect((summary.sharpe != nil) == example.hasDeviation)
    #expect((summary.returns?.skewness != nil) == example.hasDeviation)
    #expect((summary.returns?.kurtosis != nil) == example.hasDeviation)
    #expect((summary.maxDrawdown != nil) == example.hasDrawdown)
    #expect((summary.totalReturn != nil) == example.hasDrawdown)
  }

  @Test func `a curve without losses has no Sortino ratio`() {
    #expect(accumulated(["100", "101", "103"]).summary(barsPerYear: 252).sortino == nil)
  }

  @Test func `growth needs time, and an end above zero`() {
    var instant = EquityAccumulator(start: dollars("100"))
    for amount in ["100", "110"] { instant.add(dollars(amount), at: day("2024-01-01"), holdsPosition: true) }
    #expect(instant.summary(barsPerYear: 252).annualGrowth == nil)
    #expect(accumulated(["100", "0"]).summary(barsPerYear: 252).annualGrowth == nil)
    var flash = EquityAccumulator(start: dollars("1"))
    flash.add(dollars("1"), at: Timestamp(nanoseconds: 0), holdsPosition: true)
    flash.add(dollars("9000000000"), at: Timestamp(nanoseconds: 1), holdsPosition: true)
    #expect(flash.summary(barsPerYear: 252).annualGrowth == nil)
  }

  @Test func `falls that no amount can hold are nil, not wrapped`() {
    let summary = accumulated(["9000000000", "-9000000000", "9000000000"]).summary(barsPerYear: 252)
    #expect(summary.maxDrawdownMoney == nil)
    #expect(agree(summary.maxDrawdown, -2))
    let fall = accumulated(["9000000000", "-9000000000"]).summary(barsPerYear: 252)
    #expect(fall.profit == nil)
    #expect(agree(fall.totalReturn, -2))
  }

  @Test func `a long flat beginning takes no digits from the returns`() throws {
    var accumulator = EquityAccumulator(start: dollars("10000000"))
    for index in 0..<100_000 {
      accumulator.add(
        dollars("10000000"), at: Timestamp(nanoseconds: Int64(index)), holdsPosition: false)
    }
    accumulator.add(dollars("10000000.000000003"), at: Timestamp(nanoseconds: 100_000), holdsPosition: true)
    let returns = try #require(accumulator.summary(barsPerYear: 252).returns)
    // One return of 3e-16 among 100,000.
    #expect(agree(returns.mean, 3e-21))
    #expect(agree(returns.deviation, 3e-16 / 100_000.0.squareRoot(), within: 1e-9))
  }
}
