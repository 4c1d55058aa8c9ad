import PluginSDK
import Testing
import TradingTypes

@testable import PaperLogic

@Suite struct `OCO groups` {
  /// 100 held from 10, a stop at 9 and a target at 11 in one group.
  private func protected(volumeShare: Int64 = 0) -> Desk {
    var settings = PaperSettings.frictionless
    settings.volumeShareNanos = volumeShare
    var desk = Desk(settings)
    desk.hold("100", at: "10")
    desk.bar(10, 10, 10, 10)
    desk.place(.stop(.sell, "100", "s", "9", group: "g"))
    desk.place(.limit(.sell, "100", "t", "11", group: "g"))
    return desk
  }

  @Test func `a bar that touches both legs fills the stop`() {
    var desk = protected()
    #expect(desk.bar(10, 11.5, 8.5, 10) == ["s triggered", "s fill 100@9", "t cancelled oco_filled"])
    #expect(desk.position() == "0")
  }

  @Test func `a target that fills whole cancels the stop`() {
    var desk = protected()
    #expect(desk.bar(10, 11.5, 9.5, 11) == ["t fill 100@11", "s cancelled oco_filled"])
  }

  @Test func `a half target shrinks the stop and never cancels it`() {
    var desk = protected()
    desk.cancel("t")
    desk.place(.limit(.sell, "50", "t2", "11", group: "g"))
    #expect(desk.bar(10, 11.5, 9.5, 11) == ["t2 fill 50@11", "s replaced 50 stop 9"])
    #expect(desk.working == ["s 50"])
    #expect(desk.bar(10, 10, 8, 8) == ["s triggered", "s fill 50@9"])
    #expect(desk.position() == "0")
  }

  @Test func `a leg filled in parts shrinks the others by each part`() {
    var desk = protected(volumeShare: 100_000_000)
    #expect(desk.bar(10, 11.5, 9.5, 11, volume: 300) == ["t fill 30@11", "s replaced 70 stop 9"])
    #expect(desk.bar(10, 11.5, 8.5, 9, volume: 300) == ["s triggered", "s fill 30@9", "t replaced 70"])
    #expect(desk.working == ["s 40", "t 40"])
    #expect(desk.position() == "40")
  }

  @Test func `cancelling one leg leaves the others`() {
    var desk = protected()
    #expect(desk.cancel("t") == ["t cancelled cancel_requested"])
    #expect(desk.working == ["s 100"])
  }

  @Test func `an exit joins the group and is out at the open before the stop is looked at`() {
    var desk = protected()
    desk.bar(10, 10.5, 9.5, 10)
    #expect(desk.place(.market(.sell, "100", "x", group: "g")) == ["x accepted"])
    #expect(desk.open("8") == ["x fill 100@8", "s cancelled oco_filled", "t cancelled oco_filled"])
    #expect(desk.cash == "99800")
  }

  @Test func `sells of one group count once against the position`() {
    var desk = protected()
    #expect(desk.place(.stop(.sell, "1", "extra", "9")) == ["extra rejected exceeds_position"])
    #expect(desk.place(.market(.sell, "101", "more", group: "g")) == ["more rejected exceeds_position"])
    #expect(desk.place(.stop(.sell, "100", "s2", "8", group: "g")) == ["s2 accepted"])
  }

  @Test func `a group does not mix instruments or sides`() {
    var desk = Desk(instruments: 2)
    desk.hold("10", at: "10")
    desk.place(.stop(.sell, "10", "s", "9", group: "g"))
    desk.quote("20", instrument: 1)
    let elsewhere = OrderRequest.market(.buy, "1", "b", group: "g", instrument: 1)
    #expect(desk.place(elsewhere) == ["b rejected oco_group_mixed"])
    #expect(desk.place(.limit(.buy, "1", "c", "5", group: "g")) == ["c rejected oco_group_mixed"])
  }

  @Test func `entries of one group take each other's place`() {
    var desk = Desk()
    desk.open("10")
    desk.place(.limit(.buy, "10", "dip", "9", group: "g"))
    desk.place(.stop(.buy, "10", "breakout", "11", group: "g"))
    #expect(desk.bar(10, 10.5, 8.9, 10) == ["dip fill 10@9", "breakout cancelled oco_filled"])
    #expect(desk.buyingPower == desk.cash)
  }
}

