import TradingTypes

@testable import Ledger
@testable import TradingCore

/// A ledger that facts are told to one by one, and read back at the end.
final class Recording {
  let scratch = Scratch()
  let ledger: Ledger

  init(_ session: SessionDescription = Story.session) throws {
    ledger = try Ledger.open(scratch.path())
    _ = try ledger.begin(session, wallTime: wall)
  }

  /// What the readers see after a commit.
  func reader() throws -> LedgerReader {
    try ledger.commit()
    return try LedgerReader(scratch.path())
  }

  @discardableResult
  func signal(
    _ number: UInt64, at time: String = "2018-04-20T20:00:00Z", bar: String = "2018-04-20T00:00:00Z",
    symbol: UInt32 = 0, action: SignalAction = .enterLong, checks: [Check] = [], fields: [Field] = [],
    change: (inout SignalProposal) -> Void = { _ in }
  ) throws -> SignalProposal {
    var proposal = SignalProposal(
      instrument: InstrumentID(symbol), verdict: .raised, action: action, barTime: Timestamp(rfc3339: bar)!,
      decidedAt: Timestamp(rfc3339: time)!, close: 41.43)
    proposal.checks = checks
    proposal.fields = fields
    change(&proposal)
    try ledger.append(
      .signal(SignalRecord(number: number, strategy: StrategyID(0), proposal: proposal, state: .generated)))
    return proposal
  }

  func decide(
    _ stage: Stage, _ decision: Decision, signal: UInt64?, order: UInt64? = nil, symbol: UInt32? = 0,
    at time: String = "2018-04-20T20:00:00Z"
  ) throws {
    try ledger.append(
      .decision(
        DecisionRecord(
          time: Timestamp(rfc3339: time)!, stage: stage, decision: decision, instrument: symbol.map(InstrumentID.init),
          signal: signal, order: order)))
  }

  func intent(
    _ number: UInt64, signal: UInt64, position: UInt64, side: Side = .buy, quantity: Int64 = 10_000_000_000,
    change: (inout OrderRequest) -> Void = { _ in }
  ) throws {
    var request = OrderRequest(
      clientOrderID: ShortText("c\(number)")!, instrument: InstrumentID(0), side: side, type: .market,
      timeInForce: .day,
      quantity: Quantity(nanos: quantity), createdAt: wall)
    change(&request)
    try ledger.append(
      .intent(
        IntentRecord(
          number: number, purpose: side == .buy ? .entry : .exit, request: request, signal: signal, position: position,
          exitReason: nil)))
  }

  func state(_ number: UInt64, _ state: OrderState, quantity: Int64 = 10_000_000_000, reason: String = "") throws {
    try ledger.append(
      .order(
        OrderRecord(
          number: number, time: wall, state: state, quantity: Quantity(nanos: quantity), stopPrice: .zero,
          reason: reason)))
  }

  func fill(
    _ number: UInt64, order: UInt64, side: Side = .buy, quantity: Int64 = 10_000_000_000, price: Int64 = 2_000_000_000,
    fee: Int64 = 0, report: String? = nil
  ) throws {
    try ledger.append(
      .fill(
        FillRecord(
          number: number, order: order, instrument: InstrumentID(0), side: side, time: wall,
          quantity: Quantity(nanos: quantity), price: Price(nanos: price), fee: Money(nanos: fee, currency: .usd),
          reportID: report ?? "r\(number)")))
  }

  func position(_ number: UInt64, _ state: PositionState, quantity: Int64, cost: Int64 = 0) throws {
    try ledger.append(
      .position(
        PositionRecord(
          number: number, instrument: InstrumentID(0), strategy: StrategyID(0), time: wall, state: state,
          quantity: Quantity(nanos: quantity), cost: Money(nanos: cost, currency: .usd), stop: .zero, target: .zero)))
  }

  func trade(_ number: UInt64, signal: UInt64, quantity: Int64 = 10_000_000_000, fees: Int64 = 0, pnl: Int64) throws {
    try ledger.append(
      .trade(
        TradeRecord(
          number: number, strategy: StrategyID(0), instrument: InstrumentID(0), signal: signal,
          quantity: Quantity(nanos: quantity), entryTime: wall, entryPrice: Price(nanos: 2_000_000_000), exitTime: wall,
          exitPrice: Price(nanos: 3_000_000_000), exitReason: .strategy, exitDetail: "sma5",
          fees: Money(nanos: fees, currency: .usd), pnl: Money(nanos: pnl, currency: .usd))))
  }
}
