import Testing
import TradingTypes

@testable import TradingCore

@Suite struct `Sizing before every trade` {
  static let usd = Currency.usd
  static func money(_ text: String) -> Money { Money(text, usd)! }

  static func proposal(confidence: Double, own: String? = nil) -> SignalProposal {
    var proposal = SignalProposal(
      instrument: InstrumentID(0), verdict: .raised, action: .enterLong, barTime: Timestamp(nanoseconds: 0),
      decidedAt: Timestamp(nanoseconds: 0), close: 30)
    proposal.confidence = confidence
    proposal.flags = [.hasConfidence]
    if let own {
      proposal.flags.insert(.ownSize)
      proposal.quantity = Quantity(own)!
    }
    return proposal
  }

  @Test(arguments: [
    (69.99, "0", "confidence_below_minimum"), (70, "133", "sized"), (79.99, "133", "sized"), (80, "166", "sized"),
    (90, "200", "sized"), (100, "200", "sized"), (0, "0", "confidence_below_minimum"),
  ]) func `a band of confidence sets the share of equity, rounded down to the step`(
    confidence: Double, expected: String, code: String
  ) {
    // 5 % of 100,000 is 5,000; at 30 a unit: x 0.8 = 133.33, x 1.0 = 166.67, x 1.2 = 200.
    let answer = Sizing.standard.decide(
      Self.proposal(confidence: confidence), price: Price("30")!, equity: Self.money("100000"),
      buyingPower: Self.money("100000"), step: Quantity("1")!, minimumConfidence: 70)
    #expect(answer.quantity == Quantity(expected)!)
    #expect(answer.codes.last == code)
  }

  @Test func `a size is capped by buying power and never rounded up`() {
    let answer = Sizing.standard.decide(
      Self.proposal(confidence: 95), price: Price("30")!, equity: Self.money("100000"),
      buyingPower: Self.money("299.99"), step: Quantity("1")!, minimumConfidence: 70)
    #expect(answer.quantity == Quantity("9")!)
    #expect(answer.codes == ["sized", "capped"])
  }

  @Test func `a strategy's own size is kept, down to the step, whatever the confidence`() {
    let answer = Sizing.standard.decide(
      Self.proposal(confidence: 0, own: "14.7"), price: Price("30")!, equity: Self.money("100000"),
      buyingPower: Self.money("100000"), step: Quantity("1")!, minimumConfidence: 70)
    #expect(answer.quantity == Quantity("14")!)
  }

  @Test func `no money and negative money buy nothing`() {
    for power in ["0", "-5"] {
      let answer = Sizing.standard.decide(
        Self.proposal(confidence: 95), price: Price("30")!, equity: Self.money("100000"),
        buyingPower: Self.money(power), step: Quantity("1")!, minimumConfidence: 70)
      #expect(answer.quantity == .zero)
      #expect(answer.codes.last == "size_zero")
    }
  }
}

@Suite struct `Risk limits` {
  static let usd = Currency.usd
  static let limits = Limits(
    maximumPositions: 10, exposurePerSymbol: Ratio("0.2")!, portfolioHeat: Ratio("0.06")!, maximumDailyLoss: nil)

  static func view(positions: Int = 0, risk: String = "0") -> Surroundings {
    Surroundings(equity: Money("100000", usd)!, risk: Money(risk, usd)!, positions: positions)
  }

  struct Row: CustomTestStringConvertible {
    var price: String
    var stop: String
    var quantity: String
    var positions = 0
    var risk = "0"
    var code: String
    var testDescription: String { "\(quantity) at \(price) stop \(stop): \(code)" }
  }

