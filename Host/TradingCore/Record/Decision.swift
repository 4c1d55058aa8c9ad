import TradingTypes

/// A station of the road at which a decision is made.
public enum Stage: String, Hashable, Sendable, Codable, CaseIterable {
  case signal, rank, size, risk, approval, recheck, order, protect, exit, breaker
}

/// What a stage answered: one case of a closed set, with the numbers that decided it.
public enum Decision: Hashable, Sendable {
  // signal
  case raised(score: Double, confidence: Double, expectedValue: Double)
  case refusedByStrategy(code: String)
  case noPositionToExit
  // rank
  case ranked(place: Int, of: Int, fused: Double)
  // size
  case sized(quantity: Quantity, band: Double)
  case sizedByStrategy(quantity: Quantity)
  case cappedByBuyingPower(from: Quantity, to: Quantity, buyingPower: Money)
  case confidenceBelowMinimum(confidence: Double, minimum: Double)
  case sizeZero(step: Quantity)
  case notComputable(what: StaticCode)
  case currencyMismatch
  // risk
  case withinLimits(exposure: Double, heat: Double, positions: Int)
  case breakerTripped
  case entriesStopped
  case symbolBlocked
  case symbolAlreadyHeld(quantity: Quantity)
  case orderAlreadyPending
  case signalAlreadyPending
  case tooManyPositions(positions: Int, limit: Int)
  case exposureAboveLimit(exposure: Double, limit: Double)
  case portfolioHeatAboveLimit(heat: Double, limit: Double)
  case stopNotBelowEntry(entry: Price, stop: Price)
  case strategyFailed(strategy: String, epoch: Int)
  case strategyReplaced(strategy: String, epoch: Int)
  // approval
  case asked(batch: UInt64, deadline: Timestamp)
  case approved(by: Approver)
  case rejected(by: Approver)
  case unanswered(expiresAt: Timestamp)
  case expired(expiresAt: Timestamp)
  case superseded
  // recheck
  case stillStands(price: Price, checks: Int)
  case recheckFailed(name: String, value: Double, limit: Double)
  case quoteStale(ageSeconds: Double, limit: Double)
  case sessionClosed
  // order
  case intended(quantity: Quantity, price: Price)
  case accepted
  case filled(quantity: Quantity, price: Price)
  case orderRejected(reason: String)
  case orderCancelled(reason: String)
  case orderExpired(reason: String)
  case outcomeUnknown
  case illegalReport(kind: String)
  // protect and exit
  case protected(quantity: Quantity, stop: Price)
  case trailed(stop: Price, high: Price)
  case unprotected(quantity: Quantity)
  case strategyQuarantined(strategy: String, policy: PositionPolicy)
  case exitDue(reason: ExitReason, detail: String)
  case tradeClosed(pnl: Money, reason: ExitReason)
  // breaker
  case tripped(loss: Money, limit: Money)
  case trippedUncomputable(what: StaticCode)
  case rearmed

  /// A fixed word of the program, never text from outside.
  public enum StaticCode: String, Hashable, Sendable {
    case equity, price, notional, exposure, heat, buyingPower = "buying_power", quantity
  }
}

/// Who answered an approval.
public enum Approver: String, Hashable, Sendable, Codable {
  /// A person at a terminal or channel.
  case person
  /// The option `--approve all` or `--approve none`, or a backtest, which asks nobody.
  case option
  /// `approval_timeout_action` after an unanswered timeout.
  case timeout
}

extension Decision {
  /// The code in the ledger and JSON, snake_case.
  public var code: String {
    switch self {
    case .raised: "raised"
    case .refusedByStrategy(let code): code.isEmpty ? "refused" : code
    case .noPositionToExit: "no_position_to_exit"
    case .ranked: "ranked"
    case .sized: "sized"
    case .sizedByStrategy: "sized_by_strategy"
    case .cappedByBuyingPower: "capped_by_buying_power"
    case .confidenceBelowMinimum: "confidence_below_minimum"
    case .sizeZero: "size_zero"
    case .notComputable: "not_computable"
    case .currencyMismatch: "currency_mismatch"
    case .withinLimits: "within_limits"
    case .breakerTripped: "breaker_tripped"
    case .entriesStopped: "entries_stopped"
    case .symbolBlocked: "symbol_blocked"
    case .symbolAlreadyHeld: "symbol_already_held"
    case .orderAlreadyPending: "order_already_pending"
    case .signalAlreadyPending: "signal_already_pending"
    case .tooManyPositions: "too_many_positions"
    case .exposureAboveLimit: "exposure_above_limit"
    case .portfolioHeatAboveLimit: "portfolio_heat_above_limit"
    case .stopNotBelowEntry: "stop_not_below_entry"
    case .strategyFailed: "strategy_failed"
    case .strategyReplaced: "strategy_replaced"
    case .asked: "asked"
    case .approved: "approved"
    case .rejected: "rejected"
    case .unanswered: "unanswered"
    case .expired: "expired"
    case .superseded: "superseded"
    case .stillStands: "still_stands"
    case .recheckFailed: "recheck_failed"
    case .quoteStale: "quote_stale"
    case .sessionClosed: "session_closed"
    case .intended: "intended"
    case .accepted: "accepted"
    case .filled: "filled"
    case .orderRejected: "order_rejected"
    case .orderCancelled: "order_cancelled"
    case .orderExpired: "order_expired"
    case .outcomeUnknown: "outcome_unknown"
    case .illegalReport: "illegal_report"
    case .protected: "protected"
    case .trailed: "trailed"
    case .unprotected: "unprotected"
    case .strategyQuarantined: "strategy_quarantined"
    case .exitDue: "exit_due"
    case .tradeClosed: "trade_closed"
    case .tripped: "tripped"
    case .trippedUncomputable: "tripped_uncomputable"
    case .rearmed: "rearmed"
    }
  }

