import TradingTypes

@testable import Ledger
@testable import TradingCore

/// A session as a list of what the host tells its ledger, made from a seed; its books add up.
struct Story {
  enum Step {
    case fact(Record)
    case observation(Observation)
    case event(ExternalEvent)
    case commit
  }

  private(set) var steps: [Step] = []
  var session = Story.session
  private var random: Seeded
  private var now = Timestamp(nanoseconds: 1_514_903_400_000_000_000)
  private var signals: UInt64 = 0
  private var orders: UInt64 = 0
  private var fills: UInt64 = 0
  private var positions: UInt64 = 0

  static let session = SessionDescription(
    mode: "paper", account: "paper", currency: .usd, dataHash: "d41d8c",
    configuration: "risk:\n  max_daily_loss: 1000\n",
    options: #"{"approve":"all"}"#, from: Timestamp(rfc3339: "2018-01-02T00:00:00Z"),
    strategies: [
      .init(id: "mr-combined", version: "1.0.0", parameters: #"{"score_min":"0.55"}"#),
      .init(id: "sma-cross", version: "1.0.0", parameters: "{}"),
    ],
    instruments: ["AAPL", "NO", "ÅB"].enumerated().map { index, symbol in
      Instrument(
        id: InstrumentID(UInt32(index)), symbol: symbol, currency: .usd, market: .equity, exchange: "XNYS", tick: nil,
        step: Quantity(nanos: 1_000_000_000), barSeconds: 86_400)
    },
    plugins: [.init(id: "mr-combined", version: "1.0.0", sha256: "ab")], build: "1.0.0")

  /// Tells of `signals` signals, about half of which become trades.
  init(seed: UInt64, signals count: Int) {
    random = Seeded(seed)
    for _ in 0..<count {
      now = now.adding(seconds: 86_400)
      tellSignal()
    }
    tell(.breaker(BreakerRecord(time: now, isTripped: true, base: usd(100_000), equity: nil)))
    tell(.equity(EquityRecord(time: now, cash: usd(100_000), equity: usd(100_001))))
    steps.append(.commit)
  }

  var facts: Int {
    steps.reduce(0) {
      switch $1 {
      case .fact, .observation: $0 + 1
      default: $0
      }
    }
  }

  private mutating func tell(_ record: Record) { steps.append(.fact(record)) }

  private func usd(_ units: Int64) -> Money { Money(nanos: units * 1_000_000_000 + 1, currency: .usd) }

  private mutating func tellSignal() {
    signals += 1
    let instrument = InstrumentID(UInt32.random(in: 0..<3, using: &random))
    let passes = Bool.random(using: &random)
    var proposal = SignalProposal(
      instrument: instrument, verdict: passes ? .raised : .refused, action: .enterLong,
      barTime: Timestamp(nanoseconds: now.nanoseconds - 23_400_000_000_000), decidedAt: now,
      close: Double.random(in: 10...200, using: &random))
    proposal.flags = passes ? [.ownSize, .hasExpectedValue] : []
    proposal.score = Double.random(in: 0...1, using: &random)
    proposal.expectedValue = 0.0123
    proposal.stopPrice = Price(nanos: Int64.random(in: 1...9_000_000_000, using: &random))
    proposal.checks = [
      Check(name: "trend", kind: .bar, passed: true, value: proposal.close, limit: 9.5),
      Check(name: "spread", kind: .state, passed: passes, value: nil, limit: 0.001, note: "unknown"),
    ]
    proposal.fields = [
      Field(group: "inputs", name: "rsi2", value: .number(3.25)), Field(group: "", name: "n", value: .integer(34)),
      Field(group: "plan", name: "stop", value: .decimal(nanos: 37_980_000_000)),
      Field(group: "flags", name: "thin_book", value: .flag(.unknown)),
    ]
    proposal.code = passes ? "" : "spread"
    tell(.signal(SignalRecord(number: signals, strategy: StrategyID(0), proposal: proposal, state: .generated)))
    guard passes else {
      decide(.signal, .refusedByStrategy(code: "spread"), instrument, order: nil)
      move(.rejected, "spread")
      return
    }
    decide(.signal, .raised(score: proposal.score, confidence: 0, expectedValue: 0.0123), instrument, order: nil)
    decide(.risk, .withinLimits(exposure: 0.05, heat: 0.01, positions: 1), instrument, order: nil)
    move(.awaitingApproval, "asked")
    steps.append(.commit)
    steps.append(.event(.approval(approved: [signals], rejected: [], by: .option)))
    move(.approved, "approved")
    trade(instrument)
    if Bool.random(using: &random) { observe(instrument) }
    if Bool.random(using: &random) { steps.append(.commit) }
  }

  private mutating func trade(_ instrument: InstrumentID) {
    positions += 1
    let quantity = Int64.random(in: 1...50, using: &random) * 1_000_000_000
    let entry = Int64.random(in: 1_000_000_001...99_999_999_999, using: &random)
    let exit = Int64.random(in: 1_000_000_001...99_999_999_999, using: &random)
    let paid = Money.notional(Price(nanos: entry), Quantity(nanos: quantity), .usd, rounded: .up)!
    let received = Money.notional(Price(nanos: exit), Quantity(nanos: quantity), .usd, rounded: .down)!
    order(instrument, .entry, .buy, quantity)
    fill(instrument, .buy, quantity, entry)
    hold(instrument, .open, quantity, paid)
    order(instrument, .stop, .sell, quantity)
    fill(instrument, .sell, quantity, exit)
    hold(instrument, .closed, 0, .zero(.usd))
    let fees = Money(nanos: 14, currency: .usd)
    let pnl = received.subtracting(paid)!.subtracting(fees)!
    tell(
      .trade(
        TradeRecord(
          number: positions, strategy: StrategyID(0), instrument: instrument, signal: signals,
          quantity: Quantity(nanos: quantity), entryTime: now, entryPrice: Price(nanos: entry), exitTime: now,
          exitPrice: Price(nanos: exit), exitReason: .stop, exitDetail: "", fees: fees, pnl: pnl)))
    decide(.exit, .tradeClosed(pnl: pnl, reason: .stop), instrument, order: nil)
    hold(instrument, .performanceRecorded, 0, .zero(.usd))
    move(.done, "filled")
  }

  private mutating func order(_ instrument: InstrumentID, _ purpose: OrderPurpose, _ side: Side, _ quantity: Int64) {
    orders += 1
    var request = OrderRequest(
      clientOrderID: ShortText("w-\(orders)")!, instrument: instrument, side: side,
      type: purpose == .entry ? .market : .stop,
      timeInForce: purpose == .entry ? .day : .gtc, quantity: Quantity(nanos: quantity), createdAt: now)
    request.stopPrice = purpose == .entry ? .zero : Price(nanos: 5_000_000_000)
    tell(
      .intent(
        IntentRecord(
          number: orders, purpose: purpose, request: request, signal: signals, position: positions,
          exitReason: purpose == .stop ? .stop : nil)))
    decide(.order, .intended(quantity: request.quantity, price: request.stopPrice), instrument, order: orders)
    steps.append(.commit)
    steps.append(.event(.placed(orders, .accepted, reason: "")))
    state(.working(filled: .zero), request, "")
  }

  private mutating func state(_ state: OrderState, _ request: OrderRequest, _ reason: String) {
    tell(
      .order(
        OrderRecord(
          number: orders, time: now, state: state, quantity: request.quantity, stopPrice: request.stopPrice,
          reason: reason)))
  }

  private mutating func fill(_ instrument: InstrumentID, _ side: Side, _ quantity: Int64, _ price: Int64) {
    fills += 1
    let report = OrderReport(
      reportID: "r\(fills)", clientOrderID: ShortText("w-\(orders)")!, venueOrderID: "v\(orders)",
      instrument: instrument,
      kind: .fill, side: side, time: now, quantity: Quantity(nanos: quantity), price: Price(nanos: price), feeNanos: 7,
      cumulative: Quantity(nanos: quantity), stopPrice: .zero, reason: "")
    steps.append(.event(.report(report)))
    tell(
      .fill(
        FillRecord(
          number: fills, order: orders, instrument: instrument, side: side, time: now, quantity: report.quantity,
          price: report.price, fee: Money(nanos: 7, currency: .usd), reportID: report.reportID)))
    tell(
      .order(
        OrderRecord(
          number: orders, time: now, state: .filled, quantity: report.quantity, stopPrice: .zero, reason: "filled")))
  }

  private mutating func hold(_ instrument: InstrumentID, _ state: PositionState, _ quantity: Int64, _ cost: Money) {
    tell(
      .position(
        PositionRecord(
          number: positions, instrument: instrument, strategy: StrategyID(0), time: now, state: state,
          quantity: Quantity(nanos: quantity), cost: cost, stop: Price(nanos: 5_000_000_000), target: .zero)))
  }

  private mutating func observe(_ instrument: InstrumentID) {
    steps.append(
      .observation(
        Observation(
          instrument: instrument, kind: .alert, time: now, number: signals, episode: 1, price: 1.5, score: 71,
          level: "pump_watch", code: "open", fields: [Field(group: "inputs", name: "r5", value: .number(nil))],
          text: "up")))
  }

  private mutating func decide(
    _ stage: Stage, _ decision: Decision, _ instrument: InstrumentID, order: OrderNumber?
  ) {
    tell(
      .decision(
        DecisionRecord(
          time: now, stage: stage, decision: decision, instrument: instrument, signal: signals, order: order)))
  }

  private mutating func move(_ state: SignalState, _ code: String) {
    tell(.signalState(SignalStateRecord(number: signals, time: now, state: state, code: code)))
  }
}

extension Ledger {
  /// Tells a story up to a step; events that are journaled already are not told again.
  func tell(_ story: Story, through end: Int? = nil) throws(LedgerError) {
    var events = 0
    let journaled = journalCount
    for (index, step) in story.steps.enumerated() {
      if let end, index >= end { return }
      switch step {
      case .fact(let record): try append(record)
      case .observation(let observation): try append(observation, scanner: "pump-momentum")
      case .event(let event):
        events += 1
        if events > journaled { try journal(event, input: UInt64(index), wallTime: wall) }
      case .commit: try commit()
      }
    }
  }

  /// Records a whole story in a new file.
  static func record(_ story: Story, at path: String) throws(LedgerError) {
    let ledger = try Ledger.open(path)
    defer { ledger.close() }
    _ = try ledger.begin(story.session, wallTime: wall)
    try ledger.tell(story)
    try ledger.finish(summary: #"{"trades":1}"#, wallTime: wall)
  }
}

extension LedgerReader {
  static func digest(_ path: String) throws -> String {
    let reader = try LedgerReader(path)
    defer { reader.close() }
    return try reader.digest()
  }

  static func problems(_ path: String) throws -> [String] {
    let reader = try LedgerReader(path)
    defer { reader.close() }
    return try reader.verify().problems
  }
}
