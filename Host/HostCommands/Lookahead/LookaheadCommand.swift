import CommandLineKit

/// `host lookahead`: shows on real bars that a plugin's answers do not depend on what comes after them.
enum LookaheadCommand {
  static let command = HostCommand(
    specification: CommandSpecification(
      "lookahead",
      abstract: "Prove on real bars that decisions do not change when what comes after them is cut or poisoned.",
      discussion: [
        "The plugin is run over all bars while it explains itself, then again and again with the bars after an instant "
          + "left out, and with other prices and volumes in their place. All that it answers up to that instant, raised "
          + "or not, must be the same; of a strategy, also every row of the decision log of a backtest. "
          + "Bars that have opened by then keep their opening price and nothing else.",
        "Labels of a scanner look at what became of an alert on purpose: they are compared where they were told in "
          + "time. The trading calendar is known in advance and stays whole.",
        "Instants are chosen by --seed: some at which a signal was raised, the ones before, and others spread over the "
          + "data. The bars are held in memory, 80 bytes each. Where something differs, the status is 70.",
      ],
      arguments: [ArgumentSpecification("PLUGIN", help: "The id of a strategy or scanner, such as mr-combined.")],
      options: DataOptions.specifications + BacktestOptions.costs + [
        OptionSpecification(
          "cuts", value: "N", .integer(1...10_000), help: "How many instants the future is hidden behind.",
          default: "20"),
        OptionSpecification(
          "seed", value: "S", .integer(0...Int.max), help: "Chooses the instants and the poison.", default: "1"),
      ],
      examples: [
        "host lookahead mr-combined --data AAPL.csv",
        "host lookahead sma-cross --data prices/ --cuts 50 --seed 7 --json",
      ])
  ) { arguments, streams in
    let seed = UInt64(arguments.integer("seed") ?? 1)
    let setup = try LookaheadSetup(arguments, HostEnvironment(arguments), streams)
    let outcome = try LookaheadCheck(setup: setup, seed: seed, streams: streams).run(
      cuts: arguments.integer("cuts") ?? 20)
    try streams.show(LookaheadReport(setup: setup, seed: seed, outcome: outcome))
    return outcome.isEqual ? .ok : .internalFault
  }
}
