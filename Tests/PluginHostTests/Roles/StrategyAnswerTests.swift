import PluginHost
import Testing
import TradingCore
import TradingTypes

extension StrategyInstance {
  /// Takes the signals out one by one.
  fileprivate func takeSignals(_ take: (SignalProposal) throws -> Void) rethrows {
    var signals = SignalBuffer()
    takeSignals(into: &signals)
    while !signals.isEmpty { try take(signals.removeFirst()) }
  }
}

@Suite(.serialized) struct `A strategy's answers` {
  private static let shared = Result { try LoadedFixture(GarbageStrategy.source) }
  let fixture: LoadedFixture
  let strategy: StrategyInstance
  let recorder = Recorder()

  init() throws {
    fixture = try Self.shared.get()
    strategy = try StrategyInstance(fixture.image, recorder.services(fixture.image))
    try strategy.start(instruments(2), decideFrom: .distantPast, isExplaining: false)
  }

  private func offer(_ volume: Double) -> CallOutcome {
    strategy.onBar(bar(volume: volume), isSessionFirst: true, isSessionLast: true)
  }

  /// What the signal of volume 0 says.
  private var right: SignalProposal {
    var expected = SignalProposal(
      instrument: InstrumentID(1), verdict: .raised, action: .enterLong, barTime: Timestamp(nanoseconds: 1000),
      decidedAt: Timestamp(nanoseconds: 2000), close: 11)
    expected.timeInForce = .gtc
    expected.flags = .known
    expected.expiresAt = Timestamp(nanoseconds: 3000)
    expected.score = 0.5
    expected.confidence = 80
    expected.expectedValue = -0.25
    expected.quantity = Quantity(nanos: 1)
    expected.entryPrice = Price(nanos: 2)
    expected.stopPrice = Price(nanos: 4)
    expected.stopDistance = Price(nanos: 5)
    expected.targetPrice = Price(nanos: 6)
    expected.targetDistance = Price(nanos: 7)
    expected.trailingDistance = Price(nanos: 8)
    expected.timeStopCloses = 10
    expected.checks = [Check(name: "trend", kind: .bar, passed: true, value: 1.5, limit: nil, note: "from_data")]
    expected.fields = [Field(group: "inputs", name: "rsi2", value: .number(nil))]
    expected.code = "ok"
    expected.text = "buy é"
    return expected
  }

  /// The same signal without its check and its text, which is read the quick way.
  private var plain: SignalProposal {
    var plain = right
    plain.checks = []
    plain.text = ""
    return plain
  }

  @Test func `arrive with every value when they are right`() throws {
    #expect(offer(0) == .ok)
    #expect(strategy.signals == [right])
    #expect(recorder.faults.isEmpty)
    strategy.clearAnswers()
    #expect(!strategy.hasAnswers)
  }

  @Test func `are dropped with a fault for each value that cannot be, and the host goes on`() {
    for (index, answer) in GarbageStrategy.signals.enumerated() {
      recorder.clear()
      #expect(offer(Double(index + 1)) == .answerRefused)
      #expect(!strategy.hasAnswers, "\(answer.change)")
      #expect(recorder.messages == ["strategy.on_bar: " + answer.fault], "\(answer.change)")
    }
    #expect(recorder.faults.first?.description.hasPrefix("plugin tiny 1.0.0 (") == true)
    #expect(strategy.faultCount == GarbageStrategy.signals.count)
    #expect(offer(0) == .ok)
    #expect(strategy.signals.count == 1)
  }

