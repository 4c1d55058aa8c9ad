import TradingCore
import TradingTypes

// Effects, performed oldest first. What comes back may add more.
extension Engine {
  /// Performs the queue to its end; does nothing when called from within an effect, whose caller goes on with it.
  @inline(__always)
  mutating func performQueue() throws {
    if !isPerforming, !queue.isEmpty { try performAll() }
  }

  @inline(never)
  private mutating func performAll() throws {
    isPerforming = true
    defer { isPerforming = false }
    while !queue.isEmpty { try performNext() }
  }

  @inline(__always)
  private mutating func performNext() throws {
    switch queue.removeFirst() {
    case .record(let record): try append(record)
    case .fill(let strategy, let notice): try strategies.call(Int(strategy.index)) { try $0.onFill(notice) }
    case .notify(let notification): if !isRepeating { notifier?.notify(notification) }
    case .recheck(let signal, let strategy, let request): try recheck(signal, strategy, request)
    case .askApproval(let signals, _): try ask(signals)
    case .place(let number):
      // An earlier life may have had the answer at this very place.
      guard try mayCall(), core.awaitsPlacement(number) else { return }
      try prepareCall()
      try place(number)
    case .replace(let number, let id, let quantity, let stop):
      guard try mayCall(), core.awaitsChange(number) else { return }
      try prepareCall()
      var told = ReportBuffer()
      let answer = broker.replace(clientOrderID: id, quantity: quantity, stopPrice: stop, into: &told)
      complete(answer, id, &told)
      try take(.replaced(number, answer.outcome, reason: answer.reason), told)
    case .cancel(let number, let id):
      guard try mayCall(), core.awaitsCancellation(number) else { return }
      try prepareCall()
      var told = ReportBuffer()
      let answer = broker.cancel(clientOrderID: id, into: &told)
      complete(answer, id, &told)
      try take(.cancelled(number, answer.outcome, reason: answer.reason), told)
    }
  }

  private mutating func append(_ record: Record) throws {
    let isOld = try recorder.append(record)
    if !isOld { isDirty = true }
    if isOld, case .intent(let intent) = record { committedBefore.insert(intent.number) }
  }

  /// Whether a call may leave now; while repeating, the journal has the answers.
  private mutating func mayCall() throws -> Bool {
    guard journal.isReplaying else { return true }
    try replayJournal()
    return !journal.isReplaying
  }

  /// Makes what was decided durable before a call leaves.
  private mutating func prepareCall() throws {
    try commit()
    try faults?.pass("before the call")
  }

  private mutating func place(_ number: OrderNumber) throws {
    let request = core.request(number)
    // The storage is used again; a call within this one would find it taken and make its own.
    var told = ReportBuffer()
    swap(&told, &reports)
    defer { swap(&told, &reports) }
    told.removeAll()
    if !committedBefore.isEmpty, committedBefore.remove(number) != nil {
      // An earlier life may have sent it. Ask before placing; if that fails, nobody knows, and nothing is sent.
      let known = broker.order(clientOrderID: request.clientOrderID, into: &told)
      if known.outcome != .notFound {
        let outcome: PlacementOutcome = known.outcome == .accepted ? .accepted : .unknown
        try faults?.pass("after the call")
        return try feed(placed: number, BrokerAnswer(outcome, reason: known.reason), &told)
      }
      told.removeAll()
    }
    try bringVenueUpToDate(request.instrument)
    let answer = broker.place(request, into: &told)
    try faults?.pass("after the call")
    try feed(placed: number, answer, &told)
  }

  /// A change the venue knows nothing of may have crossed the order's end: then its own account of the order counts.
  private func complete(_ answer: BrokerAnswer, _ clientOrderID: ShortText, _ reports: inout ReportBuffer) {
    guard answer.outcome == .notFound || answer.outcome == .rejected else { return }
    var known = ReportBuffer()
    if broker.order(clientOrderID: clientOrderID, into: &known).outcome == .accepted { swap(&reports, &known) }
  }

  private mutating func take(_ event: ExternalEvent, _ reports: borrowing ReportBuffer) throws {
    try faults?.pass("after the call")
    try feed(batch: [event] + reports.copies.map { .report($0) })
  }

  private mutating func recheck(_ signal: SignalNumber, _ strategy: StrategyID, _ request: RecheckRequest) throws {
    if watch.isOn { portfolio?.show(core) }
    var checks: [Check]
    do {
      checks = try strategies.call(Int(strategy.index)) { try $0.recheck(request) }
    } catch {
      checks = [
        Check(name: "strategy_answers", kind: .recheck, passed: false, value: nil, limit: nil, note: "\(error)")
      ]
    }
    inputs += 1
    core.handle(.rechecked(signal, checks), into: &queue)
  }

  private mutating func ask(_ signals: [SignalNumber]) throws {
    for number in signals {
      if let question = core.question(number) { questions[number] = question }
    }
    guard try mayCall(), !recorder.isCatchingUp else { return }
    let open = signals.filter { core.isAwaitingApproval($0) }.compactMap { questions[$0] }
    guard let approval, !open.isEmpty else { return }
    try commit()
    let answers = approval.ask(open, now: time)
    try faults?.pass("after the call")
    try feed(batch: answers.events)
  }

  mutating func commit() throws {
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
