import TradingTypes

/// What the simulated venue assumes about costs and liquidity, and what the account starts with.
public struct PaperSettings: Hashable, Sendable {
  /// The account's currency; instruments in another one are refused, for no rate is known here.
  public var currency = Currency.usd
  /// Cash of a new account, in billionths of the currency.
  public var cashNanos: Int64 = 100_000_000_000_000
  /// Slippage of one marketable fill as a fraction of the price, in billionths; 0: none.
  public var slippageNanos: Int64 = 300_000
  /// Spread as a fraction of the price where a quote has no bid and ask, in billionths; 0: none.
  public var spreadNanos: Int64 = 400_000
  /// Fee of one fill as a fraction of its value, in billionths; 0: none.
  public var feeNanos: Int64 = 0
  /// The most of a bar's volume that this account trades, in billionths; 0: unlimited.
  public var volumeShareNanos: Int64 = 100_000_000

  /// Makes the settings of a paper session: 100,000 USD, slippage 0.03 %, spread 0.04 %, no fee, a tenth of the volume.
  public init() {}

  /// No slippage, no spread, no fee, no limit on volume.
  public static var frictionless: PaperSettings {
    var settings = PaperSettings()
    settings.slippageNanos = 0
    settings.spreadNanos = 0
    settings.volumeShareNanos = 0
    return settings
  }

  /// The price of a marketable fill: worse than `base` by the slippage and, unless `base` is a real bid or ask, half
  /// the spread; rounded to a billionth against the account. Costs are averages, so no tick rounds them.
  @inline(__always)
  func marketable(_ side: Side, base: Int64, isTwoSided: Bool) -> Int64? {
    guard slippageNanos | spreadNanos != 0 else { return base }
    let cost = 2 * slippageNanos + (isTwoSided ? 0 : spreadNanos)
    let factor = side == .buy ? 2 * Exact.one + cost : 2 * Exact.one - cost
    return Exact.scaled(base, by: factor, over: 2 * Exact.one, roundedUp: side == .buy)
  }

  /// The fee on a fill's value, rounded up.
  @inline(__always)
  func fee(on value: Int64) -> Int64? {
    feeNanos == 0 ? 0 : Exact.scaled(value, by: feeNanos, over: Exact.one, roundedUp: true)
  }

  /// What this account may trade of a volume, rounded down to the step; `Int64.max`: unlimited.
  func share(of volume: Double, step: Int64) -> Int64 {
    guard volumeShareNanos != 0 else { return .max }
    let nanos = volume * Double(volumeShareNanos)
    return nanos < 9e18 ? Exact.floor(Int64(nanos), to: step) : Exact.floor(.max - 1, to: step)
  }
}
