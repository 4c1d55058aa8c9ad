import Glibc

/// What is measured over one window; what is unknown is not a number.
struct WindowMeasures: Hashable, Sendable {
  /// The least deviation a volume is measured in: a quieter baseline counts as this loud.
  static let leastDeviation = 0.25

  /// Baseline sessions that have this window.
  var baselineCount = 0
  /// r: the return.
  var change = Double.nan
  /// V: the volume.
  var volume = Double.nan
  /// The median of the baseline volumes.
  var median = Double.nan
  /// The exponential average of volume as it stood before the window, times the window's bars; around the clock only.
  var average = Double.nan
  /// What the volume is compared with.
  var base = Double.nan
  /// Mean of ln(1 + baseline volume).
  var mean = Double.nan
  /// Population deviation of ln(1 + baseline volume).
  var deviation = Double.nan

  /// rvol: the volume over its base; not a number without a base.
  var relativeVolume: Double { base > 0 ? volume / base : .nan }
  /// zv: how many deviations the log volume lies above its mean.
  var zVolume: Double { (log1p(volume) - mean) / max(deviation, WindowMeasures.leastDeviation) }

  /// m: the return in units of what this instrument usually moves in such a window.
  func momentum(minutes: Int, atrShare: Double, sessionMinutes: Int) -> Double {
    change / (atrShare * (Double(minutes) / Double(sessionMinutes)).squareRoot())
  }
}
