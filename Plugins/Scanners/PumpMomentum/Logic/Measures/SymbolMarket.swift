import MarketCalendar
import PluginSDK
import TradingTypes

/// All that is kept of one instrument's bars: bounded, and of fixed size once its first bar has come.
struct SymbolMarket {
  let rules: Rules
  private let calendar: SessionCalendar
  private let slotsInHour: Int
  private(set) var session = SessionSoFar()
  private(set) var history = SessionHistory()
  private(set) var daily = DailyFigures()
  private var closes: RecentCloses
  private var profile: SessionProfile
  private var clock: ClockVolumes
  /// The rows of the baseline sessions, oldest first.
  private var baseline: [Int] = []
  /// The end of the last bar.
  private(set) var lastEnd = Timestamp.distantPast
  /// The close of the last session before the running one; not a number when there is none.
  private var closeBefore = Double.nan
  /// The slot at the session's open: around the clock counted from 1970, else 0.
  private var firstSlot = 0

  init(_ rules: Rules, _ calendar: SessionCalendar) {
    self.rules = rules
    self.calendar = calendar
    slotsInHour = Int(3_600_000_000_000 / rules.barNanos)
    closes = RecentCloses(slotsInHour: slotsInHour)
    profile = SessionProfile(slots: rules.sessionMinutes * slotsInHour / 60)
    clock = ClockVolumes(slotsInHour: slotsInHour)
    baseline.reserveCapacity(SessionHistory.baselineSpan)
  }

  /// The last bar's close.
  var lastPrice: Double { session.lastPrice }

  /// Whether a bar can be, has the size of this instrument's bars and comes after the last one.
  @inline(__always)
  func follows(_ bar: Bar) -> Bool {
    bar.end > lastEnd && bar.end.nanoseconds == bar.start.nanoseconds &+ rules.barNanos && bar.isPlausible
  }

  /// Whether a bar lies in the running session.
  @inline(__always)
  func isRunning(_ bar: Bar) -> Bool {
    bar.start.nanoseconds >= session.open && bar.end.nanoseconds <= session.close
  }

  /// In which session a bar lies, if in any.
  enum Place { case running, another(Session), outside }

  func place(of bar: Bar) -> Place {
    if isRunning(bar) { return .running }
    guard let other = calendar.session(containing: bar.start), bar.end <= other.close else { return .outside }
    return other.index == session.index ? .running : .another(other)
  }

  /// Begins the session of a bar: what was running becomes history, and the means over the last sessions are made.
  mutating func begin(_ next: Session, with bar: Bar) {
    let isFirst = session.index == .min
    if !isFirst { history.append(session.summary) }
    session = SessionSoFar(
      index: next.index, open: next.open.nanoseconds, close: next.close.nanoseconds,
      isPresent: !isFirst || bar.start == next.open, firstPrice: bar.open)
    closeBefore = history.lastClose
    daily = history.figures(before: next.index)
    baseline.removeAll(keepingCapacity: true)
    for index in next.index - SessionHistory.baselineSpan..<next.index {
      if let summary = history.summary(of: index), summary.isPresent { baseline.append(SessionHistory.row(of: index)) }
    }
    let row = SessionHistory.row(of: next.index)
    if rules.isAroundTheClock {
      firstSlot = Int(session.open / rules.barNanos)
      if isFirst { closes.restart(at: slot(of: bar), price: .nan) }
      clock.restart(row: row, at: firstSlot)
    } else {
      closes.restart(at: 0, price: bar.open)
      profile.restart(row: row, slots: Int((session.close - session.open) / rules.barNanos))
    }
  }

  /// Takes a bar of the running session.
  @inline(__always)
  mutating func add(_ bar: Bar) {
    let slot = slot(of: bar)
    session.add(bar)
    closes.add(slot: slot, close: bar.close)
    if rules.isAroundTheClock {
      clock.add(slot: slot, volume: bar.volume)
    } else {
      profile.add(slot: slot, volume: bar.volume)
    }
    lastEnd = bar.end
  }

  @inline(__always)
  private func slot(of bar: Bar) -> Int {
    firstSlot + Int((bar.start.nanoseconds - session.open) / rules.barNanos)
  }
}

extension SymbolMarket {
  /// The return over so many minutes.
  @inline(__always)
  func change(minutes: Int) -> Double { closes.price(slotsAgo: 0) / closes.price(slotsAgo: slots(minutes)) - 1 }

  /// Baseline sessions that have the window at the end of the last bar; one that closed earlier has not.
  var baselineCount: Int {
    guard !rules.isAroundTheClock else { return baseline.count }
    var count = 0
    for row in baseline where profile.covers(row: row) { count += 1 }
    return count
  }

  /// What a window at the end of the last bar measures.
  func measures(minutes: Int) -> WindowMeasures {
    let slots = slots(minutes)
    var samples = Samples()
    var measures = WindowMeasures()
    measures.change = change(minutes: minutes)
    if rules.isAroundTheClock {
      for row in baseline { samples.append(clock.sameHour(row: row, last: slots)) }
      measures.volume = clock.volume(last: slots)
      measures.average = clock.average(slotsAgo: slots) * Double(slots)
      measures.median = samples.median
      measures.base = measures.average.isNaN ? .nan : max(measures.median, measures.average)
    } else {
      for row in baseline { if let volume = profile.sameWindow(row: row, last: slots) { samples.append(volume) } }
      measures.volume = profile.volume(last: slots)
      measures.median = samples.median
      measures.base = measures.median
    }
    measures.baselineCount = samples.count
    (measures.mean, measures.deviation) = samples.logMoments
    return measures
  }

  /// Everything a decision at the end of the last bar is made from, around a 15-minute window already measured.
  func inputs(fifteen: WindowMeasures) -> Inputs {
    let highest = closes.highest(slotsAgo: slotsInHour)
    let rise = highest - closes.price(slotsAgo: slotsInHour)
    return Inputs(
      time: lastEnd, price: lastPrice, five: measures(minutes: Inputs.windows.five), fifteen: fifteen,
      sixty: measures(minutes: Inputs.windows.sixty), daily: daily, sessionMinutes: rules.sessionMinutes,
      dayPosition: session.position, vwap: session.vwap,
      fade: Limit.clamp((highest - lastPrice) / (rise > rules.tick ? rise : rules.tick)),
      gap: session.firstPrice / closeBefore - 1)
  }

  private func slots(_ minutes: Int) -> Int { minutes * slotsInHour / 60 }
}
