/// The lower bounds of one level; a fraction each, volume a multiple, z in deviations.
struct LevelBounds: Hashable, Sendable {
  /// Of r15, the return over 15 minutes.
  var change: Double
  /// Of m15, the return in units of the usual one; `nil`: none is asked for.
  var momentum: Double?
  /// Of rvol15, the volume over its base.
  var relativeVolume: Double
  /// Of zv15, the deviations of log volume.
  var zVolume: Double
  /// Of hod, the place of the price in the day's range.
  var dayPosition: Double
}

/// What an instrument must be to be scanned.
struct FilterBounds: Hashable, Sendable {
  /// Least price; `nil`: none.
  var price: Double?
  /// Least mean volume a session; reaching this or ``tradedValue`` is enough. `nil`: does not count.
  var volume: Double?
  /// Least mean traded value a session, in the quote currency; both `nil`: nothing is asked for.
  var tradedValue: Double?
  /// Least ATR in the quote currency; reaching this or ``atrShare`` is enough. `nil`: does not count.
  var atr: Double?
  /// Least ATR as a fraction of the last close.
  var atrShare: Double
  /// Greatest spread as a fraction of the mid price; an unknown spread passes.
  var spread: Double
}

/// Every number of the two tables of filters and levels; the defaults are start values to be tuned in paper.
struct Parameters: Hashable, Sendable {
  /// Baseline sessions needed in the 15-minute window, of 20.
  var baselineMinimum = 10
  /// Sessions the ATR needs, of 14.
  var daysMinimum = 10

  var equityFilter = FilterBounds(
    price: 1, volume: 1_000_000, tradedValue: 5_000_000, atr: 0.5, atrShare: 0.02, spread: 0.01)
  /// The least price of a share listed in the United States.
  var priceUS = 5.0
  var cryptoFilter = FilterBounds(price: nil, volume: nil, tradedValue: nil, atr: nil, atrShare: 0.02, spread: 0.01)
  /// The least traded value where the quote currency is USD, USDT, USDC or EUR.
  var cryptoValueMoney = 100_000.0
  /// The least traded value where the quote currency is BTC.
  var cryptoValueBitcoin = 2.0

  var equityWatch = LevelBounds(change: 0.03, momentum: nil, relativeVolume: 2, zVolume: 2, dayPosition: 0.7)
  var equitySignal = LevelBounds(change: 0.05, momentum: 3, relativeVolume: 3, zVolume: 3, dayPosition: 0.85)
  var cryptoWatch = LevelBounds(change: 0.04, momentum: nil, relativeVolume: 3, zVolume: 2.5, dayPosition: 0.7)
  var cryptoSignal = LevelBounds(change: 0.08, momentum: nil, relativeVolume: 4, zVolume: 3, dayPosition: 0.85)
  /// The fade below which a signal may be raised.
  var signalFade = 0.25
  /// The fade from which a pump is fading.
  var fadingFade = 0.5
}