@Suite struct `Brackets` {
  @Test func `an entry that fills brings its exits, which protect it in the same bar`() {
    var desk = Desk()
    desk.open("10")
    #expect(
      desk.place(.market(.buy, "10", "e").bracket(takeProfit: "11", stopLoss: "9"))
        == ["e accepted", "e fill 10@10", "e-tp accepted", "e-sl accepted"])
    #expect(desk.told[2].type == .limit && desk.told[3].type == .stop && desk.told[3].side == .sell)
    #expect(desk.bar(10, 12, 8, 10) == ["e-sl triggered", "e-sl fill 10@9", "e-tp cancelled oco_filled"])
  }

  @Test func `exits grow with each part of the entry`() {
    var settings = PaperSettings.frictionless
    settings.volumeShareNanos = 100_000_000
    var desk = Desk(settings)
    desk.open("10")
    desk.bar(10, 10, 10, 10, volume: 300)
    desk.place(.market(.buy, "100", "e", .gtc).bracket(takeProfit: "12", stopLoss: "8"))
    #expect(desk.open("10") == ["e fill 30@10", "e-tp accepted", "e-sl accepted"])
    desk.bar(10, 11, 9, 10, volume: 500)
    #expect(desk.open("10") == ["e fill 50@10", "e-tp replaced 80", "e-sl replaced 80 stop 8"])
    #expect(desk.working == ["e 20", "e-tp 80", "e-sl 80"])
  }

  @Test func `exits that close the filled part cancel the rest of the entry`() {
    var settings = PaperSettings.frictionless
    settings.volumeShareNanos = 100_000_000
    var desk = Desk(settings)
    desk.open("10")
    desk.bar(10, 10, 10, 10, volume: 300)
    desk.place(.market(.buy, "100", "e", .gtc).bracket(takeProfit: "12", stopLoss: "8"))
    desk.open("10")
    #expect(
      desk.bar(10, 12.5, 9, 12, volume: 1000)
        == ["e-tp fill 30@12", "e-sl cancelled oco_filled", "e cancelled bracket_closed"])
    #expect(desk.position() == "0" && desk.working == [])
  }

  @Test func `an exit of the host's own in the entry's group closes the bracket too`() {
    var settings = PaperSettings.frictionless
    settings.volumeShareNanos = 100_000_000
    var desk = Desk(settings)
    desk.open("10")
    desk.bar(10, 10, 10, 10, volume: 300)
    desk.place(.limit(.buy, "100", "e", "10").bracket(takeProfit: "12", stopLoss: "8"))
    desk.open("10")
    desk.bar(10.5, 11, 10.5, 11, volume: 1000)
    desk.place(.market(.sell, "30", "x", group: "e"))
    #expect(
      desk.open("10.5") == [
        "x fill 30@10.5", "e-tp cancelled oco_filled", "e-sl cancelled oco_filled", "e cancelled bracket_closed",
      ])
  }

  @Test func `an entry inside a bar takes the low as later and the high as earlier`() {
    var desk = Desk()
    desk.open("10")
    desk.place(.limit(.buy, "10", "e", "9.5").bracket(takeProfit: "10.5", stopLoss: "9"))
    #expect(
      desk.bar(10, 11, 9.2, 10.8) == ["e fill 10@9.5", "e-tp accepted", "e-sl accepted"],
      "the high may have come before")
    #expect(desk.bar(10, 11, 9.2, 10.8) == ["e-tp fill 10@10.5", "e-sl cancelled oco_filled"])
    desk.open("10")
    desk.place(.limit(.buy, "10", "f", "9.5").bracket(takeProfit: "10.5", stopLoss: "9"))
    #expect(
      desk.bar(10, 11, 8.8, 10.8) == [
        "f fill 10@9.5", "f-tp accepted", "f-sl accepted", "f-sl triggered", "f-sl fill 10@9",
        "f-tp cancelled oco_filled",
      ])
  }

  @Test func `a stop-loss above the fill sells at the fill`() {
    var desk = Desk()
    desk.open("10")
    desk.place(.limit(.buy, "10", "e", "9.5").bracket(stopLoss: "9.4"))
    #expect(
      desk.open("9.3") == ["e fill 10@9.3", "e-sl accepted", "e-sl triggered", "e-sl fill 10@9.3"])
  }

  @Test func `a cancelled exit is not placed again and cancelling the entry keeps the exits`() {
    var settings = PaperSettings.frictionless
    settings.volumeShareNanos = 100_000_000
    var desk = Desk(settings)
    desk.open("10")
    desk.bar(10, 10, 10, 10, volume: 300)
    desk.place(.market(.buy, "100", "e", .gtc).bracket(takeProfit: "12", stopLoss: "8"))
    desk.open("10")
    desk.cancel("e-tp")
    desk.bar(10, 11, 9, 10, volume: 300)
    #expect(desk.open("10") == ["e fill 30@10", "e-sl replaced 60 stop 8"])
    #expect(desk.cancel("e") == ["e cancelled cancel_requested"])
    #expect(desk.working == ["e-sl 60"])
  }

  @Test func `the ids of the exits belong to the entry from its acceptance on`() {
    var desk = Desk()
    desk.open("10")
    desk.place(.limit(.buy, "10", "e", "9").bracket(stopLoss: "8"))
    desk.place(.limit(.buy, "1", "e-sl", "9"))
    #expect(desk.outcome == .conflicting && desk.told.isEmpty)
    var places = Told()
    #expect(!desk.venue.reports(of: "e-sl", into: &places), "nothing has happened to it yet")
    desk.place(.limit(.buy, "1", "f-tp", "9"))
    #expect(
      desk.place(.limit(.buy, "1", "f", "9").bracket(takeProfit: "12")) == ["f rejected client_id_taken"])
  }
}
