import Testing
import TradingTypes

@Suite struct `Amounts of money` {
  let eur = Currency("EUR")!

  @Test(arguments: ["USD", "BTC", "USDT", "A", "1INCH", "ABCDEFGH"])
  func `a currency is its code`(_ code: String) {
    #expect(Currency(code)?.description == code)
    #expect(Currency(code) == Currency(Substring(code)))
  }

  @Test(arguments: ["", "usd", "US D", "ABCDEFGHI", "US-D", "\u{20AC}", "USD\n"])
  func `anything else is no currency`(_ code: String) { #expect(Currency(code) == nil) }

  @Test func `currencies sort by their codes`() {
    let codes = ["USDT", "EUR", "USD", "AB", "B", "A"]
    #expect(codes.compactMap { Currency($0) }.sorted().map(\.description) == codes.sorted())
  }

  @Test func `two currencies never add up`() throws {
    let dollars = try #require(Money("12.5", .usd))
    let euros = try #require(Money("12.5", eur))
    #expect(dollars != euros)
    #expect(dollars.adding(euros) == nil && dollars.subtracting(euros) == nil)
    #expect(dollars.adding(.zero(eur)) == nil)
    #expect(dollars.adding(dollars) == Money("25", .usd))
    #expect(dollars.subtracting(dollars) == .zero(.usd))
    #expect(dollars.description == "12.5 USD" && dollars.amount == "12.5" && dollars.double == 12.5)
    #expect(Money("12.5 USD", .usd) == nil)
  }

  @Test func `sums that do not fit are refused`() {
    let most = Money(nanos: .max, currency: .usd)
    let least = Money(nanos: .min, currency: .usd)
    let billionth = Money(nanos: 1, currency: .usd)
    #expect(most.adding(billionth) == nil && least.subtracting(billionth) == nil)
    #expect(most.adding(least)?.nanos == -1)
  }

  @Test(arguments: [Rounding.down, .up])
  func `price times quantity is exact to a billionth in the named direction, or refused`(_ direction: Rounding) {
    var random = SplitMix64(seed: 5)
    var (rounded, refused) = (0, 0)
    for _ in 0..<20_000 {
      let (price, quantity) = (random.int64(), random.int64())
      let product = Int128(price) * Int128(quantity)
      let floor = floorDivide(product, 1_000_000_000)
      let exact = direction == .down || floor * 1_000_000_000 == product ? floor : floor + 1
      let found = Money.notional(Price(nanos: price), Quantity(nanos: quantity), .usd, rounded: direction)
      #expect(found?.nanos == fitted(exact), "\(price) x \(quantity)")
      #expect(Money(nanos: price, currency: .usd).scaled(byNanos: quantity, rounded: direction) == found)
      if found == nil { refused += 1 } else if exact * 1_000_000_000 != product { rounded += 1 }
    }
    #expect(rounded > 1000 && refused > 1000)
  }

  @Test func `notional by hand`() throws {
    let price = try #require(Price("41.7075"))
    let quantity = try #require(Quantity("14"))
    #expect(Money.notional(price, quantity, .usd, rounded: .up) == Money("583.905", .usd))
    let third = try #require(Price("0.333333333"))
    let tenth = try #require(Quantity("0.1"))
    #expect(Money.notional(third, tenth, .usd, rounded: .down) == Money("0.033333333", .usd))
    #expect(Money.notional(third, tenth, .usd, rounded: .up) == Money("0.033333334", .usd))
    let minus = try #require(Quantity("-0.1"))
    #expect(Money.notional(third, minus, .usd, rounded: .down) == Money("-0.033333334", .usd))
    #expect(Money.notional(third, minus, .usd, rounded: .up) == Money("-0.033333333", .usd))
    #expect(Money("10000", .usd)?.scaled(byNanos: 1_500_000, rounded: .up) == Money("15", .usd))
  }

  @Test func `an amount buys the largest quantity that it pays for`() {
    var random = SplitMix64(seed: 6)
    var answered = 0
    for _ in 0..<20_000 {
      let (amount, price) = (random.int64(), random.int64())
      let quantity = Money(nanos: amount, currency: .usd).quantity(at: Price(nanos: price))
      guard price > 0 else {
        #expect(quantity == nil)
        continue
      }
      let exact = floorDivide(Int128(amount) * 1_000_000_000, Int128(price))
      #expect(quantity?.nanos == fitted(exact))
      guard let quantity else { continue }
      answered += 1
      let scaled = Int128(amount) * 1_000_000_000
      #expect(Int128(quantity.nanos) * Int128(price) <= scaled)
      #expect((Int128(quantity.nanos) + 1) * Int128(price) > scaled)
    }
    #expect(answered > 1000)
    #expect(Money("100", .usd)?.quantity(at: Price(nanos: 3_000_000_000)) == Quantity("33.333333333"))
    #expect(Money("100", .usd)?.quantity(at: .zero) == nil)
  }
}
