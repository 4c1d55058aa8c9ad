import MarketCalendar
import PluginSDK
import PluginTestKit
import Testing
import TradingTypes

@testable import PumpMomentumLogic

@Suite struct `Universe filter` {
  private func failures(
    _ rules: Rules, price: Double = 10, base15: Double = 1, volume: Double = 2e6, value: Double = 2e7,
    atr: Double = 1, share: Double = 0.05, _ surroundings: Surroundings = .unknown
  ) -> [String] {
    var daily = DailyFigures()
    daily.volume = volume
    daily.tradedValue = value
    daily.atr = atr
    daily.atrShare = share
    return rules.filter.failures(price: price, base15: base15, daily, surroundings).names
  }

  @Test func `a share needs its price, volume or value, and range`() {
    let us = rules(.share())
    #expect(failures(us, price: 5) == [])
    #expect(failures(us, price: 5 * (1 - 9e-10)) == [])
    #expect(failures(us, price: 4.99) == ["price"])
    #expect(failures(us, volume: 999_999, value: 4_999_999) == ["volume"])
    #expect(failures(us, volume: 1e6, value: 0) == [])
    #expect(failures(us, volume: 0, value: 5e6) == [])
    #expect(failures(us, atr: 0.49, share: 0.019) == ["atr"])
    #expect(failures(us, atr: 0.5, share: 0) == [])
    #expect(failures(us, atr: 0, share: 0.02) == [])
    #expect(failures(us, base15: 0) == ["zero_baseline"])
    #expect(failures(us, base15: .nan) == ["zero_baseline"])
    #expect(failures(us, price: 1, base15: 0, volume: 0, value: 0, atr: 0, share: 0).count == 4)
  }

  @Test func `outside the United States a share needs a price of one`() throws {
    let london = try Rules(Parameters(), .example(exchange: "XLON", barSeconds: 60), .xlon)
    #expect(failures(london, price: 1) == [])
    #expect(failures(london, price: 0.99) == ["price"])
  }

  @Test(arguments: [("USD", 1e5), ("USDT", 1e5), ("USDC", 1e5), ("EUR", 1e5), ("BTC", 2)])
  func `a coin needs a traded value in known quote currencies`(currency: String, least: Double) {
    let coin = rules(.coin(currency: currency))
    #expect(failures(coin, price: 1e-8, volume: 0, value: least) == [])
    #expect(failures(coin, volume: 1e12, value: least * 0.99) == ["volume"])
    #expect(failures(coin, atr: 100, share: 0.019) == ["atr"])
  }

  @Test func `a coin in another quote currency needs no traded value`() {
    #expect(failures(rules(.coin(currency: "ETH")), volume: 0, value: 0) == [])
  }

  @Test func `an unknown spread or halt passes, a known one decides`() {
    for rules in [rules(.share()), rules(.coin())] {
      #expect(failures(rules, Surroundings(spread: 0.01, isHalted: false)) == [])
      #expect(failures(rules, Surroundings(spread: 0.011)) == ["spread"])
      #expect(failures(rules, Surroundings(isHalted: true)) == ["halted"])
    }
  }
}

@Suite struct `Risk flags` {
  private func flags(_ inputs: Inputs, _ instrument: Instrument = .share(), _ known: Surroundings = .unknown) -> [Int32]
  {
    RiskFlags(inputs, rules(instrument), known).fields.map { field in
      if case .flag(let flag) = field.value { flag.rawValue } else { -1 }
    }
  }

  @Test func `what bars cannot tell is unknown`() {
    let unknown = Field.Flag.unknown.rawValue
    #expect(flags(.example()) == [unknown, 0, 0, unknown, unknown, unknown])
    #expect(flags(.example(price: 4.99, r60: 0.21)) == [unknown, 1, 1, unknown, unknown, unknown])
    #expect(flags(.example(price: 5, r60: 0.2)) == [unknown, 0, 0, unknown, unknown, unknown])
    #expect(flags(.example(price: 0.01), .coin()) == [unknown, 0, 0, unknown, unknown, unknown])
    #expect(flags(.example(r60: .nan)) == [unknown, 0, unknown, unknown, unknown, unknown])
  }

  @Test func `what is known raises or clears its flag`() {
    let quiet = Surroundings(spread: 0.005, isHalted: false, wasHaltedToday: false, hasNews: true, mentionZ: 2.9)
    #expect(flags(.example(), .share(), quiet) == [0, 0, 0, 0, 0, 0])
    let loud = Surroundings(spread: 0.0051, isHalted: false, wasHaltedToday: true, hasNews: false, mentionZ: 3)
    #expect(flags(.example(), .share(), loud) == [1, 0, 0, 1, 1, 1])
  }

  @Test func `the flags have their names`() {
    let names = RiskFlags(.example(), rules(), .unknown).fields.map(\.name)
    #expect(names == ["thin_book", "low_price", "r60_high", "no_news", "reddit_burst", "halted_today"])
  }
}

@Suite struct `Precision` {
  @Test func `confidence starts at a half and follows the labels slowly`() {
    var precision = PumpMomentumLogic.Precision()
    #expect(precision.confidence == 0.5)
    for _ in 0..<2 { precision.add(continued: true) }
    for _ in 0..<10 { precision.add(continued: false) }
    #expect(precision.labelled == 12)
    #expect(precision.confidence == 17.0 / 42)
  }
}
