import TradingTypes

/// A ratio (0.05 is 5 %), exact to a billionth.
@frozen
public struct Ratio: FixedPoint {
  public let nanos: Int64
  @inlinable public init(nanos: Int64) { self.nanos = nanos }
}

/// What no entry may exceed. `nil` is unlimited.
public struct Limits: Hashable, Sendable {
  /// Positions open or on their way.
  public var maximumPositions: Int?
  /// Value of one symbol's position over equity.
  public var exposurePerSymbol: Ratio?
  /// Sum of (entry - stop) x quantity over equity; without a stop the whole value is at risk.
  public var portfolioHeat: Ratio?
  /// Equity at the previous session's close minus equity now.
  public var maximumDailyLoss: Money?
  /// Confidence below which a signal without its own size is not traded (0...100).
  public var minimumConfidence: Double = 70

  /// Makes limits from their parts.
  public init(
    maximumPositions: Int?, exposurePerSymbol: Ratio?, portfolioHeat: Ratio?, maximumDailyLoss: Money?,
    minimumConfidence: Double = 70
  ) {
    self.maximumPositions = maximumPositions
    self.exposurePerSymbol = exposurePerSymbol
    self.portfolioHeat = portfolioHeat
    self.maximumDailyLoss = maximumDailyLoss
    self.minimumConfidence = minimumConfidence
  }

  /// No limit at all, as a backtest without a configuration runs.
  public static let unlimited = Limits(
    maximumPositions: nil, exposurePerSymbol: nil, portfolioHeat: nil, maximumDailyLoss: nil)
}

/// What the risk rules know of the account when they look at one entry.
struct RiskView {
  var equity: Money
  /// Positions open or on their way, this entry not included.
  var positions: Int
  /// Value at risk of those.
  var risk: Money

  /// Counts the risk of a quantity; `false` when it cannot be computed.
  @inline(__always)
  mutating func add(_ price: Price, _ stop: Price, _ quantity: Quantity) -> Bool {
    if quantity == .zero { return true }
    guard let distance = price.subtracting(min(stop, price)),
      let more = Money.notional(distance, quantity, equity.currency, rounded: .up), let sum = risk.adding(more)
    else { return false }
    risk = sum
    return true
  }
}

extension Limits {
  /// Holds one entry against the limits; the first limit it breaks is the answer.
  func decide(price: Price, stop: Price, quantity: Quantity, view: RiskView) -> Decision {
    let currency = view.equity.currency
    guard let value = Money.notional(price, quantity, currency, rounded: .up) else {
      return .notComputable(what: .notional)
    }
    if stop >= price { return .stopNotBelowEntry(entry: price, stop: stop) }
    guard let distance = price.subtracting(stop),
      let atRisk = Money.notional(distance, quantity, currency, rounded: .up), let heat = view.risk.adding(atRisk)
    else { return .notComputable(what: .heat) }
    guard view.equity.nanos > 0 else { return .notComputable(what: .equity) }
    if let maximumPositions, view.positions >= maximumPositions {
      return .tooManyPositions(positions: view.positions, limit: maximumPositions)
    }
    let exposureShown = value.double / view.equity.double
    if let exposurePerSymbol, Limits.exceeds(value, exposurePerSymbol, of: view.equity) {
      return .exposureAboveLimit(exposure: exposureShown, limit: exposurePerSymbol.double)
    }
    let heatShown = heat.double / view.equity.double
    if let portfolioHeat, Limits.exceeds(heat, portfolioHeat, of: view.equity) {
      return .portfolioHeatAboveLimit(heat: heatShown, limit: portfolioHeat.double)
    }
    return .withinLimits(exposure: exposureShown, heat: heatShown, positions: view.positions + 1)
  }

  /// Whether an amount is more than a share of another, exactly.
  static func exceeds(_ amount: Money, _ share: Ratio, of whole: Money) -> Bool {
    Int128(amount.nanos) * 1_000_000_000 > Int128(share.nanos) * Int128(whole.nanos)
  }
}
