import Testing
import TradingTypes

@testable import MRCombinedLogic

@Suite struct `Plan of a trade` {
  func plan(
    close: Double, atr: Double, sma5: Double, tick: Price? = nil, _ change: (inout Parameters) -> Void = { _ in }
  ) throws -> Plan {
    var inputs = Inputs()
    (inputs.close, inputs.atr14, inputs.sma5) = (close, atr, sma5)
    var instrument = equity("AAA")
    instrument.tick = tick
    var parameters = Parameters()
    change(&parameters)
    return try #require(Plan(inputs, instrument, parameters))
  }

  @Test func `a buy limit rounds down, stop and target round up`() throws {
    let plan = try plan(close: 41.43, atr: 0.987_424_910_113_9, sma5: 43.521_000_6)
    #expect(plan.entry == price("41.43"))
    #expect(plan.stop == price("37.98"))
    #expect(plan.target == price("43.53"))
    #expect(plan.limitEntry == price("41.18"))
    #expect(plan.stopDistance == price("3.455987185"))
  }

  @Test func `prices on the tick stay there`() throws {
    let plan = try plan(close: 50, atr: 2, sma5: 49)
    #expect(plan.stop == price("43"))
    #expect(plan.target == price("52"))
    #expect(plan.limitEntry == price("49.5"))
  }

  @Test func `below 1.00 the tick is a hundredth of a cent unless one is known`() throws {
    #expect(try plan(close: 0.5, atr: 0.012_345, sma5: 0.4).stop == price("0.4568"))
    #expect(try plan(close: 0.5, atr: 0.012_345, sma5: 0.4, tick: price("0.05")).stop == price("0.5"))
    // The planned stop crosses 1.00, and rounds by the tick where it lies.
    #expect(try plan(close: 1.2, atr: 0.1, sma5: 1.1).stop == price("0.85"))
  }

  @Test func `a limit entry plans stop and target from the limit`() throws {
    let plan = try plan(close: 50, atr: 2, sma5: 49) { $0.entry = .limit }
    #expect(plan.entry == price("49.5"))
    #expect(plan.stop == price("42.5"))
    #expect(plan.target == price("51.5"))
  }

  @Test func `the target is the mean of five closes where that is higher`() throws {
    #expect(try plan(close: 50, atr: 2, sma5: 52.001).target == price("52.01"))
  }

  @Test func `numbers that are not finite or do not fit leave no plan`() {
    var inputs = Inputs()
    (inputs.close, inputs.atr14, inputs.sma5) = (50, .nan, 50)
    #expect(Plan(inputs, equity("AAA"), Parameters()) == nil)
    inputs.atr14 = 1e10
    #expect(Plan(inputs, equity("AAA"), Parameters()) == nil)
  }
}

@Suite struct `Size of a trade` {
  struct Row: Sendable, CustomTestStringConvertible {
    let equity, cash: String
    var close = 41.43
    var atr = 0.987_424_910_113_9
    var step = "1"
    let quantity: String
    var testDescription: String { "equity \(equity) cash \(cash) close \(close) atr \(atr) step \(step)" }
  }

  @Test(arguments: [
    // 50 at risk over 3.45: 14.49.
    Row(equity: "10000", cash: "10000", quantity: "14"),
    Row(equity: "10000", cash: "10000", step: "0.01", quantity: "14.49"),
    // A narrow stop: the position's 10 % decide, 1000 / 50.
    Row(equity: "10000", cash: "10000", close: 50, atr: 0.1, quantity: "20"),
    // Cash above the reserve of 500: 99.99 / 50.
    Row(equity: "10000", cash: "599.99", close: 50, atr: 0.1, quantity: "1"),
    Row(equity: "10000", cash: "599.99", close: 50, atr: 0.1, step: "0.001", quantity: "1.999"),
    Row(equity: "10000", cash: "549.99", close: 50, atr: 0.1, quantity: "0"),
    Row(equity: "10000", cash: "500", close: 50, atr: 0.1, quantity: "0"),
    Row(equity: "10000", cash: "-5", close: 50, atr: 0.1, quantity: "0"),
    Row(equity: "0", cash: "0", quantity: "0"), Row(equity: "-1", cash: "100", quantity: "0"),
    Row(equity: "689.99", cash: "689.99", quantity: "0"), Row(equity: "690", cash: "690", quantity: "1"),
    Row(equity: "9000000000", cash: "9000000000", close: 5, atr: 0.01, quantity: "180000000"),
    // The stop rounds up to the entry itself: no risk can be computed.
    Row(equity: "10000", cash: "10000", close: 5, atr: 0.000_1, quantity: "0"),
  ]) func `the least of risk, position and cash, down to the step`(_ row: Row) throws {
    var instrument = equity("AAA")
    instrument.step = Quantity(row.step)!
    var inputs = Inputs()
    (inputs.close, inputs.atr14, inputs.sma5) = (row.close, row.atr, row.close)
    let plan = try #require(Plan(inputs, instrument, Parameters()))
    let funds = Funds(equity: Money(row.equity, .usd)!, cash: Money(row.cash, .usd)!)
    #expect(plan.quantity(funds, instrument, Parameters()) == Quantity(row.quantity)!)
  }

  @Test func `an account in another currency buys nothing`() throws {
    var inputs = Inputs()
    (inputs.close, inputs.atr14, inputs.sma5) = (50, 1, 50)
    let plan = try #require(Plan(inputs, equity("AAA"), Parameters()))
    let euros = Money("100000", Currency("EUR")!)!
    #expect(plan.quantity(Funds(equity: euros, cash: euros), equity("AAA"), Parameters()) == .zero)
  }
}
