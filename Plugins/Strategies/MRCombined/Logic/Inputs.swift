/// Everything an evaluation reads from bars, as of the close of one bar; not a number where it cannot be computed.
struct Inputs: Equatable {
  /// The bars seen, this one included.
  var barCount = 0
  /// This bar's close.
  var close = Double.nan
  /// RSI over 2 bars, Wilder; 50 while no close has ever changed.
  var rsi2 = Double.nan
  /// How many deviations the close lies from the mean of 20 closes.
  var z20 = Double.nan
  /// Where the close lies between low and high, 0...1; 0.5 in a bar without range.
  var ibs = Double.nan
  /// The return over five bars.
  var r5 = Double.nan
  /// How many deviations `r5` lies from the mean of its 60 values before.
  var z5 = Double.nan
  /// Volume relative to the mean of the 20 bars before.
  var rv = Double.nan
  /// Average true range over 14 bars, Wilder.
  var atr14 = Double.nan
  /// Means of the last 5, 20 and 200 closes.
  var sma5 = Double.nan
  var sma20 = Double.nan
  var sma200 = Double.nan
  /// Mean of close times volume over 20 bars.
  var tradedValue = Double.nan

  /// Bollinger's %b with two deviations; shown, not scored, because it is `z20` in other words.
  var percentB: Double { (z20 + 2) / 4 }
}