  /// Whether the subject goes on along the road.
  public var passed: Bool {
    switch self {
    case .raised, .ranked, .sized, .sizedByStrategy, .cappedByBuyingPower, .withinLimits, .asked, .approved,
      .stillStands, .intended, .accepted, .filled, .protected, .trailed, .exitDue, .tradeClosed, .rearmed,
      .strategyReplaced:
      true
    default: false
    }
  }

  /// The numbers that decided it, by name; decimals exact, texts where the number is a name.
  public var numbers: [(name: String, value: Field.Value)] {
    func decimal(_ name: String, _ value: some FixedPoint) -> (String, Field.Value) {
      (name, .decimal(nanos: value.nanos))
    }
    func money(_ name: String, _ value: Money) -> (String, Field.Value) { (name, .decimal(nanos: value.nanos)) }
    func number(_ name: String, _ value: Double) -> (String, Field.Value) { (name, .number(value)) }
    func count(_ name: String, _ value: Int) -> (String, Field.Value) { (name, .integer(Int64(value))) }
    func text(_ name: String, _ value: String) -> (String, Field.Value) { (name, .text(value)) }
    func time(_ name: String, _ value: Timestamp) -> (String, Field.Value) {
      (name, .time(nanoseconds: value.nanoseconds))
    }
    switch self {
    case .raised(let score, let confidence, let expectedValue):
      return [number("score", score), number("confidence", confidence), number("expected_value", expectedValue)]
    case .ranked(let place, let of, let fused): return [count("place", place), count("of", of), number("fused", fused)]
    case .sized(let quantity, let band): return [decimal("quantity", quantity), number("band", band)]
    case .sizedByStrategy(let quantity): return [decimal("quantity", quantity)]
    case .cappedByBuyingPower(let from, let to, let power):
      return [decimal("from", from), decimal("to", to), money("buying_power", power)]
    case .confidenceBelowMinimum(let confidence, let minimum):
      return [number("confidence", confidence), number("minimum", minimum)]
    case .sizeZero(let step): return [decimal("step", step)]
    case .notComputable(let what), .trippedUncomputable(let what): return [text("what", what.rawValue)]
    case .withinLimits(let exposure, let heat, let positions):
      return [number("exposure", exposure), number("heat", heat), count("positions", positions)]
    case .symbolAlreadyHeld(let quantity): return [decimal("quantity", quantity)]
    case .tooManyPositions(let positions, let limit): return [count("positions", positions), count("limit", limit)]
    case .exposureAboveLimit(let value, let limit): return [number("exposure", value), number("limit", limit)]
    case .portfolioHeatAboveLimit(let value, let limit): return [number("heat", value), number("limit", limit)]
    case .stopNotBelowEntry(let entry, let stop): return [decimal("entry", entry), decimal("stop", stop)]
    case .strategyFailed(let strategy, let epoch), .strategyReplaced(let strategy, let epoch):
      return [text("strategy", strategy), count("epoch", epoch)]
    case .strategyQuarantined(let strategy, let policy):
      return [text("strategy", strategy), text("policy", policy.rawValue)]
    case .asked(let batch, let deadline): return [count("batch", Int(clamping: batch)), time("deadline", deadline)]
    case .approved(let by), .rejected(let by): return [text("by", by.rawValue)]
    case .unanswered(let at), .expired(let at): return [time("expires_at", at)]
    case .stillStands(let price, let checks): return [decimal("price", price), count("checks", checks)]
    case .recheckFailed(let name, let value, let limit):
      return [text("check", name), number("value", value), number("limit", limit)]
    case .quoteStale(let age, let limit): return [number("age_seconds", age), number("limit", limit)]
    case .intended(let quantity, let price), .filled(let quantity, let price):
      return [decimal("quantity", quantity), decimal("price", price)]
    case .orderRejected(let reason), .orderCancelled(let reason), .orderExpired(let reason):
      return [text("reason", reason)]
    case .illegalReport(let kind): return [text("kind", kind)]
    case .protected(let quantity, let stop): return [decimal("quantity", quantity), decimal("stop", stop)]
    case .trailed(let stop, let high): return [decimal("stop", stop), decimal("high", high)]
    case .unprotected(let quantity): return [decimal("quantity", quantity)]
    case .exitDue(let reason, let detail): return [text("reason", reason.name), text("detail", detail)]
    case .tradeClosed(let pnl, let reason): return [money("pnl", pnl), text("reason", reason.name)]
    case .tripped(let loss, let limit): return [money("loss", loss), money("limit", limit)]
    case .refusedByStrategy, .noPositionToExit, .currencyMismatch, .breakerTripped, .entriesStopped, .symbolBlocked,
      .orderAlreadyPending, .signalAlreadyPending, .superseded, .sessionClosed, .accepted, .outcomeUnknown, .rearmed:
      return []
    }
  }
}
