import TradingCore
import TradingTypes

// The market: venue, core and plugins are told of bars that open and of bars that end.
extension Engine {
  /// Offers bars before the first decision: indicators and stores fill, signals and observations go nowhere.
  mutating func warmUp(_ bars: UnsafeBufferPointer<Bar>) throws {
    for index in strategyCalls.indices where try offer(bars, toStrategy: index) {
      try strategies[index].takeSignals { _ in }
    }
    for index in scannerCalls.indices where try offer(bars, toScanner: index) {
      _ = scanners[index].takeObservations()
    }
  }

  /// Bars open: the venue fills at the price, then the core sees it.
  mutating func open(_ bars: UnsafeBufferPointer<Bar>) throws {
    guard let base = bars.baseAddress else { return }
    for index in bars.indices {
      if let openCall { try tellVenue(openCall, base + index) }
      inputs &+= 1
      core.see(opensOf: UnsafeBufferPointer(start: base + index, count: 1), at: time)
    }
  }

  /// Bars end: resting orders first, then the core, then the strategies, all of the instant's bars before the answers.
  mutating func end(_ bars: UnsafeBufferPointer<Bar>) throws {
    guard let base = bars.baseAddress else { return }
    for index in bars.indices {
      if let venueCall { try tellVenue(venueCall, base + index) }
      inputs &+= 1
      core.see(UnsafeBufferPointer(start: base + index, count: 1), at: time)
    }
    if watch.isOn { portfolio?.show(core) }
    for index in strategyCalls.indices where try offer(bars, toStrategy: index) {
      let id = StrategyID(UInt16(index))
      try strategies[index].takeSignals { try feed($0, from: id) }
    }
    for index in scannerCalls.indices where try offer(bars, toScanner: index) { try record(scanners[index]) }
  }

  /// Offers bars to a strategy; answers whether signals wait.
  @inline(__always)
  private func offer(_ bars: UnsafeBufferPointer<Bar>, toStrategy index: Int) throws -> Bool {
    let waits = strategyCalls[index].offer(bars)
    guard strategyEvaluates[index] else { return waits }
    return try strategies[index].evaluate(at: time) || waits
  }

  /// Offers bars to a scanner; answers whether observations wait.
  private func offer(_ bars: UnsafeBufferPointer<Bar>, toScanner index: Int) throws -> Bool {
    let waits = scannerCalls[index].offer(bars)
    return try scanners[index].evaluate(at: time) || waits
  }

  /// Tells the venue of a bar and takes what it reports: from the journal while repeating, from the venue afterwards.
  ///
  /// Each turn of the venue has a number of its own among the inputs, so that what it told at one market event is never
  /// taken from the journal at another.
  @inline(__always)
  private mutating func tellVenue(_ call: BarCall, _ bar: UnsafePointer<Bar>) throws {
    inputs &+= 1
    let answer = call(bar)
    if answer != .nothing || journal.isReplaying { try takeVenueReports(answer) }
  }

  private mutating func takeVenueReports(_ answer: BarCall.Answer) throws {
    guard let venue else { return }
    if answer == .stopped { throw venue.failure }
    var told = ReportBuffer()
    swap(&told, &reports)
    defer { swap(&told, &reports) }
    told.removeAll(keepingCapacity: true)
    if answer == .waiting { venue.takeReports(into: &told) }
    if journal.isReplaying {
      let turn = inputs
      try replayJournal()
      if journal.isReplaying || inputs != turn { return }
    }
    try feed(told)
  }

  mutating func record(_ scanner: any ScannerPort) throws {
    for observation in scanner.takeObservations() {
      let isOld = try recorder.append(observation, scanner: scanner.id)
      if !isOld { isDirty = true }
      let isNews = observation.kind == .alert || observation.kind == .digest
      guard isNews, !observation.text.isEmpty, !isOld else { continue }
      notifier?.notify(
        Notification(
          severity: .info, time: observation.time, topic: "observation", title: observation.text, text: ""))
    }
  }
}
