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

/// Why an entry does not go on, and where on the road that is usually found.
struct Refusal: Error {
  let stage: Stage
  let decision: Decision

  init(_ stage: Stage, _ decision: Decision) {
    self.stage = stage
    self.decision = decision
  }
}

/// A quantity at the price it is counted at, with what that comes to.
struct PricedEntry {
  let price: Price
  let quantity: Quantity
  /// Price times quantity, rounded up; `nil` when it does not fit.
  let value: Money?

  @inline(__always)
  init(_ quantity: Quantity, at price: Price, _ currency: Currency) {
    self.price = price
    self.quantity = quantity
    value = Money.notional(price, quantity, currency, rounded: .up)
  }

  /// Whether an amount pays for it, exactly.
  @inline(__always)
  func isCovered(by money: Money) -> Bool {
    guard price > .zero, let value else { return false }
    return value.nanos <= money.nanos
  }

  /// What is lost at a stop below its price; all of it without one. `nil` when it cannot be computed.
  @inline(__always)
  func risk(stop: Price) -> Money? {
    guard let value, stop != .zero else { return value }
    guard let distance = price.subtracting(stop) else { return nil }
    return Money.notional(distance, quantity, value.currency, rounded: .up)
  }
}

/// What an entry within the limits comes to.
struct Exposure {
  let value: Money
  /// At risk in all, this entry included.
  let heat: Money
  let equity: Money
  /// Open or on their way, this entry included.
  let positions: Int

  /// How it is recorded.
  var decision: Decision {
    .withinLimits(
      exposure: value.double / equity.double, heat: heat.double / equity.double, positions: positions)
  }
}

extension Limits {
  /// Lets an entry pass that is within the limits; throws the first limit it breaks.
  @inline(__always)
  func admit(
    _ entry: PricedEntry, stop: Price, among others: borrowing Surroundings
  ) throws(Refusal) -> Exposure {
    guard let risk = others.risk else { throw Refusal(.risk, .notComputable(what: .heat)) }
    guard let value = entry.value else { throw Refusal(.risk, .notComputable(what: .notional)) }
    if stop >= entry.price { throw Refusal(.risk, .stopNotBelowEntry(entry: entry.price, stop: stop)) }
    guard let atRisk = entry.risk(stop: stop), let heat = risk.adding(atRisk) else {
      throw Refusal(.risk, .notComputable(what: .heat))
    }
    guard let equity = others.equity, equity.nanos > 0 else { throw Refusal(.risk, .notComputable(what: .equity)) }
    if let maximumPositions, others.positions >= maximumPositions {
      throw Refusal(.risk, .tooManyPositions(positions: others.positions, limit: maximumPositions))
    }
    if let exposurePerSymbol, Limits.exceeds(value, exposurePerSymbol, of: equity) {
      let exposure = value.double / equity.double
      throw Refusal(.risk, .exposureAboveLimit(exposure: exposure, limit: exposurePerSymbol.double))
    }
    if let portfolioHeat, Limits.exceeds(heat, portfolioHeat, of: equity) {
      let shown = heat.double / equity.double
      throw Refusal(.risk, .portfolioHeatAboveLimit(heat: shown, limit: portfolioHeat.double))
    }
    return Exposure(value: value, heat: heat, equity: equity, positions: others.positions + 1)
  }

  /// Whether an amount is more than a share of another, exactly.
  static func exceeds(_ amount: Money, _ share: Ratio, of whole: Money) -> Bool {
    Int128(amount.nanos) * 1_000_000_000 > Int128(share.nanos) * Int128(whole.nanos)
  }
}
