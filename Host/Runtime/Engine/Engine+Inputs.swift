import TradingCore
import TradingTypes

// Events into the core, journal and schedule included.
extension Engine {
  /// Feeds one input and performs everything it leads to.
  func feed(_ event: Event) throws {
    inputs += 1
    core.handle(event, into: &effects)
    if !effects.isEmpty {
      queue.append(contentsOf: effects.effects)
      effects.removeAll()
      try performQueue()
    }
  }

  /// Feeds an input from outside, journaled first.
  func feed(external event: ExternalEvent) throws {
    try recorder.journal(JournaledInput(index: inputs + 1, event: event))
    isDirty = true
    try accept(event)
  }

  /// Feeds inputs that belong together: nothing is performed, and so nothing is committed, before all of them are in.
  /// A cut leaves all of them or none.
  func feed(batch events: [ExternalEvent]) throws {
    let wasPerforming = isPerforming
    isPerforming = true
    defer { isPerforming = wasPerforming }
    for event in events { try feed(external: event) }
    isPerforming = wasPerforming
    try performQueue()
  }

  /// Feeds what an earlier life journaled at this very place.
  func replayJournal() throws {
    while let event = journal.take(at: inputs + 1) { try accept(event) }
  }

  /// Takes an external event into the core; its effects join the queue.
  private func accept(_ event: ExternalEvent) throws {
    inputs += 1
    if event == .command(.endSession) { isEnding = true }
    core.handle(.external(event), into: &effects)
    queue.append(contentsOf: effects.effects)
    effects.removeAll()
    try performQueue()
  }

  /// What the venue told on its own: from the journal while repeating, from the venue afterwards.
  ///
  /// Each turn of the venue has a number of its own among the inputs, so that what it told at one market event is never
  /// taken from the journal at another.
  func takeVenueReports() throws {
    guard let venue else { return }
    inputs += 1
    let reports = venue.hasReports ? venue.takeReports() : []
    if journal.isReplaying {
      let turn = inputs
      try replayJournal()
      if journal.isReplaying || inputs != turn { return }
    }
    guard !reports.isEmpty else { return }
    try feed(batch: reports.map { .report($0) })
  }

  /// Lets the jobs that are due by a time happen, in order.
  func advanceSchedule(to time: Timestamp) throws {
    for event in schedule.due(by: time) { try feed(event) }
  }

  /// Looks whether somebody answered what is still open.
  func pollApproval() throws {
    inputs += 1
    if journal.isReplaying { try replayJournal() }
    guard let approval, !isRepeating else { return }
    questions = questions.filter { core.isAwaitingApproval($0.key) }
    guard !questions.isEmpty else { return }
    let open = questions.values.sorted { $0.signal < $1.signal }
    try take(approval.poll(open, now: time))
  }

  /// Asks the broker what became of orders whose outcome is not known; a broker that does not say leaves them so.
  func resolveUnknown() throws {
    inputs += 1
    if journal.isReplaying { try replayJournal() }
    guard !isRepeating else { return }
    for order in core.unknownOrders {
      let known = broker.order(clientOrderID: order.clientOrderID)
      guard known.outcome == .accepted || known.outcome == .notFound else { continue }
      try feed(
        batch: [.placed(order.number, known.outcome, reason: known.reason)] + known.reports.map { .report($0) })
    }
  }

  func take(_ answers: Answers) throws { try feed(batch: answers.events) }
}
