import TradingTypes

extension Money {
  /// Whether it pays for a quantity at a price, exactly. What it covers is at most ``quantity(at:)``.
  func covers(_ price: Price, _ quantity: Quantity) -> Bool {
    guard price > .zero, let value = Money.notional(price, quantity, currency, rounded: .up) else { return false }
    return value.nanos <= nanos
  }
}

/// How much of the equity a signal without its own size gets.
public struct Sizing: Hashable, Sendable {
  /// A range of confidence and its factor.
  public struct Band: Hashable, Sendable {
    /// The lowest confidence (0...100) of the band.
    public var from: Double
    /// What the base share is multiplied with.
    public var factor: Ratio

    /// Makes a band.
    public init(from: Double, factor: Ratio) {
      self.from = from
      self.factor = factor
    }
  }

  /// Share of equity at factor 1.
  public var baseShare: Ratio
  /// Ascending by ``Band/from``.
  public var bands: [Band]

  /// Makes a sizing rule.
  public init(baseShare: Ratio, bands: [Band]) {
    self.baseShare = baseShare
    self.bands = bands
  }

  /// 5 % of equity; [70, 80) x 0.8, [80, 90) x 1.0, [90, 100] x 1.2.
  public static let standard = Sizing(
    baseShare: Ratio(nanos: 50_000_000),
    bands: [
      Band(from: 70, factor: Ratio(nanos: 800_000_000)), Band(from: 80, factor: Ratio(nanos: 1_000_000_000)),
      Band(from: 90, factor: Ratio(nanos: 1_200_000_000)),
    ])

  /// What the sizing stage answers.
  struct Answer {
    var quantity: Quantity
    var decisions: [Decision]
  }

  /// Sizes a signal: its own quantity, or the band's share of equity; capped by buying power; rounded down to the step.
  func decide(
    _ proposal: SignalProposal, price: Price, equity: Money, buyingPower: Money, step: Quantity,
    minimumConfidence: Double
  ) -> Answer {
    var decisions: [Decision] = []
    func refused(_ decision: Decision) -> Answer {
      Answer(quantity: .zero, decisions: decisions + [decision])
    }
    var quantity: Quantity
    if proposal.flags.contains(.ownSize) {
      guard let own = proposal.quantity.rounded(.down, to: step) else {
        return refused(.notComputable(what: .quantity))
      }
      quantity = own
      decisions.append(.sizedByStrategy(quantity: own))
    } else {
      let lowest = max(minimumConfidence, bands.first?.from ?? 100)
      guard proposal.confidence >= lowest, let band = bands.last(where: { proposal.confidence >= $0.from }) else {
        return refused(.confidenceBelowMinimum(confidence: proposal.confidence, minimum: lowest))
      }
      guard let share = equity.scaled(byNanos: baseShare.nanos, rounded: .down),
        let budget = share.scaled(byNanos: band.factor.nanos, rounded: .down),
        let wanted = budget.quantity(at: price)?.rounded(.down, to: step)
      else { return refused(.notComputable(what: .quantity)) }
      quantity = wanted
      decisions.append(.sized(quantity: wanted, band: band.factor.double))
    }
    if !buyingPower.covers(price, quantity) {
      guard let affordable = buyingPower.quantity(at: price)?.rounded(.down, to: step) else {
        return refused(.notComputable(what: .buyingPower))
      }
      let capped = max(affordable, .zero)
      decisions.append(.cappedByBuyingPower(from: quantity, to: capped, buyingPower: buyingPower))
      quantity = capped
    }
    guard quantity > .zero else { return refused(.sizeZero(step: step)) }
    return Answer(quantity: quantity, decisions: decisions)
  }
}