  @Test(arguments: [
    Row(price: "100", stop: "90", quantity: "200", code: "within_limits"),
    Row(price: "100", stop: "90", quantity: "200.000000001", code: "exposure_above_limit"),
    Row(price: "100", stop: "90", quantity: "100", positions: 10, code: "too_many_positions"),
    Row(price: "100", stop: "90", quantity: "100", positions: 9, risk: "5000", code: "within_limits"),
    Row(price: "100", stop: "90", quantity: "100", risk: "5000.000000001", code: "portfolio_heat_above_limit"),
    Row(price: "100", stop: "0", quantity: "60", code: "within_limits"),
    Row(price: "100", stop: "0", quantity: "61", code: "portfolio_heat_above_limit"),
    Row(price: "100", stop: "100", quantity: "1", code: "stop_not_below_entry"),
    Row(price: "9000000000", stop: "1", quantity: "9000000000", code: "not_computable"),
  ]) func `each limit holds to the last billionth`(_ row: Row) {
    let decision = Self.limits.decide(
      price: Price(row.price)!, stop: Price(row.stop)!, quantity: Quantity(row.quantity)!,
      view: Self.view(positions: row.positions, risk: row.risk))
    #expect(decision.code == row.code)
  }

  @Test func `unlimited means no number is too great, but equity must be known and positive`() {
    let decision = Limits.unlimited.decide(
      price: Price("100")!, stop: .zero, quantity: Quantity("1000000")!, view: Self.view(positions: 999))
    #expect(decision.passed)
    let broke = Surroundings(equity: Money("0", Self.usd)!, risk: Money("0", Self.usd)!)
    #expect(
      Limits.unlimited.decide(price: Price("1")!, stop: .zero, quantity: Quantity("1")!, view: broke).code
        == "not_computable")
  }
}

extension Limits {
  /// What is recorded of an entry that they are asked about.
  fileprivate func decide(price: Price, stop: Price, quantity: Quantity, view: Surroundings) -> Decision {
    do throws(Refusal) {
      return try admit(PricedEntry(quantity, at: price, .usd), stop: stop, among: view).decision
    } catch {
      return error.decision
    }
  }
}

@Suite struct `Trailing stop` {
  @Test func `it never loosens on random walks with gaps and restarts`() {
    var random = SplitMix64(seed: 11)
    for _ in 0..<300 {
      var trailing = TrailingStop(distance: Price("2.5")!, highest: Price("100")!)
      var stop = Price("97.5")!
      var price = 100.0
      for _ in 0..<200 {
        price = max(1, price * (1 + (Double(random.below(2001)) - 1000) / 20_000))
        if random.below(50) == 0 { price *= random.below(2) == 0 ? 0.8 : 1.25 }
        // A restart brings back what the ledger had: the same value.
        if random.below(20) == 0 { trailing = TrailingStop(distance: trailing.distance, highest: trailing.highest) }
        let next = trailing.observe(Price(price)!, current: stop, tick: Price("0.01")!)
        #expect(next >= stop)
        #expect(next.nanos % 10_000_000 == 0)
        #expect(next < trailing.highest)
        stop = next
      }
    }
  }
}

@Suite struct `Circuit breaker` {
  static func usd(_ text: String) -> Money { Money(text, .usd)! }

  @Test func `it trips above the limit and not at it`() {
    var breaker = CircuitBreaker(limit: Self.usd("1000"), base: Self.usd("100000"))
    let atTheLimit = breaker.observe(equity: Self.usd("99000"))
    #expect(atTheLimit == nil)
    let above = breaker.observe(equity: Self.usd("98999.99"))
    #expect(above == .tripped(loss: Self.usd("1000.01"), limit: Self.usd("1000")))
    #expect(breaker.isTripped)
    let again = breaker.observe(equity: Self.usd("1"))
    #expect(again == nil, "it trips once")
  }

  @Test func `what cannot be computed counts as tripped`() {
    var breaker = CircuitBreaker(limit: Self.usd("1000"), base: Self.usd("100000"))
    let unknown = breaker.observe(equity: nil)
    #expect(unknown == .trippedUncomputable(what: .equity))
    #expect(breaker.isTripped)
    var other = CircuitBreaker(limit: Self.usd("1000"), base: Money("100000", Currency("EUR")!)!)
    let mixed = other.observe(equity: Self.usd("100000"))
    #expect(mixed?.code == "tripped_uncomputable")
  }

