import BacktestStatistics
import TradingTypes

func dollars(_ text: String) -> Money { Money(text, .usd)! }

func day(_ text: String) -> Timestamp { CivilDate(text)!.midnightUTC }

/// An accumulator that took these amounts on consecutive days from 2024-01-01, a Monday, without positions.
func accumulated(_ amounts: [String], start: String? = nil) -> EquityAccumulator {
  var accumulator = EquityAccumulator(start: dollars(start ?? amounts.first ?? "100"))
  for (index, amount) in amounts.enumerated() {
    accumulator.add(
      dollars(amount), at: day("2024-01-01").adding(seconds: Int64(index) * 86_400), holdsPosition: false)
  }
  return accumulator
}

/// Whether two numbers agree to a part of the larger one.
func agree(_ a: Double?, _ b: Double?, within tolerance: Double = 1e-12) -> Bool {
  guard let a, let b else { return a == nil && b == nil }
  return a == b || abs(a - b) <= tolerance * max(abs(a), abs(b))
}
