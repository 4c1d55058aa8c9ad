import Backtest
import BacktestStatistics
import CommandLineKit
import Configuration
import Hashing
import PluginHost
import TradingCore
import TradingTypes

/// Everything there is to say about a backtest, for people, programs and the report alike.
struct BacktestResult {
  let setup: BacktestSetup
  let outcome: BacktestOutcome
  let curve: AccountCurve
  let equity: EquitySummary
  /// What a person should know besides the numbers.
  let remarks: [String]

  init(_ setup: BacktestSetup, _ outcome: BacktestOutcome, _ curve: AccountCurve) {
    self.setup = setup
    self.outcome = outcome
    self.curve = curve
    let statistics = curve.statistics
    equity = statistics.summary(
      barsPerYear: setup.plan.universe.barsPerYear(tradesOnSaturdays: statistics.tradesOnSaturdays))
    remarks = BacktestResult.remarks(setup, outcome, curve)
  }

  var instruments: [Instrument] { setup.plan.universe.instruments }
  /// The account's worth at the end; `nil` when it could not be computed.
  var finalEquity: Money? { outcome.finalEquity }
  var profit: Money? { finalEquity?.subtracting(setup.plan.cash) }
  /// Opening the data and reading it.
  var loadSeconds: Double { Double(setup.openNanoseconds + outcome.readNanoseconds) / 1e9 }
  var engineSeconds: Double { Double(outcome.engineNanoseconds) / 1e9 }
  var dataHash: String { setup.data.contents.fingerprint.hex }
  /// Times are session dates.
  var isDaily: Bool { instruments.allSatisfy(\.isDaily) }

  /// A strategy's plugin with its parameters as they were.
  func parameters(of plugin: PluginImage) -> [EffectiveSetting] {
    setup.plan.configuration.plugin(plugin.identity.id)?.settings ?? []
  }

  private static func remarks(_ setup: BacktestSetup, _ outcome: BacktestOutcome, _ curve: AccountCurve) -> [String] {
    var remarks = outcome.skippedBars.filter { $0.key != "after_end" }.sorted { $0.key < $1.key }
      .map { "\($0.value) bars were not used: \($0.key)" }
    if setup.data.faults.skipped > 0 { remarks.append("\(setup.data.faults.skipped) rows or files were skipped") }
    if curve.unknownCount > 0 {
      remarks.append("the equity could not be computed at \(curve.unknownCount) bars: they are in no figure")
    }
    if let foreign = setup.plan.universe.foreignRemark(account: setup.plan.cash.currency) { remarks.append(foreign) }
    if outcome.counters.signals == 0 {
      remarks.append(
        "no strategy raised a signal: are there enough bars to warm up, and do the parameters fit the data?")
    }
    return remarks
  }
}

extension Universe {
  /// Bars a year that ratios are scaled with; `nil` where instruments differ or nothing is known.
  func barsPerYear(tradesOnSaturdays: Bool) -> Double? {
    let rates = Set(
      instruments.map {
        $0.market.barsPerYear(barSeconds: $0.barSeconds, tradesOnSaturdays: tradesOnSaturdays)
      })
    return rates.count == 1 ? rates.first ?? nil : nil
  }
}
