import Testing
import TradingTypes

@testable import BacktestReport

@Suite struct `Account figures` {
  private func sampler(_ values: [Double], start: Double = 100) -> AccountSampler {
    var sampler = AccountSampler(startingEquity: start, capacity: 2)
    for (index, value) in values.enumerated() { sampler.add(at: day(index), equity: value) }
    return sampler
  }

  @Test func `the deepest and the longest drawdown are told apart`() {
    let drawdowns = sampler([100, 120, 90, 120, 125, 124, 123, 122, 124, 126, 126]).drawdowns
    #expect(
      drawdowns.deepest
        == Drawdowns.Stay(peakTime: day(1), lowTime: day(2), recoveryTime: day(3), depth: 90.0 / 120 - 1, instants: 2))
    #expect(
      drawdowns.longest
        == Drawdowns.Stay(peakTime: day(4), lowTime: day(7), recoveryTime: day(9), depth: 122.0 / 125 - 1, instants: 5))
  }

  @Test func `a drawdown that goes on has no recovery`() {
    let deepest = sampler([100, 110, 99, 105]).drawdowns.deepest
    #expect(deepest?.recoveryTime == nil)
    #expect(deepest?.lowTime == day(2))
    #expect(deepest?.instants == 2)
  }

  @Test func `a curve that only rises has no drawdown`() {
    #expect(sampler([100, 100, 101, 102]).drawdowns == Drawdowns())
    #expect(sampler([]).drawdowns == Drawdowns())
  }

  @Test func `an account below zero draws down by more than all of it`() {
    let account = sampler([100, -50, 10])
    #expect(account.drawdowns.deepest?.depth == -1.5)
    #expect(sampler([0, -10, -20]).buckets.allSatisfy { $0.drawdown == 0 })
  }

  @Test func `months are measured from the end of the month before, the first from the start`() {
    var account = AccountSampler(startingEquity: 100)
    let days: [(String, Double)] = [
      ("2023-11-29", 100), ("2023-11-30", 110), ("2023-12-01", 120), ("2024-01-02", 99), ("2024-01-31", 132),
      ("2024-03-05", 66),
    ]
    for (date, equity) in days {
      account.add(at: CivilDate(date)!.midnightUTC, equity: equity)
    }
    #expect(account.months.map(\.day.description) == ["2023-11-01", "2023-12-01", "2024-01-01", "2024-03-01"])
    let expected: [Double?] = [110.0 / 100 - 1, 120.0 / 110 - 1, 132.0 / 120 - 1, 66.0 / 132 - 1]
    #expect(account.months.map(\.value) == expected)
    #expect(account.days.count == 6)
  }

  @Test func `after an account was down to nothing there is no return`() {
    var account = AccountSampler(startingEquity: 100)
    account.add(at: CivilDate("2024-01-31")!.midnightUTC, equity: 0)
    account.add(at: CivilDate("2024-02-01")!.midnightUTC, equity: 50)
    #expect(account.months.map(\.value) == [-1, nil])
  }

  @Test func `days are kept while they are few`() {
    let few = sampler(Array(repeating: 100, count: 70))
    #expect(few.days.count == 70)
    #expect(sampler(Array(repeating: 100, count: 71)).days.isEmpty)
    #expect(sampler(Array(repeating: 100, count: 5000)).months.count == 165)
  }

  @Test func `no sample means no period`() {
    #expect(sampler([]).months.isEmpty)
    #expect(sampler([]).days.isEmpty)
  }
}
