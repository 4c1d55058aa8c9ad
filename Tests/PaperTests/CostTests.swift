import PluginSDK
import Testing
import TradingTypes

@testable import PaperLogic

@Suite struct `Costs and money` {
  private func desk(
    slippage: String = "0", spread: String = "0", fee: String = "0", share: String = "0", cash: String = "100000",
    step: String = "1"
  ) -> Desk {
    var settings = PaperSettings.frictionless
    settings.slippageNanos = Price(slippage)!.nanos
    settings.spreadNanos = Price(spread)!.nanos
    settings.feeNanos = Price(fee)!.nanos
    settings.volumeShareNanos = Price(share)!.nanos
    return Desk(settings, step: Quantity(step)!, cash: Price(cash)!)
  }

  @Test func `a marketable fill pays slippage and half the spread`() {
    var desk = desk(slippage: "0.0003", spread: "0.0004")
    desk.open("100")
    #expect(desk.place(.market(.buy, "10", "a")) == ["a accepted", "a fill 10@100.05"])
    #expect(desk.place(.market(.sell, "10", "b")) == ["b accepted", "b fill 10@99.95"])
    #expect(desk.cash == "99999")
  }

  @Test func `a quote's own bid and ask replace the assumed spread`() {
    var desk = desk(slippage: "0.001", spread: "0.1")
    desk.quote("100", bid: "99", ask: "101")
    #expect(desk.place(.market(.buy, "10", "a")) == ["a accepted", "a fill 10@101.101"])
    #expect(desk.place(.market(.sell, "10", "b")) == ["b accepted", "b fill 10@98.901"])
  }

  @Test func `modelled prices are rounded to a billionth against the account`() {
    var desk = desk(slippage: "0.000000001")
    desk.open("0.33")
    #expect(desk.place(.market(.buy, "10", "a")) == ["a accepted", "a fill 10@0.330000001"])
    #expect(desk.place(.market(.sell, "10", "b")) == ["b accepted", "b fill 10@0.329999999"])
  }

  @Test func `a limit is never bettered by costs nor broken by them`() {
    var desk = desk(slippage: "0.01")
    desk.open("100")
    #expect(desk.place(.limit(.buy, "10", "a", "100.5")) == ["a accepted", "a fill 10@100.5"])
    #expect(desk.place(.limit(.buy, "10", "b", "102")) == ["b accepted", "b fill 10@101"])
    #expect(desk.place(.limit(.sell, "10", "c", "99.5")) == ["c accepted", "c fill 10@99.5"])
  }

  @Test func `a stop pays slippage but never leaves the bar's range`() {
    var desk = desk(slippage: "0.01")
    desk.open("100")
    desk.place(.market(.buy, "20", "e"))
    desk.place(.stop(.sell, "10", "a", "95"))
    desk.place(.stop(.sell, "10", "b", "90.2"))
    #expect(desk.bar(100, 101, 90, 92) == ["a triggered", "a fill 10@94.05", "b triggered", "b fill 10@90"])
  }

  @Test func `a fill for the close stays inside the bar's range`() {
    var desk = desk(slippage: "0.01")
    desk.open("100")
    desk.place(.market(.buy, "10", "a", .cls))
    #expect(desk.bar(100, 100.5, 99, 100) == ["a fill 10@100.5"])
  }

  @Test func `fees are rounded up and paid in cash`() {
    var desk = desk(fee: "0.001", step: "0.000000001")
    desk.open("1.01")
    desk.place(.market(.buy, "0.123456789", "a"))
    // value 0.12469135689 -> 0.124691357; fee 0.000124691357 -> 0.000124692
    #expect(desk.told[1].feeNanos == 124_692)
    #expect(desk.cash == "99999.875183951")
    desk.place(.market(.sell, "0.123456789", "b"))
    // value -> 0.124691356; fee 0.000124691356 -> 0.000124692
    #expect(desk.told[1].feeNanos == 124_692)
    #expect(desk.cash == "99999.999750615")
  }

  @Test func `the average price is that of what was bought, and none when flat`() {
    var desk = desk()
    desk.quote("10")
    desk.place(.market(.buy, "1", "a"))
    desk.quote("11")
    desk.place(.market(.buy, "2", "b"))
    #expect(desk.venue.positions.map(\.averagePrice) == [Price("10.666666667")])
    desk.place(.market(.sell, "1", "c"))
    #expect(desk.venue.positions.map(\.averagePrice) == [Price("10.666666667")])
    desk.place(.market(.sell, "2", "d"))
    #expect(desk.venue.positions.isEmpty)
  }

  @Test func `cash that does not suffice refuses the order for good`() {
    var desk = desk(fee: "0.01", cash: "1000")
    desk.open("10")
    #expect(desk.place(.market(.buy, "100", "a")) == ["a rejected insufficient_buying_power"])
    #expect(desk.told[0].reason.contains("1000 is free, 1010 is needed"))
    #expect(desk.outcome == .refused)
    #expect(desk.place(.market(.buy, "99", "b")) == ["b accepted", "b fill 99@10"])
  }

