import PluginSDK
import Testing
import TradingTypes

@testable import PaperLogic

@Suite struct `Trailing stops` {
  private func trailing(_ distance: String = "1", stop: String? = nil) -> Desk {
    var desk = Desk()
    desk.hold("10", at: "10")
    desk.place(.make(.trailingStop, .sell, "10", "a", stop: stop, distance: distance))
    return desk
  }

  @Test func `the first stop is the price minus the distance`() {
    let desk = trailing()
    #expect(desk.told[0].stopPrice == Price("9"))
  }

  @Test func `before any price there is no stop, and the first price sets it`() {
    var desk = Desk(instruments: 2)
    #expect(desk.place(.make(.trailingStop, .buy, "10", "a", distance: "1")) == ["a accepted"])
    #expect(desk.told[0].stopPrice == nil)
    #expect(desk.quote("20") == ["a replaced 10 stop 21"])
  }

  @Test func `it follows the price up and never down`() {
    var desk = trailing(stop: "9.5")
    #expect(desk.told[0].stopPrice == Price("9.5"))
    #expect(desk.quote("10.2") == [])
    #expect(desk.quote("11") == ["a replaced 10 stop 10"])
    #expect(desk.quote("10.5") == [])
    #expect(desk.quote("9.8") == ["a triggered", "a fill 10@9.8"])
  }

  @Test func `the old stop is tested against the low before the high moves it`() {
    var desk = trailing()
    #expect(desk.bar(10, 15, 9, 14) == ["a triggered", "a fill 10@9"])
  }

  @Test func `a low above the old stop may have come before the high`() {
    var desk = trailing()
    #expect(desk.bar(10, 12, 9.5, 11.5) == ["a replaced 10 stop 11"])
  }

  @Test func `a close beyond the moved stop proves that it traded`() {
    var desk = trailing()
    #expect(desk.bar(10, 12, 9.5, 10.5) == ["a replaced 10 stop 11", "a triggered", "a fill 10@11"])
  }

  @Test func `a gap fills at the open`() {
    var desk = trailing()
    desk.bar(10, 12, 9.5, 11.5)
    #expect(desk.open("8") == ["a triggered", "a fill 10@8"])
  }

  @Test func `it is rounded to the tick toward the price`() {
    var desk = trailing("0.995")
    #expect(desk.told[0].stopPrice == Price("9.01"))
    #expect(desk.quote("10.5") == ["a replaced 10 stop 9.51"])
  }

  @Test func `a distance below one tick stays short of the price`() {
    var desk = trailing("0.001")
    #expect(desk.told[0].stopPrice == Price("9.99"))
    desk.quote("10.01")
    #expect(desk.told[0].stopPrice == Price("10"))
  }

  @Test func `a buy trails from above`() {
    var desk = Desk()
    desk.open("10")
    desk.place(.make(.trailingStop, .buy, "10", "a", distance: "1"))
    #expect(desk.told[0].stopPrice == Price("11"))
    #expect(desk.bar(10, 10.5, 8, 8.5) == ["a replaced 10 stop 9"])
    #expect(desk.bar(8.5, 9, 8.2, 9) == ["a triggered", "a fill 10@9"])
  }

  @Test func `a request cannot loosen it`() {
    var desk = trailing()
    desk.quote("11")
    desk.replace("a", "10", stop: "9.99")
    #expect(desk.change.text.hasPrefix("trailing_would_loosen: the stop stands at 10 and would move to 9.99"))
    #expect(desk.replace("a", "10", stop: "10.5") == ["a replaced 10 stop 10.5"])
  }
}

extension Change {
  var text: String {
    switch self {
    case .done: "done"
    case .refused(let text): text
    case .notFound: "not found"
    }
  }
}
