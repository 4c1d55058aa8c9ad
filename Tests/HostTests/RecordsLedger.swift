import Foundation
import TradingTypes

@testable import Ledger
@testable import TradingCore

/// A folder with a small ledger whose every row is known, gone with the test.
final class RecordsLedger {
  let home: String
  var path: String { home + "/ledger.db" }

  /// Makes the folder, and unless told otherwise the ledger with its story.
  init(tellsStory: Bool = true) throws {
    home = FileManager.default.temporaryDirectory.appendingPathComponent("records-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
    if tellsStory { try tell(RecordsStory.records) }
  }

  deinit { try? FileManager.default.removeItem(atPath: home) }

  /// Records a session with these rows and the story's observation.
  func tell(_ records: [Record], wall: Int64 = 1_700_000_000_000_000_000) throws {
    let ledger = try Ledger.open(path)
    defer { ledger.close() }
    _ = try ledger.begin(RecordsStory.session, wallTime: Timestamp(nanoseconds: wall))
    for record in records { try ledger.append(record) }
    if !records.isEmpty { try ledger.append(RecordsStory.observation, scanner: "pump-momentum") }
    try ledger.commit()
    try ledger.finish(summary: "{}", wallTime: Timestamp(nanoseconds: wall))
  }

  /// Changes the file past everything that watches over it.
  func execute(_ sql: String) throws {
    let connection = try Connection(path, .write, busyMilliseconds: 0)
    defer { connection.close() }
    try connection.execute(sql, "cannot prepare the test")
  }
}

/// One trade, one refusal, one open position, one signal that the breaker stopped, and one alert.
enum RecordsStory {
  static let close = at("2018-04-20T20:00:00Z")
  static let open = at("2018-04-23T13:30:00Z")
  static let left = at("2018-04-25T13:30:05Z")

  static func at(_ text: String) -> Timestamp { Timestamp(rfc3339: text)! }
  static func price(_ text: String) -> Price { Price(text)! }
  static func quantity(_ text: String) -> Quantity { Quantity(text)! }
  static func usd(_ text: String) -> Money { Money(text, .usd)! }

  static let aapl = InstrumentID(0)
  static let msft = InstrumentID(1)

  static let session = SessionDescription(
    mode: "paper", account: "paper", currency: .usd, dataHash: "d4", configuration: "",
    strategies: [.init(id: "mr-combined", version: "1.0.0", parameters: "{}")],
    instruments: ["AAPL", "MSFT", "GME"].enumerated().map { index, symbol in
      Instrument(
        id: InstrumentID(UInt32(index)), symbol: symbol, currency: .usd, market: .equity, exchange: "XNYS", tick: nil,
        step: Quantity(nanos: 1_000_000_000), barSeconds: 60)
    })

  static let records: [Record] = trade + refusal + holding

  static let observation = Observation(
    instrument: InstrumentID(2), kind: .alert, time: at("2018-04-26T15:31:00Z"), number: 1, episode: 1, price: 12.75,
    score: 71.123456789, level: "pump_watch", code: "open",
    fields: [
      Field(group: "inputs", name: "r5", value: .number(0.031)),
      Field(group: "inputs", name: "gap", value: .number(nil)),
      Field(group: "flags", name: "thin_book", value: .flag(.unknown)),
      Field(group: "code", name: "taken", value: .text("by a column")),
      Field(group: "", name: "opened_at", value: .time(nanoseconds: 1_524_756_600_000_000_000)),
    ], text: "GME +3.1 % in 5 minutes")

  private static func proposal(_ instrument: InstrumentID, _ verdict: Verdict, bar: String) -> SignalProposal {
    let bar = at(bar)
    var proposal = SignalProposal(
      instrument: instrument, verdict: verdict, action: .enterLong, barTime: bar,
      decidedAt: Timestamp(nanoseconds: bar.nanoseconds + 20 * 3_600_000_000_000), close: 41.43)
    proposal.score = 0.5693123456789
    return proposal
  }

  private static func signal(_ number: UInt64, _ proposal: SignalProposal, _ state: SignalState) -> Record {
    .signal(SignalRecord(number: number, strategy: StrategyID(0), proposal: proposal, state: state))
  }

  private static func decide(
    _ time: Timestamp, _ stage: Stage, _ decision: Decision, _ instrument: InstrumentID?, signal: UInt64? = nil,
    order: UInt64? = nil
  ) -> Record {
    .decision(
      DecisionRecord(
        time: time, stage: stage, decision: decision, instrument: instrument, signal: signal, order: order))
  }

  private static func move(_ time: Timestamp, _ number: UInt64, _ state: SignalState, _ code: String) -> Record {
    .signalState(SignalStateRecord(number: number, time: time, state: state, code: code))
  }

  private static func request(
    _ number: UInt64, _ instrument: InstrumentID, _ side: Side, _ type: OrderType, _ quantity: String, _ time: Timestamp
  ) -> OrderRequest {
    OrderRequest(
      clientOrderID: ShortText("w-\(number)")!, instrument: instrument, side: side, type: type,
      timeInForce: type == .market ? .day : .gtc, quantity: self.quantity(quantity), createdAt: time)
  }

  private static func fill(_ number: UInt64, _ request: OrderRequest, _ time: Timestamp, _ price: String) -> [Record] {
    [
      .fill(
        FillRecord(
          number: number, order: number, instrument: request.instrument, side: request.side, time: time,
          quantity: request.quantity, price: self.price(price), fee: usd("0.01"), reportID: "r\(number)")),
      .order(
        OrderRecord(
          number: number, time: time, state: .filled, quantity: request.quantity, stopPrice: .zero, reason: "filled")),
    ]
  }