  @Test func `working buys hold back their cash until they end`() {
    var desk = desk(cash: "1000")
    desk.open("10")
    desk.place(.limit(.buy, "60", "a", "9"))
    #expect(desk.buyingPower == "460")
    #expect(desk.place(.limit(.buy, "60", "b", "9")) == ["b rejected insufficient_buying_power"])
    desk.cancel("a")
    #expect(desk.buyingPower == "1000")
  }

  @Test func `a gap above what was held back fills what cash pays for and cancels the rest`() {
    var desk = desk(cash: "1000")
    desk.open("10")
    desk.bar(10, 10, 10, 10)
    desk.place(.market(.buy, "100", "a"))
    #expect(desk.open("12") == ["a fill 83@12", "a cancelled insufficient_buying_power"])
    #expect(desk.cash == "4" && desk.buyingPower == "4")
  }

  @Test func `a part filled above the expected price leaves less held back, never more than there is`() {
    var desk = desk(share: "0.1", cash: "1000")
    desk.open("10")
    desk.bar(10, 10, 10, 10, volume: 500)
    desk.place(.market(.buy, "90", "a", .gtc))
    #expect(desk.buyingPower == "100")
    #expect(desk.open("19") == ["a fill 50@19"])
    #expect(desk.cash == "50" && desk.buyingPower == "0")
  }

  @Test func `all or nothing is nothing when cash does not pay for all`() {
    var desk = desk(cash: "1000")
    desk.open("10")
    desk.bar(10, 10, 10, 10)
    desk.place(.market(.buy, "100", "a", .fok))
    #expect(desk.open("12") == ["a cancelled fill_or_kill"])
  }

  @Test func `an overflow at the fill cancels the order instead of trapping`() {
    var desk = desk(cash: "9000000000")
    desk.place(.market(.buy, "9000000000", "a"))
    #expect(desk.quote("9000000000") == ["a cancelled value_overflow"])
  }
}

@Suite struct `Limited volume` {
  private func desk() -> Desk {
    var settings = PaperSettings.frictionless
    settings.volumeShareNanos = 100_000_000
    return Desk(settings)
  }

  @Test func `a fill inside a bar takes at most its share and the rest works on`() {
    var desk = desk()
    desk.open("10")
    desk.place(.limit(.buy, "100", "a", "9"))
    #expect(desk.bar(10, 10, 8, 9, volume: 409) == ["a fill 40@9"])
    #expect(desk.bar(10, 10, 8, 9, volume: 1000) == ["a fill 60@9"])
  }

  @Test func `orders in one bar share its volume, the stop first`() {
    var desk = desk()
    desk.hold("200", at: "10")
    desk.bar(10, 10, 10, 10, volume: 2000)
    desk.place(.limit(.sell, "100", "t", "11"))
    desk.place(.stop(.sell, "100", "s", "9"))
    #expect(desk.bar(10, 12, 8, 10, volume: 1500) == ["s triggered", "s fill 100@9", "t fill 50@11"])
  }

  @Test func `a quote takes at most the share of the bar before it, and the bar counts it`() {
    var desk = desk()
    desk.open("10")
    desk.bar(10, 10, 10, 10, volume: 500)
    desk.place(.market(.buy, "80", "a", .gtc))
    #expect(desk.open("10") == ["a fill 50@10"])
    desk.place(.limit(.buy, "100", "b", "9"))
    #expect(desk.bar(10, 10, 8, 9, volume: 700) == ["b fill 20@9"])
    #expect(desk.open("9.5") == ["a fill 30@9.5"])
  }

  @Test func `before the first bar no share is known and none is applied`() {
    var desk = desk()
    desk.open("10")
    #expect(desk.place(.market(.buy, "500", "a")) == ["a accepted", "a fill 500@10"])
    desk.place(.limit(.buy, "100", "b", "9"))
    #expect(desk.bar(10, 10, 8, 9, volume: 5000) == [], "the open took the share of this bar")
  }

  @Test func `a bar without volume fills nothing`() {
    var desk = desk()
    desk.hold("10", at: "10")
    desk.place(.stop(.sell, "10", "s", "9"))
    #expect(desk.bar(10, 10, 8, 8, volume: 0) == ["s triggered"])
    #expect(desk.open("8") == [])
    desk.bar(8, 8, 8, 8, volume: 1000)
    #expect(desk.open("7") == ["s fill 10@7"])
  }

  @Test func `all or nothing looks at the volume, at once takes what there is`() {
    var desk = desk()
    desk.open("10")
    desk.bar(10, 10, 10, 10, volume: 500)
    desk.place(.market(.buy, "51", "a", .fok))
    desk.place(.market(.buy, "80", "b", .ioc))
    #expect(desk.open("10") == ["a cancelled fill_or_kill", "b fill 50@10", "b cancelled immediate_or_cancel"])
  }

  @Test func `shares are whole steps`() {
    var settings = PaperSettings.frictionless
    settings.volumeShareNanos = 100_000_000
    var desk = Desk(settings, step: Quantity("0.5")!)
    desk.open("10")
    desk.place(.limit(.buy, "100", "a", "9"))
    #expect(desk.bar(10, 10, 8, 9, volume: 47.9) == ["a fill 4.5@9"])
  }
}
