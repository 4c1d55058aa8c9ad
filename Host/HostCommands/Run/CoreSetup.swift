import Configuration
import TradingCore
import TradingTypes

extension CoreConfiguration {
  /// The core of a session as the configuration wants it.
  init(
    universe: Universe, host: HostConfiguration, strategies: [Strategy], cash: Money, approval: Approval,
    decideFrom: Timestamp, clientOrderPrefix: ShortText
  ) {
    let risk = host.risk
    func ratio(_ limit: Limit<DecimalValue>) -> Ratio? { limit.value.map { Ratio(percent: $0) } }
    let limits = Limits(
      maximumPositions: risk.maxPositions.value.value.map { Int($0) },
      exposurePerSymbol: ratio(risk.maxExposurePerSymbolPercent.value),
      portfolioHeat: ratio(risk.maxPortfolioHeatPercent.value),
      maximumDailyLoss: risk.maxDailyLoss.value.value.map { $0.money(cash.currency) },
      minimumConfidence: host.orchestrator.minimumConfidence.value.double)
    self.init(
      instruments: universe.instruments, calendars: universe.calendars, strategies: strategies, cash: cash,
      limits: limits, approval: approval, clientOrderPrefix: clientOrderPrefix)
    sizing = Sizing(baseShare: Ratio(percent: risk.positionSizePercent.value), bands: Sizing.standard.bands)
    let orchestrator = host.orchestrator
    ranking = Ranking(
      score: orchestrator.scoreWeight.value.double, confidence: orchestrator.confidenceWeight.value.double,
      expectedValue: orchestrator.expectedValueWeight.value.double,
      rewardToRisk: orchestrator.rewardToRiskWeight.value.double)
    self.decideFrom = decideFrom
  }
}

extension Ratio {
  /// A percentage as a ratio, rounded down to a billionth.
  init(percent value: DecimalValue) { self.init(nanos: value.price.nanos / 100) }
}
