import TradingCore
import TradingTypes

// The market: venue, core and plugins are told of bars that open and of bars that end.
extension Engine {
  /// Offers bars before the first decision: indicators and stores fill, signals and observations go nowhere.
  mutating func warmUp(_ bars: UnsafeBufferPointer<Bar>) throws {
    for index in strategyCalls.indices where try offer(bars, toStrategy: index) {
      signalCalls[index](into: &raised)
    }
    for index in scannerCalls.indices where try offer(bars, toScanner: index) {
      _ = scanners[index].takeObservations()
    }
  }

  /// Bars open: the venue fills at the price, then the core sees it.
  mutating func open(_ bars: UnsafeBufferPointer<Bar>) throws {
    guard let base = bars.baseAddress else { return }
    for index in bars.indices {
      if teller.hasVenue { try tellVenue(ofOpen: base + index) }
      inputs &+= 1
      core.see(open: base + index, at: time)
    }
  }

  /// Bars end: resting orders first, then the core, then the strategies, all of the instant's bars before the answers.
  mutating func end(_ bars: UnsafeBufferPointer<Bar>) throws {
    guard let base = bars.baseAddress else { return }
    for index in bars.indices {
      if teller.hasVenue { try tellVenue(ofEnd: base + index) }
      inputs &+= 1
      core.see(base + index)
    }
    if watch.isOn { portfolio?.show(core) }
    for index in strategyCalls.indices where try offer(bars, toStrategy: index) { try takeSignals(index) }
    if hasScanners { try offerToScanners(bars) }
  }

  /// Offers bars to a strategy; answers whether signals wait.
  @inline(__always)
  private func offer(_ bars: UnsafeBufferPointer<Bar>, toStrategy index: Int) throws -> Bool {
    let waits = strategyCalls[index].offer(bars)
    guard strategyEvaluates[index] else { return waits }
    return try strategies.call(index) { try $0.evaluate(at: time) } || waits
  }

  /// Takes a strategy's signals into the core, in the order it raised them.
  mutating func takeSignals(_ index: Int) throws {
    signalCalls[index](into: &raised)
    let strategy = StrategyID(UInt16(index))
    while !raised.isEmpty {
      inputs += 1
      core.accept(firstOf: &raised, from: strategy, into: &queue)
      try performQueue()
    }
  }

  private mutating func offerToScanners(_ bars: UnsafeBufferPointer<Bar>) throws {
    for index in scannerCalls.indices where try offer(bars, toScanner: index) { try record(scanners[index]) }
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
  private mutating func tellVenue(ofOpen bar: UnsafePointer<Bar>) throws {
    inputs &+= 1
    let matters = core.pricesMatter(bar.pointee.instrument)
    let answer = teller.open(bar, at: time, matters: matters)
    if answer != .nothing || journal.isReplaying { try takeVenueReports(answer) }
  }

  @inline(__always)
  private mutating func tellVenue(ofEnd bar: UnsafePointer<Bar>) throws {
    inputs &+= 1
    let matters = core.pricesMatter(bar.pointee.instrument)
    let answer = teller.end(bar, matters: matters)
    if answer != .nothing || journal.isReplaying { try takeVenueReports(answer) }
  }

  /// Tells the venue what it was not told of an instrument, before an order for it leaves.
  mutating func bringVenueUpToDate(_ instrument: InstrumentID) throws {
    let answer = teller.catchUp(instrument)
    if answer != .nothing { try takeVenueReports(answer) }
  }

  private mutating func takeVenueReports(_ answer: BarCall.Answer) throws {
    if answer == .stopped, let venue { throw venue.failure }
    var told = ReportBuffer()
    swap(&told, &reports)
    defer { swap(&told, &reports) }
    told.removeAll()
    if answer == .waiting { venue?.takeReports(into: &told) }
    if journal.isReplaying {
      let turn = inputs
      try replayJournal()
      if journal.isReplaying || inputs != turn { return }
    }
    try feed(&told)
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
