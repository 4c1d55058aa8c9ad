import TradingCore
import TradingTypes

// Events into the core, journal and schedule included.
extension Engine {
  /// Feeds one input and performs everything it leads to.
  mutating func feed(_ event: Event) throws {
    inputs += 1
    core.handle(event, into: &queue)
    try performQueue()
  }

  /// Feeds inputs from outside that belong together: nothing is performed, and so nothing is committed, before all of
  /// them are in. A cut leaves all of them or none.
  mutating func feed(batch events: [ExternalEvent]) throws {
    for event in events {
      if keepsJournal { try journal(event) }
      accept(event)
    }
    try performQueue()
  }

  /// Feeds reports that belong together, as ``feed(batch:)``, and leaves the buffer empty.
  mutating func feed(_ reports: inout ReportBuffer) throws {
    guard !reports.isEmpty else { return }
    try accept(&reports)
    try performQueue()
  }

  /// Feeds how placing an order ended, with what the venue told of it, as ``feed(batch:)``.
  mutating func feed(placed number: OrderNumber, _ answer: BrokerAnswer, _ reports: inout ReportBuffer) throws {
    if keepsJournal { try journal(placed: number, answer) }
    inputs += 1
    core.placed(number, answer.outcome, reason: answer.reason, into: &queue)
    try accept(&reports)
    try performQueue()
  }

  /// Feeds what an earlier life journaled at this very place.
  mutating func replayJournal() throws {
    while let event = journal.take(at: inputs + 1) {
      try supervision?.repeat(event, at: time)
      accept(event)
      try performQueue()
    }
  }

  private mutating func accept(_ reports: inout ReportBuffer) throws {
    while !reports.isEmpty {
      let report = reports.removeFirst()
      if keepsJournal { try journal(.report(report)) }
      inputs += 1
      core.take(report, into: &queue)
    }
  }

  private mutating func journal(_ event: ExternalEvent) throws {
    try recorder.journal(JournaledInput(index: inputs + 1, event: event))
    isDirty = true
  }

  // By itself, so that the reason is not retained where nothing is journaled.
  @inline(never)
  private mutating func journal(placed number: OrderNumber, _ answer: BrokerAnswer) throws {
    try journal(.placed(number, answer.outcome, reason: answer.reason))
  }

  /// Takes an external event into the core; its effects join the queue.
  private mutating func accept(_ event: ExternalEvent) {
    inputs += 1
    if event == .command(.endSession) { isEnding = true }
    core.handle(.external(event), into: &queue)
  }

  /// Lets the jobs that are due by a time happen, in order.
  mutating func advanceSchedule(to time: Timestamp) throws {
    for event in schedule.due(by: time) { try feed(event) }
  }

  /// Looks whether somebody answered what is still open.
  mutating func pollApproval() throws {
    inputs += 1
    if journal.isReplaying { try replayJournal() }
    guard !questions.isEmpty, let approval, !isRepeating else { return }
    for number in questions.keys where !core.isAwaitingApproval(number) { questions[number] = nil }
    guard !questions.isEmpty else { return }
    let open = questions.values.sorted { $0.signal < $1.signal }
    try feed(batch: approval.poll(open, now: time).events)
  }

  /// Asks the broker what became of orders whose outcome is not known; a broker that does not say leaves them so.
  mutating func resolveUnknown() throws {
    inputs += 1
    if journal.isReplaying { try replayJournal() }
    guard core.hasUnknownOrders(), !isRepeating else { return }
    for order in core.unknownOrders {
      var reports = ReportBuffer()
      let known = broker.order(clientOrderID: order.clientOrderID, into: &reports)
      guard known.outcome == .accepted || known.outcome == .notFound else { continue }
      try feed(placed: order.number, known, &reports)
    }
  }
}