  @Test func `it re-arms at the next session with the last close as base`() {
    var breaker = CircuitBreaker(limit: Self.usd("1000"), base: Self.usd("100000"))
    _ = breaker.observe(equity: Self.usd("98000"))
    breaker.sessionClosed(equity: Self.usd("98000"))
    #expect(breaker.isTripped, "the close does not arm it")
    let wasTripped = breaker.sessionOpened(equity: Self.usd("98000"))
    #expect(wasTripped)
    #expect(!breaker.isTripped)
    let atTheLimit = breaker.observe(equity: Self.usd("97000"))
    #expect(atTheLimit == nil)
    let above = breaker.observe(equity: Self.usd("96999"))
    #expect(above != nil)
  }

  @Test func `without a limit it never trips`() {
    var breaker = CircuitBreaker(limit: nil, base: Self.usd("100000"))
    let decision = breaker.observe(equity: nil)
    #expect(decision == nil)
  }

  @Test func `a session whose last close is unknown stays tripped until equity is known`() {
    var breaker = CircuitBreaker(limit: Self.usd("1000"), base: Self.usd("100000"))
    _ = breaker.observe(equity: nil)
    breaker.sessionClosed(equity: nil)
    let blind = breaker.sessionOpened(equity: nil)
    #expect(!blind)
    #expect(breaker.isTripped)
    let seeing = breaker.sessionOpened(equity: Self.usd("90000"))
    #expect(seeing)
  }
}

extension Sizing.Outcome {
  fileprivate var quantity: Quantity { if case .sized(let answer) = self { answer.quantity } else { .zero } }

  fileprivate var codes: [String] {
    switch self {
    case .sized(let answer): [answer.decision.code] + (answer.isCapped ? ["capped"] : [])
    case .refused(let decision, let before): before.map(\.code) + [decision.code]
    }
  }
}

@Suite struct `Ranking of signals` {
  private struct Row {
    var name: String
    var strategy: UInt16
    var score: Double
    var expectedValue: Double
  }

  private static func order(_ rows: [Row]) -> [String] {
    let candidates = rows.enumerated().map { place, row in
      var proposal = blank()
      proposal.score = row.score
      proposal.expectedValue = row.expectedValue
      return Ranking.Candidate(
        place: place, strategy: StrategyID(row.strategy), score: row.score, fused: Ranking.standard.fused(proposal),
        symbol: row.name)
    }
    return Ranking.order(candidates).map { rows[$0.place].name }
  }

  private static func blank() -> SignalProposal {
    SignalProposal(
      instrument: InstrumentID(0), verdict: .raised, action: .enterLong, barTime: Timestamp(nanoseconds: 0),
      decidedAt: Timestamp(nanoseconds: 0), close: 1)
  }

  @Test func `one strategy's signals keep its own order, by score and then by symbol`() {
    let rows = [
      Row(name: "B", strategy: 0, score: 0.6, expectedValue: 0),
      Row(name: "C", strategy: 0, score: 0.7, expectedValue: 0),
      Row(name: "A", strategy: 0, score: 0.6, expectedValue: 0.02),
      Row(name: "D", strategy: 0, score: 0.5, expectedValue: 0.02),
    ]
    #expect(Self.order(rows) == ["C", "A", "B", "D"])
    #expect(Self.order(rows.reversed()) == ["C", "A", "B", "D"])
  }

  @Test func `strategies are merged by the fused number of their best signals`() {
    let rows = [
      Row(name: "A", strategy: 0, score: 0.60, expectedValue: 0.001),
      Row(name: "B", strategy: 0, score: 0.55, expectedValue: 0.001),
      Row(name: "C", strategy: 1, score: 0.58, expectedValue: 0.015),
      Row(name: "D", strategy: 1, score: 0.10, expectedValue: 0),
    ]
    #expect(Self.order(rows) == ["C", "A", "B", "D"])
  }
}
