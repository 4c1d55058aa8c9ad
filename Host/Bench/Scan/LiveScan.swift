import Indicators

/// How long the steps of a live scan took.
public struct StepTimes: Sendable {
  /// Nanoseconds of each step, in order.
  public internal(set) var steps: [UInt64] = []

  /// Nanoseconds that no more than the rest of the steps exceeded, such as 0.99 for all but one in a hundred; `nil`
  /// without steps.
  public func quantile(_ share: Double) -> UInt64? {
    guard !steps.isEmpty else { return nil }
    return steps.sorted()[min(steps.count - 1, Int(Double(steps.count) * share))]
  }
}

/// The scan of w3: state warmed with a history, then one new bar of every symbol a step, and a ranking after each.
public struct LiveScan: ~Copyable {
  private let columns: DailyColumns
  private let history: Int
  private var part: ScanPart
  private var ranking: ScanRanking
  /// What the last timed steps came to.
  public private(set) var figures = ScanFigures()

  /// - Parameters:
  ///   - columns: the bars of the history and of the steps.
  ///   - history: how many days warm the state; at most as many as there are.
  public init(_ columns: DailyColumns, history: Int) {
    precondition(history >= 0 && history <= columns.days, "the history is longer than the bars")
    self.columns = columns
    self.history = history
    part = ScanPart(0..<columns.symbols, rows: 1)
    ranking = ScanRanking(capacity: columns.symbols)
  }

  /// Warms the state, then times the updates of all steps together, without rankings. Blocks until done.
  ///
  /// - Returns: seconds of this thread's processor time.
  public mutating func runUpdates() -> Double {
    warm()
    let watch = Stopwatch()
    for day in history..<columns.days { part.update(columns, day: day, row: 0) }
    return watch.threadSeconds
  }

  /// Warms the state, then times each step with its ranking, and adds up what comes out. Blocks until done.
  ///
  /// - Parameter now: a clock in nanoseconds, read twice a step.
  public mutating func runSteps(now: () -> UInt64 = Stopwatch.clock) -> StepTimes {
    warm()
    figures = ScanFigures()
    var times = StepTimes()
    times.steps.reserveCapacity(columns.days - history)
    for day in history..<columns.days {
      let began = now()
      part.update(columns, day: day, row: 0)
      part.rank(columns, day: day, row: 0, into: &ranking)
      times.steps.append(now() - began)
      figures.add(part.table, rows: 0..<1)
    }
    figures.take(ranking)
    return times
  }

  private mutating func warm() {
    part.restart()
    for day in 0..<history { part.update(columns, day: day, row: 0) }
  }
}
