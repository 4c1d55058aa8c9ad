import PluginSDK

extension Parameters {
  /// Reads every declared option.
  init(_ options: Options) throws(PluginError) {
    baselineMinimum = try options.integer("baseline_min", in: 1...SessionHistory.baselineSpan)
    daysMinimum = try options.integer("days_min", in: 1...SessionHistory.rangeSpan)
    equityFilter.price = try options.number("equity_price_min", in: 0...1e6)
    priceUS = try options.number("us_price_min", in: 0...1e6)
    equityFilter.volume = try options.number("equity_volume_min", in: 0...9e9)
    equityFilter.tradedValue = try options.number("equity_value_min", in: 0...9e9)
    equityFilter.atr = try options.number("equity_atr_min", in: 0...1e6)
    equityFilter.atrShare = try options.number("equity_atr_pct_min", in: 0...1)
    cryptoValueMoney = try options.number("crypto_value_min", in: 0...9e9)
    cryptoValueBitcoin = try options.number("crypto_value_min_btc", in: 0...9e9)
    cryptoFilter.atrShare = try options.number("crypto_atr_pct_min", in: 0...1)
    equityFilter.spread = try options.number("spread_max", in: 0...1)
    cryptoFilter.spread = equityFilter.spread
    try Parameters.read(&equityWatch, "equity_watch", options)
    try Parameters.read(&equitySignal, "equity_signal", options)
    try Parameters.read(&cryptoWatch, "crypto_watch", options)
    try Parameters.read(&cryptoSignal, "crypto_signal", options)
    equityWatch.dayPosition = try options.number("watch_hod", in: 0...1)
    cryptoWatch.dayPosition = equityWatch.dayPosition
    equitySignal.dayPosition = try options.number("signal_hod", in: 0...1)
    cryptoSignal.dayPosition = equitySignal.dayPosition
    signalFade = try options.number("signal_fade_max", in: 0...1)
    fadingFade = try options.number("fading_fade_min", in: 0...1)
  }

  private static func read(_ bounds: inout LevelBounds, _ prefix: String, _ options: Options) throws(PluginError) {
    bounds.change = try options.number(prefix + "_r15", in: 0...10)
    bounds.relativeVolume = try options.number(prefix + "_rvol15", in: 0...1000)
    bounds.zVolume = try options.number(prefix + "_zv15", in: 0...100)
    if bounds.momentum != nil { bounds.momentum = try options.number(prefix + "_m15", in: 0...100) }
  }
}