  @Test func `are the same when they are read the quick way`() throws {
    let many = [
      Field(group: "inputs", name: "sma_fast", value: .number(1.25)),
      Field(group: "", name: "z_09", value: .number(nil)), Field(group: "ev", name: "cost", value: .decimal(nanos: -5)),
      Field(group: "ev", name: "count", value: .integer(6)),
      Field(group: "ev", name: "at", value: .time(nanoseconds: 7)),
      Field(group: "", name: "note", value: .text("words")),
    ]
    for keepsDetails in [true, false] {
      let strategy = try StrategyInstance(
        fixture.image, recorder.services(fixture.image), keepsDetails: keepsDetails)
      try strategy.start(instruments(2), decideFrom: .distantPast, isExplaining: false)
      var expected: [SignalProposal] = []
      for count in 0...many.count {
        var signal = plain
        signal.fields = keepsDetails ? Array(many.prefix(count)) : []
        expected.append(signal)
        #expect(
          strategy.onBar(bar(volume: Double(2900 + count)), isSessionFirst: false, isSessionLast: false) == .ok)
      }
      var named = plain
      named.fields = []
      named.code = "a_code_of_23_characters"
      expected.append(named)
      #expect(strategy.onBar(bar(volume: 2910), isSessionFirst: false, isSessionLast: false) == .ok)
      if !keepsDetails {
        #expect(strategy.onBar(bar(volume: 0), isSessionFirst: false, isSessionLast: false) == .ok)
        expected.append(plain)
        expected[expected.count - 1].fields = []
      }
      #expect(strategy.signals == expected)
    }
    #expect(recorder.faults.isEmpty)
  }

  @Test(arguments: [true, false])
  func `are dropped with the same fault when they are otherwise read the quick way`(_ keepsDetails: Bool) throws {
    let strategy = try StrategyInstance(fixture.image, recorder.services(fixture.image), keepsDetails: keepsDetails)
    try strategy.start(instruments(2), decideFrom: .distantPast, isExplaining: false)
    for (index, answer) in GarbageStrategy.signals.enumerated() where answer.concernsPlainSignals {
      recorder.clear()
      #expect(
        strategy.onBar(bar(volume: Double(2001 + index)), isSessionFirst: true, isSessionLast: true) == .answerRefused)
      #expect(!strategy.hasAnswers, "\(answer.change)")
      #expect(recorder.messages == ["strategy.on_bar: " + answer.fault], "\(answer.change)")
    }
  }

  @Test func `are handed over in their order, and then gone`() {
    #expect(offer(2000) == .ok)
    #expect(offer(0) == .ok)
    var taken: [SignalProposal] = []
    strategy.takeSignals { signal in
      taken.append(signal)
      // What is raised meanwhile is not lost.
      if taken.count == 1 { #expect(offer(2900) == .ok) }
    }
    #expect(taken == [plain, right])
    #expect(strategy.hasAnswers && strategy.signals.map(\.fields) == [[]])
    #expect(throws: CancellationError.self) { try strategy.takeSignals { _ in throw CancellationError() } }
    #expect(!strategy.hasAnswers && strategy.signals.isEmpty)
    strategy.takeSignals { taken.append($0) }
    #expect(taken.count == 2)
  }

  @Test func `hold virtual trades while explaining, checked too`() throws {
    let strategy = try StrategyInstance(fixture.image, recorder.services(fixture.image))
    try strategy.start(instruments(2), decideFrom: .distantPast, isExplaining: true)
    for (index, answer) in GarbageStrategy.trades.enumerated() {
      recorder.clear()
      #expect(
        strategy.onBar(bar(volume: Double(1001 + index)), isSessionFirst: true, isSessionLast: true) == .answerRefused)
      #expect(recorder.messages == ["strategy.on_bar: " + answer.fault], "\(answer.change)")
    }
    #expect(strategy.virtualTrades.isEmpty)
    #expect(strategy.onBar(bar(volume: 1000), isSessionFirst: true, isSessionLast: true) == .ok)
    #expect(
      strategy.virtualTrades == [
        VirtualTrade(
          instrument: InstrumentID(1), signalTime: Timestamp(nanoseconds: 1000),
          entryTime: Timestamp(nanoseconds: 2000),
          exitTime: Timestamp(nanoseconds: 3000), entry: Price(nanos: 1), stop: Price(nanos: 2), exit: Price(nanos: 3),
          reason: .strategy, sessionCloses: 4, grossReturn: 0.5, code: "sma5")
      ])
  }

  @Test func `stop it when it declares itself broken or answers what the call cannot`() throws {
    for (status, name) in [(11, "fault"), (7, "busy"), (77, "unlisted status 77")] {
      recorder.clear()
      let strategy = try StrategyInstance(fixture.image, recorder.services(fixture.image))
      try strategy.start(instruments(2), decideFrom: .distantPast, isExplaining: false)
      #expect(strategy.onBar(bar(volume: -Double(status)), isSessionFirst: false, isSessionLast: false) == .stopped)
      #expect(recorder.messages == ["strategy.on_bar: status: expected ok, found \(name)"])
      #expect(recorder.faults.map(\.kind) == [.stopped])
      #expect(strategy.isStopped)
      #expect(strategy.onBar(bar(), isSessionFirst: false, isSessionLast: false) == .stopped)
      #expect(strategy.evaluate(at: Timestamp(nanoseconds: 1)) == .stopped)
      #expect(strategy.recheck(request(1)) == .refused("stopped"))
      #expect(strategy.signals.isEmpty)
    }
  }

  @Test func `are told a hundred times when they break the contract, then counted`() {
    #expect(strategy.evaluate(at: Timestamp(nanoseconds: 70_000)) == .answerRefused)
    #expect(recorder.faults.count == 101)
    #expect(
      recorder.messages.last == "strategy.evaluate: faults: expected none, found 100; further ones are only counted")
    #expect(strategy.faultCount == 70_000)
  }

  @Test func `to a re-check are its conditions`() {
    #expect(
      strategy.recheck(request(3))
        == .checks([Check(name: "ev", kind: .recheck, passed: true, value: 3, limit: 2, note: "")]))
    #expect(strategy.recheck(request(6)) == .refused("busy"))
    #expect(strategy.recheck(request(7)) == .refused("unusable answer"))
    #expect(recorder.messages == ["strategy.recheck: recheck.check.kind: expected a listed value, found 0"])
    #expect(!strategy.isStopped)
    #expect(strategy.recheck(request(8)) == .refused("fault"))
    #expect(strategy.isStopped)
  }

  @Test func `are refused when they come at another time`() {
    _ = offer(0)
    #expect(strategy.recheck(request(5)) == .refused("unusable answer"))
    #expect(
      recorder.messages == ["strategy.recheck: signal: expected one during evaluate, on_bar, found one during recheck"])
  }

  @Test func `can follow what became of its orders`() {
    let fill = FillNotice(
      instrument: InstrumentID(0), side: .sell, exitReason: .time, signalBar: Timestamp(nanoseconds: 1),
      time: Timestamp(nanoseconds: 2), price: Price(nanos: 3), quantity: Quantity(nanos: 4),
      position: Quantity(nanos: 5))
    #expect(strategy.onFill(fill) == .ok)
  }

  private func request(_ price: Int64) -> RecheckRequest {
    RecheckRequest(
      instrument: InstrumentID(0), barTime: Timestamp(nanoseconds: 1), now: Timestamp(nanoseconds: 2),
      price: Price(nanos: price), quoteTime: Timestamp(nanoseconds: 2))
  }
}
