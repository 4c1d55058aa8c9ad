import TradingCore
import TradingTypes

// Effects, performed oldest first. What comes back may add more.
extension Engine {
  /// Performs the queue to its end; does nothing when called from within an effect, whose caller goes on with it.
  func performQueue() throws {
    guard !isPerforming else { return }
    isPerforming = true
    defer { isPerforming = false }
    var next = 0
    while next < queue.count {
      let effect = queue[next]
      next += 1
      try perform(effect)
    }
    queue.removeAll(keepingCapacity: true)
  }

  private func perform(_ effect: Effect) throws {
    switch effect {
    case .record(let record): try append(record)
    case .fill(let strategy, let notice): try strategies[Int(strategy.index)].onFill(notice)
    case .notify(let notification): if !isRepeating { notifier?.notify(notification) }
    case .recheck(let signal, let strategy, let request): try recheck(signal, strategy, request)
    case .askApproval(let signals, _): try ask(signals)
    case .place(let number, let request):
      try outbound(isAnswered: { !core.awaitsPlacement(number) }) { try place(number, request) }
    case .replace(let number, let id, let quantity, let stop):
      try outbound(isAnswered: { !core.awaitsChange(number) }) {
        let answer = broker.replace(clientOrderID: id, quantity: quantity, stopPrice: stop)
        try take(complete(answer, id)) { .replaced(number, $0, reason: $1) }
      }
    case .cancel(let number, let id):
      try outbound(isAnswered: { !core.awaitsCancellation(number) }) {
        let answer = broker.cancel(clientOrderID: id)
        try take(complete(answer, id)) { .cancelled(number, $0, reason: $1) }
      }
    }
  }

  private func append(_ record: Record) throws {
    let isOld = try recorder.append(record)
    if !isOld { isDirty = true }
    if isOld, case .intent(let intent) = record { committedBefore.insert(intent.number) }
  }

  /// Makes what was decided durable before a call leaves; while repeating, the journal has the answers.
  private func outbound(isAnswered: () -> Bool, _ call: () throws -> Void) throws {
    if journal.isReplaying {
      try replayJournal()
      if journal.isReplaying { return }
    }
    // An earlier life may have had the answer at this very place.
    if isAnswered() { return }
    try commit()
    try faults?.pass("before the call")
    try call()
  }

  private func place(_ number: OrderNumber, _ request: OrderRequest) throws {
    if committedBefore.remove(number) != nil {
      // An earlier life may have sent it. Ask before placing; if that fails, nobody knows, and nothing is sent.
      let known = broker.order(clientOrderID: request.clientOrderID)
      if known.outcome != .notFound {
        let outcome: PlacementOutcome = known.outcome == .accepted ? .accepted : .unknown
        try take(BrokerAnswer(outcome, reason: known.reason, reports: known.reports)) {
          .placed(number, $0, reason: $1)
        }
        return
      }
    }
    try take(broker.place(request)) { .placed(number, $0, reason: $1) }
  }

  /// A change the venue knows nothing of may have crossed the order's end: then its own account of the order counts.
  private func complete(_ answer: BrokerAnswer, _ clientOrderID: String) -> BrokerAnswer {
    guard answer.outcome == .notFound || answer.outcome == .rejected else { return answer }
    var answer = answer
    let known = broker.order(clientOrderID: clientOrderID)
    if known.outcome == .accepted { answer.reports = known.reports }
    return answer
  }

  private func take(
    _ answer: BrokerAnswer, _ event: (PlacementOutcome, String) -> ExternalEvent
  ) throws {
    try faults?.pass("after the call")
    try feed(batch: [event(answer.outcome, answer.reason)] + answer.reports.map { .report($0) })
  }

  private func recheck(_ signal: SignalNumber, _ strategy: StrategyID, _ request: RecheckRequest) throws {
    view?.show(portfolioOf: core)
    var checks: [Check]
    do {
      checks = try strategies[Int(strategy.index)].recheck(request)
    } catch {
      checks = [
        Check(name: "strategy_answers", kind: .recheck, passed: false, value: nil, limit: nil, note: "\(error)")
      ]
    }
    inputs += 1
    core.handle(.rechecked(signal, checks), into: &effects)
    queue.append(contentsOf: effects.effects)
    effects.removeAll()
  }

  private func ask(_ signals: [SignalNumber]) throws {
    for number in signals {
      if let question = core.question(number) { questions[number] = question }
    }
    if journal.isReplaying {
      try replayJournal()
      if journal.isReplaying { return }
    }
    if recorder.isCatchingUp { return }
    let open = signals.filter { core.isAwaitingApproval($0) }.compactMap { questions[$0] }
    guard let approval, !open.isEmpty else { return }
    try commit()
    try take(approval.ask(open, now: time))
  }

  func commit() throws {
    guard isDirty else { return }
    try faults?.pass("before the commit")
    try recorder.commit()
    isDirty = false
    try faults?.pass("after the commit")
  }
}

extension Core {
  /// A signal as a person is asked about it; `nil` when it waits for no answer.
  func question(_ number: SignalNumber) -> Question? {
    guard let signal = awaiting(number) else { return nil }
    return Question(
      signal: number, strategy: configuration.strategies[Int(signal.strategy.index)].id,
      symbol: configuration.instruments[Int(signal.proposal.instrument.index)].symbol, quantity: signal.quantity,
      proposal: signal.proposal, expiresAt: signal.expiresAt)
  }
}
