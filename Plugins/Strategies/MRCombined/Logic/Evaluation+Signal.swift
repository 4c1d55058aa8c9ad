import PluginSDK
import TradingTypes

extension Evaluation {
  /// The evaluation as the host is told of it: a signal, a candidate with what stood against it, or neither.
  func signal(_ instrument: Instrument) -> Signal {
    let gates = gates
    let obstacle = obstacle(gates)
    let interval = evidence.hitRateInterval()
    var signal = Signal(
      !isCandidate ? .evaluated : obstacle == nil ? .raised : .refused, .enterLong, bar: bar)
    signal.code = obstacle ?? ""
    signal.text = text(instrument.symbol, obstacle, gates, interval)
    guard basis == .complete else {
      signal.fields = [
        .integer("inputs", "bars", inputs.barCount), .integer("inputs", "bars_needed", Parameters.barsNeeded),
      ]
      return signal
    }
    signal.orderType = parameters.entry == .market ? .market : .limit
    signal.expiresAt = expiresAt
    signal.score = known(scores.score)
    signal.confidence = 100 * evidence.hitRate
    signal.expectedValue = expectedValue
    signal.ownQuantity = quantity
    signal.personOnly = true
    signal.waitsForOpen = true
    signal.timeStopCloses = UInt32(parameters.timeStopCloses)
    signal.checks = gates.map {
      Check(
        $0.name.rawValue, $0.name.needsOnlyBars ? .bar : .state, passed: $0.passed, value: known($0.value),
        limit: known($0.limit), note: $0.note)
    }
    signal.fields = inputFields + scoreFields + planFields + evidenceFields(interval)
    if let plan { setPrices(&signal, plan) }
    return signal
  }

  private func setPrices(_ signal: inout Signal, _ plan: Plan) {
    signal.entryPrice = positive(plan.entry)
    signal.limitPrice = parameters.entry == .limit ? positive(plan.limitEntry) : nil
    signal.stopPrice = positive(plan.stop)
    signal.stopDistance = positive(plan.stopDistance)
    guard parameters.target else { return }
    // The host takes the greater of this price and the fill plus the distance, so it is given the floor alone: a target
    // of the planned entry would stay too high after a cheaper fill.
    signal.targetPrice = positive(plan.targetFloor > plan.entry ? plan.targetFloor : plan.target)
    signal.targetDistance = positive(plan.targetDistance)
  }

  private var inputFields: [Field] {
    [
      .number("inputs", "rsi2", known(inputs.rsi2)), .number("inputs", "z20", known(inputs.z20)),
      .number("inputs", "ibs", known(inputs.ibs)), .number("inputs", "r5", known(inputs.r5)),
      .number("inputs", "z5", known(inputs.z5)), .number("inputs", "rv", known(inputs.rv)),
      .number("inputs", "atr14", known(inputs.atr14)), .number("inputs", "sma5", known(inputs.sma5)),
      .number("inputs", "sma20", known(inputs.sma20)), .number("inputs", "sma200", known(inputs.sma200)),
      .number("inputs", "percent_b", known(inputs.percentB)),
      .number("inputs", "traded_value", known(inputs.tradedValue)), .integer("inputs", "bars", inputs.barCount),
    ]
  }

  private var scoreFields: [Field] {
    [
      .number("sub_scores", "r", known(scores.r)), .number("sub_scores", "z", known(scores.z)),
      .number("sub_scores", "b", known(scores.b)), .number("sub_scores", "d", known(scores.d)),
    ]
  }

  private var planFields: [Field] {
    guard let plan else { return [] }
    return [
      .decimal("plan", "entry", plan.entry), .decimal("plan", "stop", plan.stop),
      .decimal("plan", "target", plan.target), .decimal("plan", "limit_entry", plan.limitEntry),
      .decimal("plan", "quantity", quantity),
    ]
  }

  private func evidenceFields(_ interval: (low: Double, high: Double)) -> [Field] {
    let fields: [Field] = [
      .integer("ev", "n", evidence.count), .integer("ev", "wins", evidence.wins),
      .number("ev", "p_hat", evidence.hitRate), .number("ev", "p_low", interval.low),
      .number("ev", "p_high", interval.high), .number("ev", "win_avg", evidence.meanWin),
      .number("ev", "loss_avg", evidence.meanLoss), .number("ev", "cost", cost),
      .number("ev", "ev_net", expectedValue),
    ]
    return warmingUp.map {
      fields + [
        .integer("warming_up", "near_trades", $0), .integer("warming_up", "needed", parameters.warmUpTrades),
      ]
    } ?? fields
  }

  private func known(_ value: Double) -> Double? { value.isFinite ? value : nil }

  private func positive(_ price: Price) -> Price? { price.nanos > 0 ? price : nil }
}

extension FollowedTrade {
  /// The trade as the host is told of it.
  func report(_ instrument: InstrumentID) -> VirtualTrade {
    let (exitReason, code): (ExitReason, String) =
      switch reason {
      case .sma5: (.strategy, "sma5")
      case .time: (.time, "time")
      case .stop: (.stop, "stop")
      case .target: (.target, "target")
      }
    return VirtualTrade(
      instrument: instrument, signalTime: signal.time, entryTime: entryTime, exitTime: exitTime, entry: entry,
      stop: stop, exit: exit, exitReason: exitReason, sessionCloses: UInt32(max(closes, 0)),
      grossReturn: grossReturn, code: code)
  }
}
