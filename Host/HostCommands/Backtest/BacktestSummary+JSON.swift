import Backtest
import BacktestStatistics
import CommandLineKit
import Configuration
import Hashing
import Ledger
import PluginHost
import TradingCore
import TradingTypes

extension BacktestSummary {
  func writeJSON(to writer: inout JSONWriter) {
    writer.beginObject()
    // The two lists that grow with the data are streamed to their places among the other keys.
    for (key, value) in members.sorted(by: { $0.key < $1.key }) where writer.failure == nil {
      writer.key(key)
      switch key {
      case "equity": writeEquity(to: &writer)
      case "trades_list": writeTrades(to: &writer)
      default: writer.value(value)
      }
    }
    writer.endObject()
  }

  /// Everything but the lists.
  var figures: [String: JSONValue] {
    let (outcome, equity) = (result.outcome, result.equity)
    let (counters, trades) = (outcome.counters, outcome.tradeStatistics)
    let plugins = result.setup.plan.strategies
    return [
      "bars": .integer(Int64(clamping: outcome.bars)), "bars_per_year": JSONValue(equity.barsPerYear),
      "cagr": JSONValue(equity.annualGrowth), "cash": .string(result.setup.plan.cash.amount),
      "currency": .string("\(result.setup.plan.cash.currency)"), "data_hash": .string(result.dataHash),
      "engine_seconds": .number(result.engineSeconds), "exposure": JSONValue(equity.exposure),
      "fees": .string(counters.fees.amount), "fills": JSONValue(counters.fills),
      "final_equity": .decimal(result.finalEquity?.amount), "from": .decimal(outcome.first),
      "ledger": ledger.map { .string($0) } ?? .null, "load_seconds": .number(result.loadSeconds),
      "max_drawdown": JSONValue(equity.maxDrawdown),
      "max_drawdown_money": .decimal(equity.maxDrawdownMoney?.amount),
      "open_positions": JSONValue(outcome.openPositions.count), "orders": JSONValue(counters.orders),
      "peak_rss_bytes": .integer(ProcessMemory.peakBytes), "pnl": .decimal(result.profit?.amount),
      "plugin_hash": .string(plugins.map(\.identity.digest.hex).joined(separator: ",")),
      "plugins": .array(plugins.map(plugin)), "profit_factor": JSONValue(trades.profitFactor),
      "remarks": .array(result.remarks.map { .string($0) }), "report": report.map { .string($0) } ?? .null,
      "return": JSONValue(equity.totalReturn), "schema": 1, "sharpe": JSONValue(equity.sharpe),
      "signals": JSONValue(counters.signals), "skipped_bars": skipped, "sortino": JSONValue(equity.sortino),
      "strategy": .string(plugins.map(\.identity.id).joined(separator: ",")),
      "symbol_names": .array(result.instruments.map { .string($0.symbol) }),
      "symbols": JSONValue(result.instruments.count), "to": .decimal(outcome.last),
      "trades": JSONValue(counters.trades), "win_rate": JSONValue(trades.winRate),
    ]
  }

  private var members: [String: JSONValue] {
    var members = figures
    if listsSeries {
      members["equity"] = .null
      members["trades_list"] = .null
    }
    return members
  }

  private var skipped: JSONValue {
    .object(result.outcome.skippedBars.mapValues { JSONValue($0) })
  }

  private func plugin(_ plugin: PluginImage) -> JSONValue {
    var parameters: [String: JSONValue] = [:]
    for setting in result.parameters(of: plugin) {
      parameters[setting.schema.name] = setting.value.map { .string($0.value.description) } ?? .null
    }
    return [
      "id": .string(plugin.identity.id), "parameters": .object(parameters),
      "sha256": .string(plugin.identity.digest.hex), "version": .string(plugin.identity.version),
    ]
  }

  private func writeEquity(to writer: inout JSONWriter) {
    writer.beginArray()
    for mark in result.curve.series where writer.failure == nil {
      writer.beginArray()
      writer.value("\(mark.time)")
      writer.value(Price(nanos: mark.nanos).description)
      writer.endArray()
    }
    writer.endArray()
  }

  private func writeTrades(to writer: inout JSONWriter) {
    let daily = Set(result.instruments.filter(\.isDaily).map(\.symbol))
    writer.beginArray()
    for trade in result.outcome.trades where writer.failure == nil {
      writer.value(Trades.kind.json(row(trade), daily: daily))
    }
    writer.endArray()
  }

  /// A trade in the form of `host trades`.
  private func row(_ trade: TradeRecord) -> TradeRow {
    TradeRow(
      id: trade.number, account: "backtest",
      strategy: result.setup.plan.strategies[Int(trade.strategy.index)].identity.id,
      symbol: result.instruments[Int(trade.instrument.index)].symbol, quantity: trade.quantity,
      entryTime: trade.entryTime, entryPrice: trade.entryPrice, exitTime: trade.exitTime, exitPrice: trade.exitPrice,
      exitReason: trade.exitReason.name, exitDetail: trade.exitDetail, fees: trade.fees, pnl: trade.pnl,
      signal: trade.signal)
  }
}
