import MarketCalendar
import PluginSDK
import TradingTypes

/// The scan of a universe: takes bars, and tells at each instant what was seen.
struct Scan {
  /// Alerts of one instant that are shown one by one; the others are told in one digest.
  static let shownAlerts = 3

  var symbols: [ScannedSymbol]
  let explains: Bool
  let decideFrom: Timestamp
  /// What has not been taken yet, oldest first.
  var reports: [Observation] = []

  var episodeCount: UInt64 = 0
  var alertCount: UInt64 = 0
  var precisions = Array(repeating: Precision(), count: Level.allCases.count + 1)
  var findings: [Finding] = []
  var endings: [Ending] = []
  var trackers: [LabelTracker] = []
  var lastInstant = Timestamp.distantPast
  /// Nothing of a label is due before this instant.
  var nextDue = Timestamp.distantFuture
  /// No session with an open episode closes before this instant.
  var nextClose = Timestamp.distantFuture

  init(_ symbols: [ScannedSymbol], _ session: SessionStart) {
    self.symbols = symbols
    explains = session.explain
    decideFrom = session.decideFrom
  }

  /// Hands over what was reported and forgets it.
  mutating func takeReports() -> [Observation] {
    defer { reports.removeAll(keepingCapacity: true) }
    return reports
  }

  /// Takes a finished bar. One that is out of order or cannot be is refused; one outside every session is ignored.
  mutating func onBar(_ bar: Bar) throws(PluginError) {
    let index = Int(bar.instrument.index)
    switch symbols[index].advance(bar) {
    case .idle: if explains { evaluateBar(index) }
    case .toEvaluate: evaluateBar(index)
    case .untaken: try begin(with: bar, index)
    }
  }

  /// Takes a bar that begins a session or has labels to settle.
  private mutating func begin(with bar: Bar, _ index: Int) throws(PluginError) {
    guard symbols[index].market.follows(bar) else { throw refusal(of: bar, symbols[index]) }
    switch symbols[index].market.place(of: bar) {
    case .running: followLabels(bar, index)
    case .another(let session):
      followLabels(bar, index)
      endSession(index)
      symbols[index].market.begin(session, with: bar)
    case .outside: return
    }
    symbols[index].market.add(bar)
    evaluateBar(index)
  }

  /// All bars that end at an instant have been taken: tells what they led to.
  mutating func evaluate(at time: Timestamp) {
    lastInstant = time
    if nextDue <= time { settleLabels(by: time) }
    // What ended before this instant comes before its alerts, what ends with it after them.
    if nextClose <= time { endSessions(by: Timestamp(nanoseconds: time.nanoseconds - 1)) }
    tellEndings(before: time)
    if !findings.isEmpty { tellAlerts() }
    if nextClose <= time { endSessions(by: time) }
    tellEndings(before: .distantFuture)
  }

  /// No more bars will come: tells the labels that stay incomplete. An open episode stays open.
  mutating func finish() {
    if nextDue <= lastInstant { settleLabels(by: lastInstant) }
    for tracker in trackers where !tracker.isHourKnown { tell(tracker, at: lastInstant) }
    trackers.removeAll()
    nextDue = .distantFuture
  }
}
