import MarketCalendar
import Testing
import TradingTypes

@testable import MRCombinedLogic

@Suite struct `Real book` {
  static let signalTime = instant("2018-04-20T00:00:00Z")

  static func remembered() -> RaisedSignal {
    RaisedSignal(
      barTime: signalTime, session: 7, close: 41.43, atr: 0.987, score: 0.57, stop: price("37.98"), expiresAt: nil)
  }

  func book() -> RealBook {
    var book = RealBook()
    book.remember(Self.remembered())
    return book
  }

  func fill(
    _ book: inout RealBook, buy: Bool, stop: Bool = false, at text: String, _ quantity: String, held: String,
    time: String = "2018-04-23T13:30:00Z"
  ) -> RealBook.Closed? {
    book.take(
      isBuy: buy, isStop: stop, signalTime: Self.signalTime, time: instant(time), price: price(text),
      quantity: Quantity(quantity)!, held: Quantity(held)!)
  }

  @Test func `a round trip in parts gives the return of its mean prices`() throws {
    var book = book()
    #expect(fill(&book, buy: true, at: "100", "1", held: "1") == nil)
    #expect(fill(&book, buy: true, at: "103", "2", held: "3") == nil)
    #expect(fill(&book, buy: false, at: "105", "1", held: "2") == nil)
    let closed = try #require(fill(&book, buy: false, at: "108", "2", held: "0"))
    #expect(closed.signalTime == Self.signalTime)
    #expect(closed.score == 0.57)
    #expect(close(closed.grossReturn, 107 / 102.0 - 1, within: 1e-12))
    #expect(book.position == nil)
    #expect(book.sessionsSinceStop(8) == nil)
  }

  @Test func `a stop cools down from the session whose bar ends after it`() {
    var book = book()
    _ = fill(&book, buy: true, at: "100", "1", held: "1")
    _ = fill(&book, buy: false, stop: true, at: "93", "1", held: "0", time: "2018-04-24T15:00:00Z")
    #expect(book.sessionsSinceStop(9) == 0)
    let session = SessionCalendar.xnys.session(on: date("2018-04-24"))!
    book.close(.on(session, open: 1, high: 1, low: 1, close: 1), session: 9, sma5: 1)
    #expect(book.sessionsSinceStop(9) == 0)
    #expect(book.sessionsSinceStop(12) == 3)
  }

  @Test func `an exit becomes due by a close above the mean of five and stays so`() {
    var book = book()
    let sessions = [0, 1, 2].map { SessionCalendar.xnys.session(at: 2000 + $0)! }
    book.close(.on(sessions[0], open: 9, high: 9, low: 9, close: 9), session: 0, sma5: 8)
    #expect(book.position == nil)
    _ = fill(&book, buy: true, at: "9", "1", held: "1")
    book.close(.on(sessions[1], open: 9, high: 9, low: 9, close: 9), session: 1, sma5: 9)
    #expect(book.position?.exitDue == false)
    book.close(.on(sessions[2], open: 9, high: 9, low: 9, close: 9.01), session: 2, sma5: 9)
    #expect(book.position?.exitDue == true)
    book.close(.on(sessions[2], open: 9, high: 9, low: 9, close: 8), session: 3, sma5: 9)
    #expect(book.position?.exitDue == true)
  }

  @Test func `a position of an unknown signal closes without a trade to learn from`() {
    var book = RealBook()
    _ = fill(&book, buy: true, at: "100", "1", held: "1")
    #expect(fill(&book, buy: false, at: "101", "1", held: "0") == nil)
    #expect(book.position == nil)
  }
}
