import BacktestStatistics
import CommandLineKit
import Sweep
import TradingTypes

extension SweepReport {
  func text(for capabilities: TerminalCapabilities) -> String {
    let style = Style(capabilities)
    var text = style.bold(headline) + "\n\n" + trialTable.rendered(for: capabilities)
    if trials > shown { text += "  and \(trials - shown) more; --all lists them\n" }
    text += refusals
    text += "\n" + best(style)
    if let walkForward { text += "\n" + forward(walkForward, style, capabilities) }
    return text
  }

  private var headline: String {
    let symbols = plan.universe.instruments
    let what =
      symbols.count == 1 ? symbols[0].symbol : Figures.count(symbols.count, "symbol", "symbols")
    let drawn =
      result.plan.trials < result.plan.combinations ? " drawn from \(result.plan.combinations)" : ""
    let common = result.plan.settings(0).filter { !isVaried($0.name) }
    let with = common.isEmpty ? "" : " with " + common.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
    let days = [any?.first, any?.last].compactMap { $0.map { "\(CivilDate(utc: $0))" } }.joined(separator: " to ")
    return "\(strategies.joined(separator: ", ")) on \(what)\(printable(with)), \(any?.bars ?? 0) bars, \(days)\n"
      + "\(printable(setup.costs))\n"
      + "\(Figures.count(trials, "trial", "trials"))\(drawn) in \(fixed(sweepSeconds, digits: 2)) s, "
      + "by \(result.metric.rawValue)"
  }

  private func isVaried(_ name: String) -> Bool {
    result.plan.parameters.contains { $0.name == name && $0.count > 1 }
  }

  /// The settings of a trial that are not the same in all.
  private func varied(_ trial: Int) -> [ParameterSetting] {
    result.plan.settings(trial).filter { isVaried($0.name) }
  }

  private var variedColumns: [TextTable.Column] {
    result.plan.parameters.filter { $0.count > 1 }.map { .init($0.name, .right) }
  }

  private var trialTable: TextTable {
    var table = TextTable(
      [.init("", .right)] + variedColumns + SweepReport.figureColumns
        + [.init("deflated", .right)])
    for (place, trial) in result.ranking.prefix(shown).enumerated() {
      guard let figures = result.figures(trial) else { continue }
      table.append(
        [.init("\(place + 1)")] + varied(trial).map { .init($0.value) } + cells(figures)
          + [.init(number(result.deflatedSharpe(trial)))])
    }
    return table
  }

  private static let figureColumns: [TextTable.Column] = [
    .init("trades", .right), .init("pnl", .right), .init("return", .right), .init("drawdown", .right),
    .init("sharpe", .right), .init("sortino", .right), .init("won", .right), .init("factor", .right),
  ]

  private func cells(_ figures: TrialFigures) -> [TextTable.Cell] {
    let equity = figures.equity
    let profit = equity.profit.map { Figures.decimal(nanos: $0.nanos) } ?? Figures.missing
    let tint: Style.Tint? = equity.profit.flatMap { $0.nanos == 0 ? nil : $0.nanos > 0 ? .green : .red }
    return [
      .init("\(figures.trades)"), .init(profit, tint), .init(percent(equity.totalReturn)),
      .init(percent(equity.maxDrawdown)), .init(number(equity.sharpe)), .init(number(equity.sortino)),
      .init(percent(figures.winRate)), .init(number(figures.profitFactor)),
    ]
  }

  /// Most sweeps refuse for one reason, which a few lines show.
  private var refusalsShown: Int { shown == .max ? shown : 5 }

  /// Which combinations were left out and why.
  private var refusals: String {
    guard !result.refused.isEmpty else { return "" }
    var text = "\n\(Figures.count(result.refused.count, "combination", "combinations")) refused by the strategy:\n"
    for trial in result.refused.prefix(refusalsShown) {
      text += "  \(printable(settings(trial))): \(printable(result.refusal(trial) ?? ""))\n"
    }
    if result.refused.count > refusalsShown {
      text += "  and \(result.refused.count - refusalsShown) more; --all lists them\n"
    }
    return text
  }

