import Backtest
import BacktestReport
import BacktestStatistics
import CommandLineKit
import Configuration
import Hashing
import PluginHost
import TradingCore
import TradingTypes

/// Puts the result of a backtest into its report.
struct BacktestReporter {
  let result: BacktestResult
  let account: AccountSampler
  let prices: PriceCurves

  /// Writes the report as one file. Blocks on the disk.
  func write(_ path: String) throws {
    let content = self.content
    try NewFile.write(path) { output in
      Report.render(content) { output.append($0.bindMemory(to: UInt8.self)) }
    }
  }

  private var content: ReportContent {
    let (setup, outcome) = (result.setup, result.outcome)
    let plugins = setup.plan.strategies
    let symbols = result.instruments
    let names = symbols.map(\.symbol)
    let title =
      plugins.map(\.manifest.name).joined(separator: ", ") + " on "
      + (names.count <= 3 ? names.joined(separator: ", ") : "\(names.count) symbols")
    return ReportContent(
      title: title, strategies: plugins.map(strategy),
      symbols: symbols.map { ReportSymbol(name: $0.symbol, currency: $0.currency, price: prices[$0.id]) },
      timing: result.isDaily ? .sessions : .instants, from: outcome.first ?? .distantPast,
      to: outcome.last ?? .distantPast, bars: Int(clamping: outcome.bars), figures: figures, account: account,
      trades: trades, openPositions: outcome.openPositions.compactMap(open), assumptions: assumptions,
      provenance: provenance, notes: notes)
  }

  private func strategy(_ plugin: PluginImage) -> ReportStrategy {
    ReportStrategy(
      id: plugin.identity.id, version: plugin.identity.version, pluginHash: plugin.identity.digest.hex,
      parameters: result.parameters(of: plugin).map { setting in
        ReportParameter(
          name: setting.schema.name, value: setting.value.map { "\($0.value)" } ?? "not set",
          isDefault: setting.value?.origin == .builtIn)
      })
  }

  private var figures: ReportFigures {
    let (equity, counters, trades) = (result.equity, result.outcome.counters, result.outcome.tradeStatistics)
    return ReportFigures(
      startingCash: result.setup.plan.cash, finalEquity: equity.final, fees: counters.fees, orders: counters.orders,
      fills: counters.fills, totalReturn: equity.totalReturn, cagr: equity.annualGrowth,
      maxDrawdown: equity.maxDrawdown, sharpe: equity.sharpe, sortino: equity.sortino, winRate: trades.winRate,
      profitFactor: trades.profitFactor, exposure: equity.exposure, barsPerYear: equity.barsPerYear)
  }

  private var trades: ReportTrades {
    var trades = ReportTrades()
    for trade in result.outcome.trades {
      trades.append(
        ReportTrade(
          symbol: Int(trade.instrument.index), strategy: Int(trade.strategy.index), quantity: trade.quantity,
          entryTime: trade.entryTime, entryPrice: trade.entryPrice, exitTime: trade.exitTime,
          exitPrice: trade.exitPrice, stop: trade.stop > .zero ? trade.stop : nil,
          target: trade.target > .zero ? trade.target : nil, exitReason: trade.exitReason.name,
          exitDetail: trade.exitDetail, fees: trade.fees, pnl: trade.pnl))
    }
    return trades
  }

  /// A position that is still held; one without a known price cannot be valued and is left to the notes.
  private func open(_ position: HeldPosition) -> ReportPosition? {
    guard let last = position.lastPrice,
      let value = Money.notional(last, position.quantity, position.cost.currency, rounded: .down),
      let unrealised = value.subtracting(position.cost)?.subtracting(position.fees)
    else { return nil }
    return ReportPosition(
      symbol: Int(position.instrument.index), strategy: Int(position.strategy.index), quantity: position.quantity,
      entryTime: position.entryTime, entryPrice: position.entryPrice, lastPrice: last,
      stop: position.stop > .zero ? position.stop : nil, unrealised: unrealised)
  }

  private var assumptions: [ReportFact] {
    let host = result.setup.plan.configuration.host
    let paper = result.setup.plan.configuration.plugin("paper")
    func option(_ name: String) -> String { paper?[name].map { "\($0)" } ?? "0" }
    func percent(_ limit: DecimalValue?) -> String { limit.map { "\($0) % of equity" } ?? "unlimited" }
    let volume = option("volume_share")
    return [
      ReportFact("Commission", "\(option("fee_rate")) of the value of each fill"),
      ReportFact("Slippage", "\(option("slippage_rate")) of the price of each fill"),
      ReportFact("Spread", "\(option("spread_rate")) of the price, half of it paid by each fill"),
      ReportFact("Liquidity", volume == "0" ? "unlimited" : "at most \(volume) of a bar's volume"),
      ReportFact("Fills", "market orders at the next bar's open; where a bar touches stop and target, the stop"),
      ReportFact("Positions", host.risk.maxPositions.value.value.map { "\($0)" } ?? "unlimited"),
      ReportFact("Exposure of one symbol", percent(host.risk.maxExposurePerSymbolPercent.value.value)),
      ReportFact("Portfolio heat", percent(host.risk.maxPortfolioHeatPercent.value.value)),
      ReportFact("Daily loss", host.risk.maxDailyLoss.value.value.map { "\($0)" } ?? "unlimited"),
    ]
  }

  private var provenance: [ReportFact] {
    [
      ReportFact("Data hash", result.dataHash),
      ReportFact("Venue", "\(result.setup.plan.broker.identity.id) \(result.setup.plan.broker.identity.version)"),
      ReportFact("Host", HostProgram.version),
    ]
  }

  private var notes: [ReportNote] {
    let faults = result.setup.data.faults
    return result.remarks.map { ReportNote(.warning, $0) }
      + (faults.shown.isEmpty
        ? [] : [ReportNote(.notice, "Noticed in the data", details: faults.shown.map { DataFaultTally.text($0) })])
  }
}
