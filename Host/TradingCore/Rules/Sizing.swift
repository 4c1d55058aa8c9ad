import TradingTypes

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
    /// What is bought.
    var entry: PricedEntry
    /// Before buying power was looked at.
    var wanted: Quantity
    /// The factor of its confidence; `nil` for the strategy's own size.
    var factor: Ratio?

    /// What is bought.
    var quantity: Quantity { entry.quantity }
    /// How ``wanted`` came about.
    var decision: Decision {
      factor.map { .sized(quantity: wanted, band: $0.double) } ?? .sizedByStrategy(quantity: wanted)
    }
    /// Whether buying power did not suffice for ``wanted``.
    var isCapped: Bool { quantity < wanted }
  }

  /// How sizing ends.
  enum Outcome {
    case sized(Answer)
    /// Why not, and what was decided before that.
    case refused(Decision, before: [Decision])
  }

  /// Sizes a signal: its own quantity, or the band's share of equity; capped by buying power; rounded down to the step.
  @inline(__always)
  func decide(
    _ proposal: borrowing SignalProposal, price: Price, equity: Money, buyingPower: Money, step: Quantity,
    minimumConfidence: Double
  ) -> Outcome {
    let wanted: Quantity
    var factor: Ratio?
    if proposal.flags.contains(.ownSize) {
      guard let own = proposal.quantity.rounded(.down, to: step) else {
        return .refused(.notComputable(what: .quantity), before: [])
      }
      wanted = own
    } else {
      let lowest = max(minimumConfidence, bands.first?.from ?? 100)
      let confidence = proposal.confidence
      guard confidence >= lowest, let band = bands.last(where: { confidence >= $0.from }) else {
        return .refused(.confidenceBelowMinimum(confidence: confidence, minimum: lowest), before: [])
      }
      guard let share = equity.scaled(byNanos: baseShare.nanos, rounded: .down),
        let budget = share.scaled(byNanos: band.factor.nanos, rounded: .down),
        let share = budget.quantity(at: price)?.rounded(.down, to: step)
      else { return .refused(.notComputable(what: .quantity), before: []) }
      wanted = share
      factor = band.factor
    }
    let entry = PricedEntry(wanted, at: price, buyingPower.currency)
    let answer = Answer(entry: entry, wanted: wanted, factor: factor)
    guard entry.isCovered(by: buyingPower) else { return cap(answer, buyingPower: buyingPower, step: step) }
    return wanted > .zero ? .sized(answer) : .refused(.sizeZero(step: step), before: [answer.decision])
  }

  /// Brings a size down to what buying power pays for.
  @inline(never)
  private func cap(_ answer: Answer, buyingPower: Money, step: Quantity) -> Outcome {
    let (price, decision) = (answer.entry.price, answer.decision)
    guard let affordable = buyingPower.quantity(at: price)?.rounded(.down, to: step) else {
      return .refused(.notComputable(what: .buyingPower), before: [decision])
    }
    let capped = max(affordable, .zero)
    guard capped > .zero else {
      let cap = Decision.cappedByBuyingPower(from: answer.wanted, to: capped, buyingPower: buyingPower)
      return .refused(.sizeZero(step: step), before: [decision, cap])
    }
    let entry = PricedEntry(capped, at: price, buyingPower.currency)
    return .sized(Answer(entry: entry, wanted: answer.wanted, factor: answer.factor))
  }
}
