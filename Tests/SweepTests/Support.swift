import BacktestStatistics
import Sweep
import Testing
import TradingTypes

func dollars(_ text: String) -> Money { Money(text, .usd)! }

/// The settings of every trial of a plan, each as one line.
func lines(_ plan: SweepPlan) -> [String] {
  (0..<plan.trials).map { plan.settings($0).map { "\($0.name)=\($0.value)" }.joined(separator: " ") }
}

func plan(_ parameters: String...) throws -> SweepPlan {
  try SweepPlan(grid: parameters.map { text throws(SweepFault) in try SweptParameter(text) })
}

/// Figures of a trial whose equity took these values, a day each, and whose trades earned these profits.
func figures(_ equity: [String], trades: [String] = []) -> TrialFigures {
  var curve = EquityAccumulator(start: dollars("1000"))
  for (index, amount) in equity.enumerated() {
    curve.add(dollars(amount), at: Timestamp(nanoseconds: Int64(index) * 86_400_000_000_000), holdsPosition: true)
  }
  var closed = TradeAccumulator(currency: .usd)
  for profit in trades {
    closed.add(profit: dollars(profit), entry: Timestamp(nanoseconds: 0), exit: Timestamp(nanoseconds: 1))
  }
  return TrialFigures(
    orders: trades.count * 2, fills: trades.count * 2, equity: curve.summary(barsPerYear: 98_280), trades: closed)
}
