import MarketCalendar
import Testing
import TradingTypes

@testable import MRCombinedLogic

@Suite struct `Universe of symbols` {
  /// Takes all bars of an instant, then evaluates it.
  func walk(_ universe: inout Universe, _ bars: [Bar], all: Bool = false) -> [Evaluation] {
    var last: [Evaluation] = []
    for (time, group) in Dictionary(grouping: bars, by: \.end).sorted(by: { $0.key < $1.key }) {
      for bar in group { _ = universe.take(bar) }
      last = universe.evaluate(at: time, all: all) { .flat() }
    }
    return last
  }

  @Test func `the last bar of the fixture passes every gate`() throws {
    var universe = Universe(["AAA"])
    let evaluation = try #require(walk(&universe, Weakness.bars()).first)
    #expect(evaluation.isCandidate)
    #expect(evaluation.gates.filter { !$0.passed } == [])
    #expect(evaluation.obstacle == "ev_net")
    #expect(evaluation.quantity.nanos > 0)
    #expect(evaluation.warmingUp == 0)
  }

  @Test func `candidates rank by score, then by symbol`() throws {
    var universe = Universe(["CCC", "AAA", "BBB"])
    let weaker = Weakness.bars(id: 2).enumerated().map { index, bar in
      var bar = bar
      // A close off the low lowers B.
      if index == Weakness.count - 1 { bar.low -= 0.4 * (bar.high - bar.close) }
      return bar
    }
    let evaluations = walk(&universe, Weakness.bars(id: 0) + Weakness.bars(id: 1) + weaker)
    #expect(evaluations.map { universe.instrument($0.instrument).symbol } == ["AAA", "CCC", "BBB"])
    #expect(evaluations[0].scores.score == evaluations[1].scores.score)
    #expect(evaluations[1].scores.score > evaluations[2].scores.score)
  }

  @Test func `219 bars are not enough and 220 are`() throws {
    for count in [219, 220] {
      var universe = Universe(["AAA"])
      let bars = Array(Weakness.bars().suffix(count))
      #expect(walk(&universe, bars).isEmpty == (count == 219))
      var explaining = Universe(["AAA"])
      let evaluation = try #require(walk(&explaining, bars, all: true).first)
      #expect(evaluation.basis == (count == 219 ? .insufficientHistory : .complete))
      #expect(count == 220 || evaluation.obstacle == "insufficient_history")
    }
  }

  @Test func `a symbol without a bar of the session that closed is stale`() throws {
    var universe = Universe(["AAA", "BBB"])
    let bars = Weakness.bars() + Weakness.bars(id: 1)
    let missing = bars.filter { $0.instrument.index == 1 || $0.end < Weakness.session(Weakness.count - 1).close }
    let evaluations = walk(&universe, missing, all: true)
    #expect(evaluations.map(\.instrument.index) == [1, 0])
    #expect(evaluations.map(\.basis) == [.complete, .staleBars])
    #expect(evaluations[1].obstacle == "stale_bars")
    #expect(evaluations[1].bar.start == Weakness.session(Weakness.count - 2).date.midnightUTC)
  }

  @Test func `an evaluation before the session's close is stale`() throws {
    var universe = Universe(["AAA"])
    var bars = Weakness.bars()
    bars[Weakness.count - 1].end = Weakness.session(Weakness.count - 1).open
    #expect(walk(&universe, bars).isEmpty)
  }

  @Test func `a bar on a day without a session changes nothing`() {
    var universe = Universe(["AAA"])
    var bars = Weakness.bars()
    let saturday = date("2012-03-31")
    let before = walk(&universe, bars).first
    bars.append(
      Bar(
        start: saturday.midnightUTC, end: saturday.midnightUTC.adding(seconds: 72_000), open: 1, high: 1, low: 1,
        close: 1, volume: 1, instrument: InstrumentID(0)))
    bars.sort { $0.end < $1.end }
    var other = Universe(["AAA"])
    #expect(walk(&other, bars).first?.inputs == before?.inputs)
    #expect(SessionCalendar.xnys.session(on: saturday) == nil)
  }