  private func best(_ style: Style) -> String {
    guard let best = result.best, let figures = result.figures(best) else {
      return "No trial has a \(result.metric.rawValue).\n"
    }
    let worth = result.deflatedSharpe(best)
    let head = ["best by \(result.metric.rawValue)", printable(settings(best))].filter { !$0.isEmpty }
    return style.bold(head.joined(separator: ": ")) + "\n"
      + "  pnl       \(figures.equity.profit.map { "\($0)" } ?? Figures.missing), "
      + "return \(percent(figures.equity.totalReturn)), drawdown \(percent(figures.equity.maxDrawdown))\n"
      + "  sharpe    \(number(figures.equity.sharpe)), deflated \(number(worth)) after "
      + "\(Figures.count(trials, "trial", "trials"))\(verdict(worth))\n"
  }

  private func verdict(_ worth: Double?) -> String {
    guard let worth else { return ": undefined" }
    return worth >= 0.95 ? "" : ": the best of so many may be luck"
  }

  private func forward(
    _ forward: WalkForwardResult, _ style: Style, _ capabilities: TerminalCapabilities
  ) -> String {
    var table = TextTable(
      [.init("out of sample")] + variedColumns + [
        .init("pnl in", .right), .init("sharpe in", .right), .init("deflated", .right), .init("pnl out", .right),
        .init("sharpe out", .right), .init("drawdown out", .right), .init("efficiency", .right),
      ])
    for fold in forward.folds {
      let out = fold.windows.outOfSample
      let chosen = fold.inSample.best
      table.append(
        [.init("\(shortName(out.lowerBound)) to \(shortName(out.upperBound - 1))")]
          + (chosen.map { varied($0).map { .init($0.value) } } ?? variedColumns.map { _ in .init(Figures.missing) })
          + [
            money(fold.best), .init(number(fold.best?.equity.sharpe)),
            .init(number(chosen.flatMap { fold.inSample.deflatedSharpe($0) })), money(fold.outOfSample),
            .init(number(fold.outOfSample?.equity.sharpe)), .init(percent(fold.outOfSample?.equity.maxDrawdown)),
            .init(number(fold.efficiency)),
          ])
    }
    let profit = forward.profit.map { "\($0)" } ?? Figures.missing
    return style.bold("walk-forward, \(Figures.count(forward.folds.count, "fold", "folds"))") + "\n"
      + table.rendered(for: capabilities)
      + "  out of sample: pnl \(profit), \(percent(forward.winningFolds)) of the folds won, "
      + "efficiency \(number(forward.efficiency))\n"
  }

  private func settings(_ trial: Int) -> String {
    varied(trial).map { "\($0.name)=\($0.value)" }.joined(separator: " ")
  }

  private func shortName(_ place: Int) -> String {
    let time = name(place)
    return CivilDate(utc: time).midnightUTC == time ? "\(CivilDate(utc: time))" : Figures.time(time)
  }

  private func money(_ figures: TrialFigures?) -> TextTable.Cell {
    .init(figures?.equity.profit.map { Figures.decimal(nanos: $0.nanos) } ?? Figures.missing)
  }

  private func number(_ value: Double?) -> String {
    value.map { fixed($0, digits: 2) } ?? Figures.missing
  }

  private func percent(_ value: Double?) -> String {
    value.map { fixed($0 * 100, digits: 2) + " %" } ?? Figures.missing
  }

  /// A number with that many decimals; what does not fit is written in full.
  private func fixed(_ value: Double, digits: Int) -> String {
    let scale = [1, 10, 100, 1000][digits]
    guard let rounded = Int64(exactly: (value * Double(scale)).rounded()) else { return "\(value)" }
    let fraction = String(Int64(scale) + Int64(rounded.magnitude % UInt64(scale))).dropFirst()
    return (rounded < 0 ? "-" : "") + "\(rounded.magnitude / UInt64(scale)).\(fraction)"
  }
}
