import MarketCalendar
import PluginSDK
import TradingTypes

/// The numbers that hold for one instrument, chosen by its market, exchange and quote currency.
struct Rules: Hashable, Sendable {
  let baselineMinimum: Int
  let daysMinimum: Int
  let filter: FilterBounds
  let watch: LevelBounds
  let signal: LevelBounds
  let signalFade: Double
  let fadingFade: Double
  /// The price below which the flag `low_price` is raised; `nil`: never.
  let lowPrice: Double?
  /// The price increment by which a fade is at least divided.
  let tick: Double
  /// Nanoseconds of a bar.
  let barNanos: Int64
  /// Minutes of a full regular session.
  let sessionMinutes: Int
  /// Whether the market never closes, so that a session is the UTC day.
  let isAroundTheClock: Bool

  /// Chooses the numbers; refuses daily bars, other sizes than one and five minutes, and a market without sessions.
  init(_ parameters: Parameters, _ instrument: Instrument, _ calendar: SessionCalendar) throws(PluginError) {
    guard instrument.barSeconds == 60 || instrument.barSeconds == 300 else {
      throw PluginError(
        .unsupported,
        "bars of \(instrument.symbol): expected 60 or 300 seconds, found \(instrument.barSeconds); give minute bars")
    }
    baselineMinimum = parameters.baselineMinimum
    daysMinimum = parameters.daysMinimum
    signalFade = parameters.signalFade
    fadingFade = parameters.fadingFade
    barNanos = Int64(instrument.barSeconds) * 1_000_000_000
    sessionMinutes = calendar.regularMinutes
    isAroundTheClock = calendar.isAroundTheClock
    switch instrument.market {
    case .equity:
      var filter = parameters.equityFilter
      if instrument.exchange == "XNYS" { filter.price = parameters.priceUS }
      self.filter = filter
      (watch, signal) = (parameters.equityWatch, parameters.equitySignal)
      lowPrice = 5
      tick = instrument.tick?.double ?? 0.01
    case .crypto:
      var filter = parameters.cryptoFilter
      filter.tradedValue = Rules.leastValue(in: instrument.currency, parameters)
      self.filter = filter
      (watch, signal) = (parameters.cryptoWatch, parameters.cryptoSignal)
      lowPrice = nil
      tick = instrument.tick?.double ?? 1e-8
    case .unfiltered:
      throw PluginError(
        .unsupported,
        "market of \(instrument.symbol): expected equity or crypto, found bars without sessions; name the market")
    }
  }

  /// The return below which no level can hold, not even a kept one; the cheap test of the hot path.
  var leastChange: Double { min(watch.change, signal.change) }

  private static func leastValue(in currency: Currency, _ parameters: Parameters) -> Double? {
    switch currency.description {
    case "USD", "USDT", "USDC", "EUR": parameters.cryptoValueMoney
    case "BTC": parameters.cryptoValueBitcoin
    default: nil
    }
  }
}
