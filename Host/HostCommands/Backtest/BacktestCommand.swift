import Backtest
import CommandLineKit
import TradingTypes

/// `host backtest`: what the live host would have done, over recorded bars.
enum BacktestCommand {
  static let command = HostCommand(
    specification: CommandSpecification(
      "backtest", abstract: "Backtest strategies over recorded bars.",
      options: BacktestOptions.specifications)
  ) { arguments, streams in
    let setup = try BacktestSetup(BacktestOptions(arguments), HostEnvironment(arguments), streams)
    let errors = streams.errors
    let outcome = try setup.plan.run(setup.source(), wishes: .init(keepsTrades: false)) { errors.line($0) }
    errors.line("\(outcome.counters) open=\(outcome.openPositions) equity \(outcome.finalEquity?.amount ?? "-")")
    let perBar = Double(outcome.engineNanoseconds) / Double(outcome.bars)
    let (engine, read, open) = (
      outcome.engineNanoseconds / 1000, outcome.readNanoseconds / 1000, setup.openNanoseconds / 1000
    )
    errors.line(
      "bars \(outcome.bars) engine \(engine) us, \(perBar) ns/bar, read \(read) us, open \(open) us")
    return .ok
  }
}
