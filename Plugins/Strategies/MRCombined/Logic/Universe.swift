import MarketCalendar
import TradingTypes

/// What the strategy may know of the account at one close.
struct AccountView {
  /// `nil`: cannot be known, so nothing is bought.
  var funds: Funds?
  /// `nil`: cannot be known, so the gate fails.
  var breakerTripped: Bool?
  /// What is held or under way in an instrument; `nil`: cannot be known, so the gate fails.
  var occupation: (InstrumentID) -> StateFacts.Occupation?
}

/// Every symbol of the session with its indicators and its two books, and the trades they all learn from.
///
/// Two books of a symbol: the virtual book follows each signal that passes the gates, whether it is taken or not, and
/// fills the store; the real one knows the strategy's own fills. A session that acts asks the real book and the host's
/// portfolio whether a symbol is free and cooled down. A session that explains has no book but the virtual one, so there
/// it decides as well: the symbol must be free in both, and the later stop counts.
struct Universe {
  let parameters: Parameters
  let earnings: EarningsCalendar
  /// Whether every evaluation is reported and the virtual book decides, too.
  let explains: Bool
  private(set) var store = TradeStore()
  private(set) var symbols: [SymbolState]
  private var clocks: [SessionClock]

  /// Makes a universe of daily instruments; others are left out. `calendar` is asked once for each exchange.
  init<Failure: Error>(
    _ instruments: [Instrument], _ parameters: Parameters, earnings: EarningsCalendar, explains: Bool,
    calendar: (Instrument) throws(Failure) -> SessionCalendar?
  ) throws(Failure) {
    self.parameters = parameters
    self.earnings = earnings
    self.explains = explains
    clocks = []
    symbols = []
    var places: [String: Int] = [:]
    for instrument in instruments {
      let key = "\(instrument.market) \(instrument.exchange)"
      let place = places[key] ?? clocks.count
      if place == clocks.count {
        clocks.append(SessionClock(calendar: try calendar(instrument)))
        places[key] = place
      }
      symbols.append(SymbolState(instrument, clock: place))
    }
  }

  /// Takes a finished bar and returns the virtual trade that ended in it. Bars on a day without a session, bars that are
  /// not newer than the last and bars of an instrument without daily bars are ignored.
  mutating func take(_ bar: Bar) -> FollowedTrade? {
    let index = Int(bar.instrument.index)
    guard index < symbols.count, symbols[index].isNewer(bar),
      let session = clocks[symbols[index].clock].number(of: bar)
    else { return nil }
    guard let trade = symbols[index].take(bar, session: session, parameters) else { return nil }
    store.addVirtual(
      TradeStore.Key(instrument: bar.instrument, signalTime: trade.signal.time), score: trade.signal.score,
      grossReturn: trade.grossReturn)
    return trade
  }

  /// Takes a fill of one of the strategy's own orders.
  mutating func take(
    _ instrument: InstrumentID, isBuy: Bool, isStop: Bool, signalTime: Timestamp, time: Timestamp, price: Price,
    quantity: Quantity, held: Quantity
  ) {
    let index = Int(instrument.index)
    guard index < symbols.count,
      let closed = symbols[index].real.take(
        isBuy: isBuy, isStop: isStop, signalTime: signalTime, time: time, price: price, quantity: quantity, held: held)
    else { return }
    store.addReal(
      TradeStore.Key(instrument: instrument, signalTime: closed.signalTime), score: closed.score,
      grossReturn: closed.grossReturn)
  }

  /// Remembers a signal that was raised, for its confirmation and its fills.
  mutating func remember(_ evaluation: Evaluation) {
    let index = Int(evaluation.instrument.index)
    guard let signal = evaluation.remembered(session: symbols[index].session) else { return }
    symbols[index].real.remember(signal)
  }

  /// Evaluates the symbols whose bar ended now, best first: the candidates, or every one. The virtual books take up the
  /// signals that pass.
  mutating func evaluate(at time: Timestamp, all: Bool, account: () -> AccountView) -> [Evaluation] {
    var evaluations: [Evaluation] = []
    var view: AccountView?
    for index in symbols.indices {
      guard let basis = basis(of: symbols[index], at: time),
        all || (basis == .complete && barGatesPass(symbols[index]))
      else { continue }
      if view == nil { view = account() }
      guard let view else { continue }
      let evaluation = evaluation(symbols[index], basis, view)
      evaluations.append(evaluation)
      follow(evaluation, index)
    }
    if evaluations.count > 1 { evaluations.sort(by: ranksBefore) }
    return evaluations
  }

  /// The bars that ended now and made the exit of an open position due, in the order of the instruments.
  func exitsDue(at time: Timestamp) -> [Bar] {
    var bars: [Bar] = []
    for index in symbols.indices where symbols[index].real.position?.exitDue == true {
      if let bar = symbols[index].bar, bar.end == time { bars.append(bar) }
    }
    return bars
  }

  /// An instrument by its id, which must be one of the session's.
  func instrument(_ id: InstrumentID) -> Instrument { symbols[Int(id.index)].instrument }

