import BacktestStatistics
import CommandLineKit
import Configuration
import Hashing
import PluginHost
import Runtime
import Sweep
import TradingTypes

/// What a sweep came to, in both forms.
struct SweepReport: CommandReport {
  let setup: BacktestSetup
  let result: SweepResult
  let walkForward: WalkForwardResult?
  /// The instants that walk-forward windows are made of; empty without them.
  let times: [AccountMark]
  /// How long the trials took.
  let sweepSeconds: Double
  /// How many rows the table has at most.
  let shown: Int

  /// What all trials share.
  var plan: BacktestPlan { setup.plan }
  /// Trials that ran.
  var trials: Int { result.ranking.count }
  /// The ids of the strategies.
  var strategies: [String] { plan.strategies.map(\.identity.id) }

  /// The equity of the best row, whose bars are those of every row.
  var any: EquitySummary? { result.ranking.first.flatMap { result.figures($0)?.equity } }

  /// The day or instant of a bar by its place among all that decide.
  func name(_ place: Int) -> Timestamp { times[place].barStart }
}

// MARK: JSON

extension SweepReport {
  func writeJSON(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("bars")
    writer.value(any?.bars ?? 0)
    writer.key("best")
    writer.value(result.best.map { row($0) } ?? .null)
    writer.key("combinations")
    writer.value(result.plan.combinations)
    writer.key("currency")
    writer.value("\(plan.cash.currency)")
    writer.key("data_hash")
    writer.value(setup.data.contents.fingerprint.hex)
    writer.key("deflated_sharpe")
    writer.value(result.best.flatMap { result.deflatedSharpe($0) })
    writer.key("from")
    writer.value(any?.first.map { "\($0)" })
    writer.key("metric")
    writer.value(result.metric.rawValue)
    writer.key("plugin_hash")
    writer.value(plan.strategies.map(\.identity.digest.hex).joined(separator: ","))
    writer.key("rows")
    writer.beginArray()
    for trial in result.ranking { writer.value(row(trial)) }
    writer.endArray()
    writer.key("schema")
    writer.value(1)
    writer.key("skipped")
    writer.beginArray()
    for trial in result.refused {
      writer.value(["params": parameters(trial), "reason": JSONValue(result.refusal(trial))])
    }
    writer.endArray()
    writer.key("strategy")
    writer.value(strategies.joined(separator: ","))
    writer.key("sweep_seconds")
    writer.value(sweepSeconds)
    writer.key("symbols")
    writer.value(.array(plan.universe.instruments.map { .string($0.symbol) }))
    writer.key("to")
    writer.value(any?.last.map { "\($0)" })
    writer.key("trials")
    writer.value(trials)
    writer.key("walk_forward")
    writer.value(walkForward.map { walkForwardJSON($0) } ?? .null)
    writer.endObject()
  }

  private func row(_ trial: Int) -> JSONValue {
    var members = result.figures(trial).map { figuresJSON($0) } ?? [:]
    members["deflated_sharpe"] = JSONValue(result.deflatedSharpe(trial))
    members["params"] = parameters(trial)
    return .object(members)
  }

  private func figuresJSON(_ figures: TrialFigures) -> [String: JSONValue] {
    let equity = figures.equity
    return [
      "bars": JSONValue(equity.bars), "cagr": JSONValue(equity.annualGrowth), "exposure": JSONValue(equity.exposure),
      "fills": JSONValue(figures.fills), "final_equity": .string(equity.final.amount),
      "max_drawdown": JSONValue(equity.maxDrawdown), "orders": JSONValue(figures.orders),
      "pnl": .decimal(equity.profit?.amount), "profit_factor": JSONValue(figures.profitFactor),
      "return": JSONValue(equity.totalReturn), "sharpe": JSONValue(equity.sharpe),
      "sortino": JSONValue(equity.sortino), "trades": JSONValue(figures.trades),
      "win_rate": JSONValue(figures.winRate),
    ]
  }

  /// The parameters of a trial, numbers as numbers.
  private func parameters(_ trial: Int) -> JSONValue {
    .object(
      Dictionary(
        result.plan.settings(trial).map { ($0.name, value($0)) }, uniquingKeysWith: { first, _ in first }))
  }

  private func value(_ setting: ParameterSetting) -> JSONValue {
    for image in plan.strategies {
      guard let options = plan.configuration.plugin(image.identity.id),
        let value = try? options.setting(setting.name, to: setting.value, .commandLine("--param"))?[setting.name]
      else { continue }
      switch value {
      case .integer(let number): return .integer(number)
      case .decimal(let number): return .number(number.double)
      case .boolean(let yes): return .bool(yes)
      default: return .string(setting.value)
      }
    }
    return .string(setting.value)
  }

  private func walkForwardJSON(_ forward: WalkForwardResult) -> JSONValue {
    [
      "efficiency": JSONValue(forward.efficiency),
      "folds": .array(
        forward.folds.map { fold in
          [
            "efficiency": JSONValue(fold.efficiency),
            "deflated_sharpe": JSONValue(fold.inSample.best.flatMap { fold.inSample.deflatedSharpe($0) }),
            "in_sample": window(fold.windows.inSample, fold.best),
            "out_of_sample": window(fold.windows.outOfSample, fold.outOfSample),
            "params": fold.inSample.best.map { parameters($0) } ?? .null,
            "trials": JSONValue(fold.inSample.ranking.count),
          ]
        }),
      "pnl": .decimal(forward.profit?.amount), "winning_folds": JSONValue(forward.winningFolds),
    ]
  }

  private func window(_ range: Range<Int>, _ figures: TrialFigures?) -> JSONValue {
    var members = figures.map { figuresJSON($0) } ?? [:]
    members["bars"] = JSONValue(range.count)
    members["from"] = .string("\(name(range.lowerBound))")
    members["to"] = .string("\(name(range.upperBound - 1))")
    return .object(members)
  }
}
