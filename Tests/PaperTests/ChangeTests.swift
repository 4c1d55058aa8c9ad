import PluginSDK
import Testing
import TradingTypes

@testable import PaperLogic

@Suite struct `Replacing and cancelling` {
  private func desk() -> Desk {
    var desk = Desk()
    desk.open("10")
    desk.place(.limit(.buy, "10", "a", "9"))
    return desk
  }

  @Test func `a changed limit fills at once when the price is there`() {
    var desk = desk()
    #expect(desk.replace("a", "20", limit: "10.5") == ["a replaced 20", "a fill 20@10"])
    #expect(desk.cash == "99800" && desk.buyingPower == "99800")
  }

  @Test func `a changed quantity moves the cash held back`() {
    var desk = desk()
    #expect(desk.buyingPower == "99910")
    desk.replace("a", "20")
    #expect(desk.buyingPower == "99820")
    desk.replace("a", "5", limit: "8")
    #expect(desk.buyingPower == "99960")
  }

  @Test func `a stop moved through the price triggers`() {
    var desk = Desk()
    desk.hold("10", at: "10")
    desk.place(.stop(.sell, "10", "s", "9"))
    #expect(desk.replace("s", "10", stop: "8.5") == ["s replaced 10 stop 8.5"], "a plain stop is the host's to move")
    #expect(desk.replace("s", "10", stop: "10") == ["s replaced 10 stop 10", "s triggered", "s fill 10@10"])
  }

  @Test(arguments: [
    ("10", "8.999", nil, "price_off_tick"), ("1.5", nil, nil, "quantity_off_step"),
    ("100000", nil, nil, "insufficient_buying_power"), ("10", nil, "11", "price_not_used"),
  ])
  func `a change that cannot be leaves the order as it was`(
    _ quantity: String, _ limit: String?, _ stop: String?, _ code: String
  ) {
    var desk = desk()
    #expect(desk.replace("a", quantity, limit: limit, stop: stop) == ["a accepted"], "its last report is told again")
    #expect(desk.change.text.hasPrefix(code))
    #expect(desk.working == ["a 10"] && desk.buyingPower == "99910")
  }

  @Test func `the filled part cannot be taken back`() {
    var settings = PaperSettings.frictionless
    settings.volumeShareNanos = 100_000_000
    var desk = Desk(settings)
    desk.open("10")
    desk.place(.limit(.buy, "10", "a", "9"))
    desk.bar(10, 10, 8, 9, volume: 40)
    desk.replace("a", "4")
    #expect(desk.change.text.hasPrefix("quantity_already_filled"))
    #expect(desk.replace("a", "5") == ["a replaced 5"])
    #expect(desk.bar(10, 10, 8, 9, volume: 40) == ["a fill 1@9"])
  }

  @Test func `a triggered stop does not move`() {
    var settings = PaperSettings.frictionless
    settings.volumeShareNanos = 100_000_000
    var desk = Desk(settings)
    desk.hold("10", at: "10")
    desk.place(.stop(.sell, "10", "s", "9"))
    desk.bar(10, 10, 8, 9, volume: 40)
    desk.replace("s", "10", stop: "8")
    #expect(desk.change.text.hasPrefix("exceeds_position") || desk.change.text.hasPrefix("stop_already_triggered"))
  }

  @Test func `sells cannot grow beyond the position`() {
    var desk = Desk()
    desk.hold("10", at: "10")
    desk.place(.stop(.sell, "5", "s", "9"))
    desk.replace("s", "11")
    #expect(desk.change.text.hasPrefix("exceeds_position: 10 can be sold"))
    #expect(desk.replace("s", "10") == ["s replaced 10 stop 9"])
  }

  @Test func `what does not work cannot be changed`() {
    var desk = desk()
    desk.cancel("nobody")
    #expect(desk.change.text == "not found")
    desk.replace("nobody", "1")
    #expect(desk.change.text == "not found")
    desk.quote("9")
    #expect(desk.cancel("a") == ["a fill 10@9"], "its end is told again")
    #expect(desk.change.text == "not found")
    #expect(desk.replace("a", "11") == ["a fill 10@9"])
    #expect(desk.change.text == "not found")
  }

  @Test func `asking again for what is done tells it again`() {
    var desk = desk()
    let replaced = desk.replace("a", "20", limit: "9.5")
    let report = desk.told
    #expect(desk.replace("a", "20", limit: "9.5") == replaced && desk.told == report)
    desk.cancel("a")
    let cancelled = desk.told
    desk.cancel("a")
    #expect(desk.told == cancelled && desk.change.text == "done")
  }
}

