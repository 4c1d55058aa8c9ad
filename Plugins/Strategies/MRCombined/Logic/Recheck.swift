import TradingTypes

/// A raised signal as the strategy remembers it until it is entered or forgotten.
struct RaisedSignal: Equatable {
  let barTime: Timestamp
  let session: Int
  let close: Double
  let atr: Double
  let score: Double
  let stop: Price
  /// `nil`: where the next session is not known; the host lets it end at that session's close.
  let expiresAt: Timestamp?
}

/// What is looked at when an approved signal is about to become an order.
struct OrderConfirmation {
  let signal: RaisedSignal
  let now: Timestamp
  /// The ask, or the last price if there is none.
  let price: Price
  let quoteTime: Timestamp
  /// `nil`: not known here.
  let isOpen: Bool?
  let facts: StateFacts
  let evidence: Evidence
  let cost: Double
  let parameters: Parameters

  /// One condition of the confirmation.
  struct Condition: Equatable {
    let name: String
    let passed: Bool
    var value = Double.nan
    var limit = Double.nan
    var note = ""
  }

  /// Every condition in the order of the specification: time to live, a fresh quote in session, the gates that can have
  /// changed since the close, the price against stop and close, hit rate, and what the move has left of the expected
  /// value. The gates of the bar decided on cannot have changed: a restated bar supersedes the signal.
  func conditions() -> [Condition] {
    let stop = signal.stop.double
    let move = price.double - signal.close
    let age = seconds(from: quoteTime, to: now)
    let value = evidence.expectedValue(cost: cost) - max(0, move / signal.close)
    var conditions = [
      timeToLive,
      Condition(
        name: "quote_age", passed: quoteTime <= now && age <= Double(parameters.quoteAgeSeconds), value: age,
        limit: Double(parameters.quoteAgeSeconds)),
      Condition(name: "in_session", passed: isOpen ?? true, note: isOpen == nil ? "from_data" : ""),
    ]
    for name in Gate.Name.allCases {
      guard let gate = facts.gate(name, parameters) else { continue }
      conditions.append(
        Condition(name: name.rawValue, passed: gate.passed, value: gate.value, limit: gate.limit, note: gate.note))
    }
    conditions += [
      Condition(name: "above_stop", passed: Limit.above(price.double, stop), value: price.double, limit: stop),
      Condition(
        name: "price_move", passed: Limit.atMost(abs(move), parameters.priceMoveATR * signal.atr), value: abs(move),
        limit: parameters.priceMoveATR * signal.atr),
      Condition(
        name: "p_hat", passed: Limit.atLeast(evidence.hitRate, parameters.pMinimum), value: evidence.hitRate,
        limit: parameters.pMinimum),
      Condition(
        name: "ev_net", passed: Limit.atLeast(value, parameters.evMinimum), value: value, limit: parameters.evMinimum),
    ]
    return conditions
  }

  private var timeToLive: Condition {
    guard let expiresAt = signal.expiresAt else { return Condition(name: "ttl", passed: true, note: "from_data") }
    return Condition(name: "ttl", passed: now <= expiresAt, value: seconds(from: now, to: expiresAt), limit: 0)
  }

  private func seconds(from: Timestamp, to: Timestamp) -> Double {
    (Double(to.nanoseconds) - Double(from.nanoseconds)) / 1e9
  }
}
