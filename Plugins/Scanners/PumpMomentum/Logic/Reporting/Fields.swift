import PluginSDK

extension Inputs {
  /// Every number, in the group `inputs`.
  var fields: [Field] {
    [
      .number("inputs", "r5", known(five.change)), .number("inputs", "r15", known(fifteen.change)),
      .number("inputs", "r60", known(sixty.change)),
    ]
      + fields(of: five, "5", m5) + fields(of: fifteen, "15", m15) + fields(of: sixty, "60", m60)
      + [
        .number("inputs", "hod", known(dayPosition)), .number("inputs", "vw", known(aboveVWAP)),
        .number("inputs", "vwap", known(vwap)), .number("inputs", "fade", known(fade)),
        .number("inputs", "gap", known(gap)), .number("inputs", "atr_pct", known(daily.atrShare)),
        .number("inputs", "atr14", known(daily.atr)), .number("inputs", "volume14", known(daily.volume)),
        .number("inputs", "value14", known(daily.tradedValue)), .integer("inputs", "days", daily.count),
        .integer("inputs", "n", fifteen.baselineCount), .integer("inputs", "n5", five.baselineCount),
        .integer("inputs", "n60", sixty.baselineCount),
      ]
  }

  private func fields(of window: WindowMeasures, _ minutes: String, _ momentum: Double) -> [Field] {
    [
      .number("inputs", "rvol" + minutes, known(window.relativeVolume)),
      .number("inputs", "zv" + minutes, known(window.zVolume)), .number("inputs", "m" + minutes, known(momentum)),
      .number("inputs", "v" + minutes, known(window.volume)), .number("inputs", "base" + minutes, known(window.base)),
      .number("inputs", "median" + minutes, known(window.median)),
      .number("inputs", "ewma" + minutes, known(window.average)),
      .number("inputs", "mean" + minutes, known(window.mean)),
      .number("inputs", "sd" + minutes, known(window.deviation)),
    ]
  }
}

extension RiskFlags {
  /// Every flag, in the group `flags`.
  var fields: [Field] {
    [
      Field("flags", "thin_book", .flag(thinBook)), Field("flags", "low_price", .flag(lowPrice)),
      Field("flags", "r60_high", .flag(r60High)), Field("flags", "no_news", .flag(noNews)),
      Field("flags", "reddit_burst", .flag(redditBurst)), Field("flags", "halted_today", .flag(haltedToday)),
    ]
  }
}

extension Label {
  /// Every part, in the group `labels`.
  var fields: [Field] {
    [
      .number("labels", "r_15m", known(r15)), .number("labels", "r_60m", known(r60)),
      .number("labels", "r_1d", known(r1d)), .number("labels", "max_gain_60m", known(maxGain60)),
      .number("labels", "max_loss_60m", known(maxLoss60)),
      Field("labels", "continued", .flag(RiskFlags.flag(continued))),
    ]
  }
}

/// A number that can be told; `nil` for one that is unknown or has no bounds.
private func known(_ value: Double) -> Double? { value.isFinite ? value : nil }