  private static func position(
    _ number: UInt64, _ instrument: InstrumentID, _ time: Timestamp, _ state: PositionState, _ quantity: String,
    _ cost: String
  ) -> Record {
    .position(
      PositionRecord(
        number: number, instrument: instrument, strategy: StrategyID(0), time: time, state: state,
        quantity: self.quantity(quantity), cost: usd(cost), stop: price("37.98"), target: .zero))
  }

  /// AAPL: raised, approved by a person, bought, stopped out.
  private static var trade: [Record] {
    var raised = proposal(aapl, .raised, bar: "2018-04-20T00:00:00Z")
    raised.flags = [.ownSize, .hasExpectedValue]
    raised.expectedValue = 0.0123
    raised.quantity = quantity("14")
    raised.entryPrice = price("41.43")
    raised.stopPrice = price("37.98")
    raised.expiresAt = at("2018-04-23T20:00:00Z")
    raised.text = "oversold"
    raised.checks = [
      Check(name: "trend", kind: .bar, passed: true, value: 41.43, limit: 38.125),
      Check(name: "spread", kind: .state, passed: true, value: nil, limit: 0.002, note: "unknown"),
    ]
    raised.fields = [
      Field(group: "inputs", name: "rsi2", value: .number(3.25)), Field(group: "", name: "n", value: .integer(34)),
      Field(group: "inputs", name: "z20", value: .number(-2.0000000001)),
      Field(group: "plan", name: "limit_entry", value: .decimal(nanos: 41_180_000_000)),
    ]
    let bought = request(1, aapl, .buy, .market, "14", open)
    var stop = request(2, aapl, .sell, .stop, "14", open)
    stop.stopPrice = price("37.98")
    return [
      signal(1, raised, .generated),
      decide(close, .signal, .raised(score: 0.5693123456789, confidence: 0, expectedValue: 0.0123), aapl, signal: 1),
      decide(close, .risk, .withinLimits(exposure: 0.058, heat: 0.00483, positions: 1), aapl, signal: 1),
      decide(close, .approval, .approved(by: .person), aapl, signal: 1), move(close, 1, .approved, "approved"),
      .intent(IntentRecord(number: 1, purpose: .entry, request: bought, signal: 1, position: 1, exitReason: nil)),
      decide(open, .order, .intended(quantity: bought.quantity, price: .zero), aapl, signal: 1, order: 1),
    ] + fill(1, bought, open, "41.442429") + [
      decide(open, .order, .filled(quantity: bought.quantity, price: price("41.442429")), aapl, signal: 1, order: 1),
      position(1, aapl, open, .open, "14", "580.194006"),
      .intent(IntentRecord(number: 2, purpose: .stop, request: stop, signal: 1, position: 1, exitReason: .stop)),
    ] + fill(2, stop, left, "37.98") + [
      decide(left, .order, .filled(quantity: stop.quantity, price: price("37.98")), aapl, signal: 1, order: 2),
      position(1, aapl, left, .closed, "0", "0"),
      .trade(
        TradeRecord(
          number: 1, strategy: StrategyID(0), instrument: aapl, signal: 1, quantity: quantity("14"), entryTime: open,
          entryPrice: price("41.442429"), exitTime: left, exitPrice: price("37.98"), exitReason: .stop, exitDetail: "",
          fees: usd("0.02"), pnl: usd("-48.494006"))),
      decide(left, .exit, .tradeClosed(pnl: usd("-48.494006"), reason: .stop), aapl, signal: 1),
      move(left, 1, .done, "filled"),
    ]
  }

  /// AAPL again: the spread is too wide, and the strategy says so itself.
  private static var refusal: [Record] {
    var refused = proposal(aapl, .refused, bar: "2018-04-26T00:00:00Z")
    refused.checks = [
      Check(name: "trend", kind: .bar, passed: true, value: 41.43, limit: 38.125),
      Check(name: "spread", kind: .state, passed: false, value: 0.0031, limit: 0.002),
    ]
    refused.code = "spread"
    return [
      signal(2, refused, .generated),
      decide(refused.decidedAt, .signal, .refusedByStrategy(code: "spread"), aapl, signal: 2),
      move(refused.decidedAt, 2, .rejected, "spread"),
    ]
  }

  /// MSFT: bought and held; the breaker trips and stops the next one.
  private static var holding: [Record] {
    let time = at("2018-04-27T13:30:00Z")
    let raised = proposal(msft, .raised, bar: "2018-04-26T00:00:00Z")
    let stopped = proposal(msft, .raised, bar: "2018-04-27T00:00:00Z")
    let bought = request(3, msft, .buy, .market, "2.5", time)
    return [
      signal(3, raised, .generated),
      decide(raised.decidedAt, .signal, .raised(score: 0.5, confidence: 0, expectedValue: 0), msft, signal: 3),
      .intent(IntentRecord(number: 3, purpose: .entry, request: bought, signal: 3, position: 2, exitReason: nil)),
    ] + fill(3, bought, time, "95") + [
      position(2, msft, time, .open, "2.5", "237.5"),
      decide(time, .breaker, .tripped(loss: usd("1001"), limit: usd("1000")), nil), signal(4, stopped, .generated),
      decide(stopped.decidedAt, .risk, .breakerTripped, msft, signal: 4),
      move(stopped.decidedAt, 4, .rejected, "breaker_tripped"),
    ]
  }
}
