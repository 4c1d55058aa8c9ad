import PluginSDK
import TradingTypes

extension Parameters {
  /// Reads the options that the manifest declares; the host has checked their bounds.
  init(_ options: PluginSDK.Options) throws(PluginError) {
    scoreMinimum = try options.number("score_minimum")
    volumeMinimum = try options.number("volume_minimum")
    volumeMaximum = try options.number("volume_maximum")
    priceMinimum = try options.number("price_minimum")
    valueMinimum = try options.number("value_minimum")
    spreadMaximum = try options.number("spread_maximum")
    cooldownSessions = try options.integer("cooldown_sessions")
    earnings = try options.list("earnings")
    entry = try options.choice("entry")
    limitATR = try options.number("limit_atr")
    stopATR = try options.number("stop_atr")
    timeStopCloses = try options.integer("time_stop_closes")
    target = try options.boolean("target")
    targetATR = try options.number("target_atr")
    riskPercent = try options.decimal("risk_percent")
    maximumPositionPercent = try options.decimal("maximum_position_percent")
    reservePercent = try options.decimal("reserve_percent")
    near = try options.number("near")
    kappa = try options.number("kappa")
    prior = try options.number("prior")
    priorWin = try options.number("prior_win")
    priorLoss = try options.number("prior_loss")
    warmUpTrades = try options.integer("warm_up_trades")
    evMinimum = try options.number("ev_minimum")
    pMinimum = try options.number("p_minimum")
    spreadUnknown = try options.number("spread_unknown")
    fee = try options.number("fee")
    slippage = try options.number("slippage")
    fx = try options.number("fx")
    quoteAgeSeconds = try options.integer("quote_age_seconds")
    priceMoveATR = try options.number("price_move_atr")
    expiryHours = try options.integer("expiry_hours")
    expiryMinutesAfterOpen = try options.integer("expiry_minutes_after_open")
  }
}
