import Glibc
import TradingTypes

/// Everything a decision at the end of one bar is made from; what is unknown is not a number.
struct Inputs: Hashable, Sendable {
  /// The minutes of the three windows.
  static let windows = (five: 5, fifteen: 15, sixty: 60)

  /// The bar's end.
  var time: Timestamp
  /// P: the bar's close.
  var price: Double
  var five: WindowMeasures
  var fifteen: WindowMeasures
  var sixty: WindowMeasures
  var daily: DailyFigures
  /// Minutes of a full regular session.
  var sessionMinutes: Int
  /// hod: the place of the price between the day's low (0) and high (1).
  var dayPosition: Double
  var vwap: Double
  /// How much of the last hour's rise is lost again: 0 none, 1 all.
  var fade: Double
  /// The session's first price over the close before it, minus 1.
  var gap: Double

  var m5: Double { momentum(five, Inputs.windows.five) }
  var m15: Double { momentum(fifteen, Inputs.windows.fifteen) }
  var m60: Double { momentum(sixty, Inputs.windows.sixty) }
  /// vw: the price over VWAP, minus 1; 0 without volume.
  var aboveVWAP: Double { vwap.isNaN ? 0 : price / vwap - 1 }

  /// The weighted score, 0 to 100; not a number when a part of it is not.
  var score: Double {
    100
      * (0.35 * Limit.clamp(m15 / 6) + 0.30 * Limit.clamp(log2(fifteen.relativeVolume) / 4)
        + 0.20 * Limit.clamp(fifteen.zVolume / 6) + 0.15 * dayPosition)
  }

  private func momentum(_ window: WindowMeasures, _ minutes: Int) -> Double {
    window.momentum(minutes: minutes, atrShare: daily.atrShare, sessionMinutes: sessionMinutes)
  }
}