@Suite struct `Telling again` {
  @Test func `a known id is told and not placed again`() {
    var desk = Desk()
    desk.open("10")
    desk.place(.market(.buy, "10", "a"))
    let first = desk.told
    desk.place(.market(.buy, "10", "a"))
    #expect(desk.told == first && desk.outcome == .taken && desk.position() == "10")
    #expect(first.map(\.reportID) == ["a#1", "a#2"])
  }

  @Test func `a known id with another request is refused here`() {
    var desk = Desk()
    desk.open("10")
    desk.place(.market(.buy, "10", "a"))
    #expect(desk.place(.market(.buy, "11", "a")) == [] && desk.outcome == .conflicting)
    #expect(desk.position() == "10")
  }

  @Test func `what a placement did to others is told again with it`() {
    var desk = Desk()
    desk.hold("10", at: "10")
    desk.place(.stop(.sell, "10", "s", "9", group: "g"))
    let first = desk.place(.market(.sell, "10", "x", group: "g"))
    #expect(first == ["x accepted", "x fill 10@10", "s cancelled oco_filled"])
    #expect(desk.place(.market(.sell, "10", "x", group: "g")) == first)
  }

  @Test func `an event offered again tells the same and changes nothing`() {
    var desk = Desk(instruments: 2)
    desk.open("10")
    desk.bar(10, 10, 10, 10)
    desk.place(.market(.buy, "10", "a"))
    desk.place(.limit(.buy, "10", "b", "9"))
    let quote = Quote(
      instrument: InstrumentID(0), time: Timestamp(nanoseconds: 50), last: Price("10")!, session: .first)
    desk.offer(quote)
    let atOpen = desk.told
    let bar = Bar(
      start: Timestamp(nanoseconds: 50), end: Timestamp(nanoseconds: 60), open: 10, high: 11, low: 8, close: 9,
      volume: 1000, instrument: InstrumentID(0))
    desk.offer(bar, .last)
    let atClose = desk.told
    #expect(atOpen.map(\.line) == ["a fill 10@10"] && atClose.map(\.line) == ["b fill 10@9"])
    let cash = desk.cash
    desk.offer(quote)
    #expect(desk.told == atOpen)
    desk.offer(bar, .last)
    #expect(desk.told == atClose && desk.cash == cash)
    #expect(desk.quote("10", instrument: 1) == [], "another instrument at an earlier time is still new")
  }

  @Test func `a long id leaves room for its reports`() {
    var desk = Desk()
    let id = String(repeating: "x", count: 48)
    desk.open("10")
    desk.place(.market(.buy, "10", id))
    #expect(desk.told.map(\.reportID) == ["paper-1#1", "paper-1#2"])
    #expect(desk.told.map(\.clientOrderID.description) == [id, id])
  }

  @Test func `open orders are the last report of each`() {
    var desk = Desk(instruments: 2)
    desk.quote("10")
    desk.place(.limit(.buy, "10", "a", "9"))
    desk.place(.make(.limit, .buy, "10", "b", limit: "9", instrument: 1))
    desk.replace("a", "11")
    var places = Told()
    desk.venue.openOrders(into: &places)
    #expect(places.places.map { desk.venue.report(at: $0).line } == ["a replaced 11", "b accepted"])
  }
}

@Suite struct `Forgetting` {
  @Test(arguments: 1...8) func `old orders are forgotten and nothing else changes`(_ seed: UInt64) {
    let settings = `Whatever happens`.costs[Int(seed) % 3]
    let instruments = (0..<Scenario.instruments).map { Desk.instrument($0) }
    var complete = Desk()
    complete.venue = PaperVenue(instruments, settings: settings)
    var short = Desk()
    short.venue = PaperVenue(instruments, settings: settings, remembersAll: false)
    (short.venue.mostOrders, short.venue.latestOrders) = (40, 10)
    var known: Set<ShortText> = []
    var most = 0
    for step in Scenario(seed: seed, sessions: 60).steps {
      complete.run(step)
      short.run(step)
      let new = complete.told.filter { !known.contains($0.reportID) }
      #expect(short.told.filter { !known.contains($0.reportID) } == new)
      known.formUnion(new.map(\.reportID))
      most = max(most, short.venue.orders.count)
    }
    #expect(short.cash == complete.cash && short.venue.positions == complete.venue.positions)
    #expect(short.working == complete.working)
    #expect(complete.venue.orders.count > 200 && most < 80)
  }
}