  /// What must hold for an approved signal to become an order; `nil` when the signal is not remembered.
  func confirmation(
    of instrument: InstrumentID, barTime: Timestamp, now: Timestamp, price: Price, quoteTime: Timestamp,
    _ view: AccountView
  ) -> OrderConfirmation? {
    let index = Int(instrument.index)
    guard index < symbols.count, let signal = symbols[index].real.signal(of: barTime) else { return nil }
    let symbol = symbols[index]
    var facts = facts(symbol, CivilDate(utc: barTime), signal.session, view)
    // The signal itself is pending until it is an order.
    facts.occupation?.remove(.pendingSignal)
    return OrderConfirmation(
      signal: signal, now: now, price: price, quoteTime: quoteTime, isOpen: clocks[symbol.clock].isOpen(at: now),
      facts: facts, evidence: store.evidence(near: signal.score, parameters), cost: cost(symbol, view),
      parameters: parameters)
  }

  private func barGatesPass(_ symbol: SymbolState) -> Bool {
    let inputs = symbol.inputs
    let score = Scores(inputs).score
    guard Limit.atLeast(score, parameters.scoreMinimum) else { return false }
    return BarGates(
      inputs: inputs, score: score,
      stop: Plan(inputs, symbol.instrument, parameters)?.stop.double ?? .nan, parameters: parameters
    ).pass
  }

  /// What a symbol can be evaluated on at an instant; `nil`: it has nothing to do with this instant.
  private func basis(of symbol: SymbolState, at time: Timestamp) -> Evaluation.Basis? {
    guard let bar = symbol.bar else { return nil }
    guard bar.end == time else {
      // Its exchange closed a session now and it has no bar of it.
      let clock = clocks[symbol.clock]
      return bar.end < time && clock.latest > symbol.session && clock.latestEnd == time ? .staleBars : nil
    }
    if clocks[symbol.clock].isStale(CivilDate(utc: bar.start), at: time) { return .staleBars }
    return symbol.inputs.barCount < Parameters.barsNeeded ? .insufficientHistory : .complete
  }

  private func evaluation(
    _ symbol: SymbolState, _ basis: Evaluation.Basis, _ view: AccountView
  ) -> Evaluation {
    let bar = symbol.bar!
    let scores = Scores(symbol.inputs)
    let plan = Plan(symbol.inputs, symbol.instrument, parameters)
    let date = CivilDate(utc: bar.start)
    return Evaluation(
      instrument: symbol.instrument.id, bar: bar, basis: basis, inputs: symbol.inputs, scores: scores, plan: plan,
      quantity: view.funds.flatMap { plan?.quantity($0, symbol.instrument, parameters) } ?? .zero,
      barGates: BarGates(
        inputs: symbol.inputs, score: scores.score, stop: plan?.stop.double ?? .nan, parameters: parameters),
      facts: facts(symbol, date, symbol.session, view),
      evidence: store.evidence(near: scores.score, parameters), cost: cost(symbol, view),
      expiresAt: clocks[symbol.clock].expiry(of: date, createdAt: bar.end, parameters), parameters: parameters)
  }

  private func facts(
    _ symbol: SymbolState, _ date: CivilDate, _ session: Int, _ view: AccountView
  ) -> StateFacts {
    var occupation = view.occupation(symbol.instrument.id)
    var sinceStop = symbol.real.sessionsSinceStop(session)
    if explains {
      if symbol.virtual.isOpen { occupation?.insert(.position) }
      if let virtual = symbol.virtual.sessionsSinceStop(session) { sinceStop = min(sinceStop ?? virtual, virtual) }
    }
    return StateFacts(
      spread: nil,
      sessionsToEarnings: earnings.sessionsToReport(
        of: symbol.instrument.symbol, after: date, clocks[symbol.clock]),
      occupation: occupation, sessionsSinceStop: sinceStop, breakerTripped: view.breakerTripped,
      nextSession: clocks[symbol.clock].next(after: date))
  }

  private func cost(_ symbol: SymbolState, _ view: AccountView) -> Double {
    let converts = view.funds.map { $0.equity.currency != symbol.instrument.currency } ?? false
    return parameters.cost(spread: nil, convertsCurrency: converts)
  }

  /// The virtual book's own state takes the place of the account's.
  private mutating func follow(_ evaluation: Evaluation, _ index: Int) {
    guard evaluation.isCandidate, let plan = evaluation.plan else { return }
    let symbol = symbols[index]
    var facts = evaluation.facts
    facts.occupation = symbol.virtual.isOpen ? .position : []
    facts.sessionsSinceStop = symbol.virtual.sessionsSinceStop(symbol.session)
    guard facts.isFollowed(parameters) else { return }
    symbols[index].virtual.follow(
      FollowedSignal(
        time: evaluation.bar.start, decidedAt: evaluation.bar.end, session: symbol.session,
        score: evaluation.scores.score, plan: plan))
  }

  /// Higher scores first, undefined ones last; then by symbol.
  private func ranksBefore(_ a: Evaluation, _ b: Evaluation) -> Bool {
    let left = a.scores.score.isNaN ? -1 : a.scores.score
    let right = b.scores.score.isNaN ? -1 : b.scores.score
    if left != right { return left > right }
    return symbols[Int(a.instrument.index)].instrument.symbol < symbols[Int(b.instrument.index)].instrument.symbol
  }
}
