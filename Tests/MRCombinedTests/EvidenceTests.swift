import Testing
import TradingTypes

@testable import MRCombinedLogic

@Suite struct `Evidence and store` {
  func key(_ day: Int64, _ instrument: UInt32 = 0) -> TradeStore.Key {
    TradeStore.Key(instrument: InstrumentID(instrument), signalTime: Timestamp(nanoseconds: day))
  }

  @Test func `an empty store gives the prior and its interval`() {
    let evidence = TradeStore().evidence(near: 0.6, Parameters())
    #expect(evidence.count == 0)
    #expect(evidence.hitRate == 0.6)
    #expect(abs(evidence.hitRateInterval().low - 0.471) < 0.0005)
    #expect(abs(evidence.hitRateInterval().high - 0.723) < 0.0005)
    #expect(close(evidence.expectedValue(cost: 0), 0.0002, within: 1e-12))
    #expect(
      close(
        evidence.expectedValue(cost: Parameters().cost(spread: nil, convertsCurrency: false)), -0.0008,
        within: 1e-12))
  }

  @Test func `only near trades count, and a return of zero is a loss`() {
    var store = TradeStore()
    store.addVirtual(key(1), score: 0.50, grossReturn: 0.02)
    store.addVirtual(key(2), score: 0.65, grossReturn: 0.04)
    store.addVirtual(key(3), score: 0.80, grossReturn: -0.03)
    store.addVirtual(key(4), score: 0.80, grossReturn: 0)
    store.addVirtual(key(5), score: 0.8001, grossReturn: 0.5)
    store.addVirtual(key(6), score: 0.4999, grossReturn: 0.5)
    let evidence = store.evidence(near: 0.65, Parameters())
    #expect(evidence.count == 4)
    #expect(evidence.wins == 2)
    #expect(close(evidence.hitRate, 26 / 44.0, within: 1e-14))
    #expect(close(evidence.meanWin, (0.06 + 0.6) / 42, within: 1e-14))
    #expect(close(evidence.meanLoss, (0.03 + 0.88) / 42, within: 1e-14))
  }

  @Test func `the specification's example of 34 trades comes out`() {
    let evidence = Evidence(count: 34, wins: 26, sumOfWins: 0, sumOfLosses: 0, Parameters())
    #expect(abs(evidence.hitRate - 0.6757) < 0.00005)
    #expect(abs(evidence.hitRateInterval().low - 0.584) < 0.0005)
    #expect(abs(evidence.hitRateInterval().high - 0.762) < 0.0005)
  }

  @Test func `a real trade takes the place of its virtual one, whichever closes first`() {
    for realFirst in [true, false] {
      var store = TradeStore()
      if realFirst { store.addReal(key(1), score: 0.6, grossReturn: -0.01) }
      store.addVirtual(key(1), score: 0.6, grossReturn: 0.05)
      if !realFirst { store.addReal(key(1), score: 0.6, grossReturn: -0.01) }
      let evidence = store.evidence(near: 0.6, Parameters())
      #expect(store.count == 1)
      #expect(evidence.wins == 0)
      #expect(close(evidence.meanLoss, 0.89 / 41, within: 1e-14))
    }
  }

  @Test func `a real trade without a virtual one is added`() {
    var store = TradeStore()
    store.addVirtual(key(1), score: 0.6, grossReturn: 0.05)
    store.addReal(key(1, 1), score: 0.6, grossReturn: 0.05)
    #expect(store.count == 2)
  }

  @Test func `costs are the spread and two legs, with conversion only where currencies differ`() {
    var parameters = Parameters()
    parameters.fx = 0.0015
    #expect(close(parameters.cost(spread: nil, convertsCurrency: false), 0.001, within: 1e-12))
    #expect(close(parameters.cost(spread: nil, convertsCurrency: true), 0.004, within: 1e-12))
    #expect(close(parameters.cost(spread: 0.0001, convertsCurrency: false), 0.0007, within: 1e-12))
  }
}
