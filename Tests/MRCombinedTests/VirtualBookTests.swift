import MarketCalendar
import Testing
import TradingTypes

@testable import MRCombinedLogic

/// Signals of session 0 with close 100, ATR 2 (stop distance 7), mean of five 105.
@Suite struct `Virtual book` {
  struct Step {
    var open = 100.0, high = 101.0, low = 99.0, close = 100.0, sma5 = 105.0
  }

  static func signal(_ parameters: Parameters, session: Int = 0) -> FollowedSignal {
    var inputs = Inputs()
    (inputs.close, inputs.atr14, inputs.sma5) = (100, 2, 105)
    let bar = bar(session, Step())
    return FollowedSignal(
      time: bar.start, decidedAt: bar.end, session: session, score: 0.7,
      plan: Plan(inputs, equity("AAA"), parameters)!)
  }

  static func bar(_ session: Int, _ step: Step) -> Bar {
    .on(
      SessionCalendar.xnys.session(at: session)!, open: step.open, high: step.high, low: step.low, close: step.close)
  }

  /// Follows a signal of session 0 and takes these bars from session 1 on; answers the book and the ended trade.
  func walk(_ steps: [Step], _ parameters: Parameters = Parameters()) -> (VirtualBook, FollowedTrade?) {
    var book = VirtualBook()
    book.follow(Self.signal(parameters))
    for (index, step) in steps.enumerated() {
      let bar = Self.bar(index + 1, step)
      if let trade = book.step(bar, session: index + 1, sma5: step.sma5, equity("AAA"), parameters) {
        return (book, trade)
      }
    }
    return (book, nil)
  }

  @Test func `it enters at the next open and sets the stop from that fill, up to the tick`() throws {
    let (book, none) = walk([Step(open: 101.237)])
    #expect(book.isOpen)
    #expect(none == nil)
    let (_, trade) = walk([Step(open: 101.237, high: 102), Step(low: 90)])
    #expect(trade?.entry == price("101.237"))
    #expect(trade?.stop == price("94.24"))
  }

  @Test func `a close above the mean of five ends it at the next open, also on the entry's own session`() throws {
    let (_, trade) = walk([Step(close: 100, sma5: 99.5), Step(open: 102.5, high: 103)])
    let ended = try #require(trade)
    #expect(ended.reason == .sma5)
    #expect(ended.exit == price("102.5"))
    #expect(ended.closes == 1)
    #expect(close(ended.grossReturn, 0.025, within: 1e-12))
  }

  @Test func `a close at the mean of five does not end it`() {
    let (book, trade) = walk([Step(close: 100, sma5: 100), Step(close: 100 * (1 + 5e-10), sma5: 100)])
    #expect(book.isOpen)
    #expect(trade == nil)
  }

  @Test func `seven closes end it at the open of the eighth session`() throws {
    let (_, trade) = walk(Array(repeating: Step(), count: 7) + [Step(open: 100.5)])
    let ended = try #require(trade)
    #expect(ended.reason == .time)
    #expect(ended.exit == price("100.5"))
    #expect(ended.closes == 7)
    #expect(walk(Array(repeating: Step(), count: 7)).1 == nil)
  }

  @Test func `a low at the stop fills at the stop, an open below it at the open`() throws {
    let touched = try #require(walk([Step(low: 93)]).1)
    #expect(touched.reason == .stop)
    #expect(touched.exit == price("93"))
    #expect(touched.closes == 0)
    let gapped = try #require(walk([Step(), Step(open: 91, high: 92, low: 90, close: 91)]).1)
    #expect(gapped.exit == price("91"))
    #expect(walk([Step(low: 93.000_000_001)]).1 == nil)
  }

  @Test func `a due exit fills at the open before the stop is looked at`() throws {
    let trade = try #require(walk([Step(close: 106), Step(open: 90, high: 91, low: 80, close: 85)]).1)
    #expect(trade.reason == .sma5)
    #expect(trade.exit == price("90"))
  }

  @Test func `only a stop starts a cooldown`() {
    let stopped = walk([Step(low: 90)]).0
    #expect(stopped.sessionsSinceStop(1) == 0)
    #expect(stopped.sessionsSinceStop(4) == 3)
    let left = walk([Step(close: 106), Step()]).0
    #expect(left.sessionsSinceStop(2) == nil)
    #expect(!left.isOpen)
  }

  @Test func `a bar that reaches both legs fills the stop`() throws {
    var parameters = Parameters()
    parameters.target = true
    let trade = try #require(walk([Step(high: 120, low: 90)], parameters).1)
    #expect(trade.reason == .stop)
  }

  @Test func `a target fills at its price, or at an open beyond it`() throws {
    var parameters = Parameters()
    parameters.target = true
    let touched = try #require(walk([Step(), Step(high: 105.5)], parameters).1)
    #expect(touched.reason == .target)
    #expect(touched.exit == price("105"))
    let gapped = try #require(walk([Step(), Step(open: 107, high: 108)], parameters).1)
    #expect(gapped.exit == price("107"))
    #expect(walk([Step(), Step(high: 120)]).1 == nil)
  }

  @Test func `a limit entry fills at the limit or better, on the next session only`() throws {
    var parameters = Parameters()
    parameters.entry = .limit
    let atLimit = try #require(walk([Step(low: 99.5), Step(low: 90)], parameters).1)
    #expect(atLimit.entry == price("99.5"))
    #expect(atLimit.stop == price("92.5"))
    let atOpen = try #require(walk([Step(open: 99, low: 98), Step(low: 90)], parameters).1)
    #expect(atOpen.entry == price("99"))
    let (missed, none) = walk([Step(low: 99.51), Step(low: 90)], parameters)
    #expect(!missed.isOpen)
    #expect(none == nil)
  }

  @Test func `a target cannot fill before a limit entry of the same bar`() {
    var parameters = Parameters()
    (parameters.entry, parameters.target) = (.limit, true)
    #expect(walk([Step(high: 120, low: 99)], parameters).1 == nil)
    #expect(walk([Step(open: 99.5, high: 120, low: 99)], parameters).1?.reason == .target)
  }

  @Test func `a signal whose session passes without a bar has expired`() {
    var book = VirtualBook()
    book.follow(Self.signal(Parameters()))
    #expect(book.step(Self.bar(2, Step()), session: 2, sma5: 105, equity("AAA"), Parameters()) == nil)
    #expect(!book.isOpen)
  }

  @Test func `sessions without a bar count toward the time stop`() throws {
    var book = VirtualBook()
    book.follow(Self.signal(Parameters()))
    #expect(book.step(Self.bar(1, Step()), session: 1, sma5: 105, equity("AAA"), Parameters()) == nil)
    let late = book.step(Self.bar(9, Step(open: 97, low: 96)), session: 9, sma5: 105, equity("AAA"), Parameters())
    #expect(try #require(late).reason == .time)
    #expect(late?.exit == price("97"))
  }

  @Test func `one position at a time`() {
    var book = walk([Step()]).0
    book.follow(Self.signal(Parameters(), session: 1))
    #expect(
      book.step(Self.bar(2, Step(open: 50, low: 50)), session: 2, sma5: 105, equity("AAA"), Parameters())?.signal
        .session == 0)
  }
}