  @Test func `nothing later than the close enters a decision`() throws {
    let bars = Weakness.bars(extra: 5)
    var cut = Universe(["AAA"])
    let alone = try #require(walk(&cut, Array(bars.prefix(Weakness.count))).first)
    var poisoned = Universe(["AAA"])
    var seen: [Evaluation] = []
    for (index, bar) in bars.enumerated() {
      var bar = bar
      if index >= Weakness.count { (bar.low, bar.close, bar.open) = (1e-3, 1e-3, 1e-3) }
      _ = poisoned.take(bar)
      seen += poisoned.evaluate(at: bar.end, all: false) { .flat() }
    }
    let within = try #require(seen.first { $0.bar == alone.bar })
    #expect(within.inputs == alone.inputs)
    #expect(within.plan == alone.plan)
    #expect(within.evidence == alone.evidence)
  }

  @Test func `a symbol is not free while its virtual trade is open, and again after it`() throws {
    var universe = Universe(["AAA"])
    let bars = Weakness.bars(extra: 8)
    var free: [Bool] = []
    for bar in bars {
      _ = universe.take(bar)
      for evaluation in universe.evaluate(at: bar.end, all: true, account: { .flat() }) {
        free.append(try #require(evaluation.gates.first { $0.name == .free }).passed)
      }
    }
    let tail = free.suffix(9)
    #expect(tail.first == true)
    // The closes of the held sessions fail; the one after the exit's open passes.
    #expect(tail.dropFirst().first == false)
    #expect(tail.last == true)
    #expect(universe.store.count == 1)
  }

  @Test func `a session that acts asks the portfolio and its own fills, not the virtual book`() throws {
    for explains in [true, false] {
      var universe = Universe(["AAA"], explains: explains)
      let bars = Weakness.bars(extra: 1)
      for bar in bars {
        _ = universe.take(bar)
        _ = universe.evaluate(at: bar.end, all: false) { .flat() }
      }
      #expect(universe.symbols[0].virtual.isOpen)
      let evaluation = universe.evaluate(at: bars.last!.end, all: true) { .flat() }[0]
      #expect(evaluation.facts.occupation == (explains ? .position : []))
      let held = universe.evaluate(at: bars.last!.end, all: true) {
        var view = AccountView.flat()
        view.occupation = { _ in .workingOrder }
        return view
      }[0]
      #expect(held.facts.occupation == (explains ? [.position, .workingOrder] : .workingOrder))
    }
  }

  @Test func `a known earnings report keeps the virtual book out, too`() throws {
    var parameters = Parameters()
    parameters.earnings = ["AAA:\(Weakness.session(Weakness.count).date)"]
    var universe = Universe(["AAA"], parameters)
    let evaluation = try #require(walk(&universe, Weakness.bars(), all: false).first)
    #expect(evaluation.obstacle == "earnings")
    _ = universe.take(Weakness.bars(extra: 1).last!)
    #expect(!universe.symbols[0].virtual.isOpen)
  }

  @Test func `without an account nothing is bought and the gates say why`() throws {
    var universe = Universe(["AAA"])
    var evaluations: [Evaluation] = []
    for bar in Weakness.bars() {
      _ = universe.take(bar)
      evaluations = universe.evaluate(at: bar.end, all: false) {
        AccountView(funds: nil, breakerTripped: nil) { _ in nil }
      }
    }
    let evaluation = try #require(evaluations.first)
    #expect(evaluation.quantity == .zero)
    #expect(evaluation.gates.filter { !$0.passed }.map(\.name) == [.free, .breaker])
  }

  @Test func `before the tables the calendar gate passes from data`() throws {
    var universe = Universe(["AAA"], calendar: nil)
    let evaluation = try #require(walk(&universe, Weakness.bars()).first)
    let gate = try #require(evaluation.gates.last)
    #expect(gate.name == .calendar)
    #expect(gate.passed)
    #expect(gate.note == "from_data")
    #expect(evaluation.expiresAt == nil)
  }

  @Test func `instruments without daily bars are left out`() {
    var instrument = equity("AAA")
    instrument.barSeconds = 60
    var unreadable: [String] = []
    var universe = Universe(
      [instrument], Parameters(), earnings: EarningsCalendar([], unreadable: &unreadable), explains: true
    ) { _ in nil }
    #expect(walk(&universe, Weakness.bars(), all: true).isEmpty)
  }
}
