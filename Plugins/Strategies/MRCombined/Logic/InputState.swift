import Indicators
import TradingTypes

/// The indicators of one symbol, fed one daily bar at a time. Wilder averages start from the first bar given, so the same
/// history gives the same digits. `update` allocates nothing.
struct InputState {
  private var rsi = RSI(period: 2, whenFlat: 50)
  private var mean5 = SMA(period: 5)
  private var mean200 = SMA(period: 200)
  private var closes = StandardDeviation(period: 20)
  private var fiveBarReturn = RateOfChange(period: 5)
  private var returns = StandardDeviation(period: 60)
  private var relativeVolume = RelativeVolume(period: 20, baseline: .before)
  private var trueRange = ATR(period: 14)
  private var traded = SMA(period: 20)
  private var barCount = 0

  /// Takes the next bar and returns everything as of its close.
  mutating func update(_ bar: Bar) -> Inputs {
    barCount += 1
    var inputs = Inputs()
    inputs.barCount = barCount
    inputs.close = bar.close
    inputs.rsi2 = rsi.update(bar.close)
    let level = closes.update(bar.close)
    inputs.sma20 = level.mean
    inputs.z20 = level.zScore(of: bar.close)
    inputs.ibs = bar.high == bar.low ? 0.5 : (bar.close - bar.low) / (bar.high - bar.low)
    inputs.r5 = fiveBarReturn.update(bar.close)
    // Against the 60 returns before this one, so it is compared before it is added.
    inputs.z5 = returns.moments.zScore(of: inputs.r5)
    if !inputs.r5.isNaN { returns.update(inputs.r5) }
    inputs.rv = relativeVolume.update(bar.volume)
    if !inputs.rv.isFinite { inputs.rv = .nan }
    inputs.atr14 = trueRange.update(high: bar.high, low: bar.low, close: bar.close)
    inputs.sma5 = mean5.update(bar.close)
    inputs.sma200 = mean200.update(bar.close)
    inputs.tradedValue = traded.update(bar.close * bar.volume)
    return inputs
  }
}
