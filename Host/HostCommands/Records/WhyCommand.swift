import CommandLineKit
import Ledger
import TradingTypes

/// `host why SYMBOL`: the chain of decisions that made or stopped a trade.
enum WhyCommand {
  static let command = HostCommand(
    specification: CommandSpecification(
      "why", abstract: "Show the decisions that made or stopped a symbol's trades, with their numbers.",
      discussion: [
        "With --at: those of the last signal whose bar is not later, from its first condition to the end of the "
          + "position it led to. Without: all of the symbol."
      ], arguments: [ArgumentSpecification("SYMBOL", help: "The symbol as it is written in the ledger.")],
      options: [
        LedgerFile.option,
        OptionSpecification(
          "at", value: "TIME", DateBound.kind, help: "The day or time (UTC) of the signal's bar, or a later one."),
      ], examples: ["host why AAPL", "host why AAPL --at 2018-04-20 --json"])
  ) { arguments, streams in
    let symbol = arguments.argument("SYMBOL") ?? ""
    let path = try LedgerFile.path(arguments)
    let time = arguments.value("at").flatMap(DateBound.until)
    let chain = try LedgerFile.read(path) { reader throws(LedgerError) in
      try DecisionChain(symbol, at: time, in: reader)
    }
    if chain.decisions.isEmpty {
      throw try LedgerFile.read(path) { reader throws(LedgerError) in
        try nothing(symbol, at: arguments.value("at"), in: reader)
      }
    }
    try streams.show(chain)
    return .ok
  }

  /// The failure where no decision was found: it says what the ledger has instead.
  private static func nothing(
    _ symbol: String, at time: String?, in reader: LedgerReader
  ) throws(LedgerError) -> CommandFailure {
    if let time, let first = try reader.signals(LedgerFilter(symbol: symbol)).map(\.barTime).min() {
      return failure(
        "no decision about \(symbol) is as early as that", reader.path, expected: "\(first) or later", found: time,
        remedy: "give a later --at, or leave it out")
    }
    if try !reader.observations(LedgerFilter(symbol: symbol, limit: 1)).isEmpty {
      return failure(
        "nothing was decided about \(symbol)", reader.path, expected: "a symbol with signals",
        found: "observations only, which never become orders", remedy: "run host observations --symbols \(symbol)")
    }
    let known = Set(try reader.signals().map(\.symbol)).sorted()
    let shown = known.prefix(20).joined(separator: ", ") + (known.count > 20 ? ", ..." : "")
    return failure(
      "nothing was decided about \(symbol)", reader.path,
      expected: known.isEmpty ? "a ledger with signals" : "one of: \(shown)",
      found: known.isEmpty ? "no signals yet" : symbol,
      remedy: known.isEmpty ? "name another ledger with --ledger" : "give a symbol with signals; see host signals")
  }

  private static func failure(
    _ message: String, _ path: String, expected: String, found: String, remedy: String
  ) -> CommandFailure {
    CommandFailure(
      code: "no_decisions", message: message, where: path, expected: expected, found: found, remedy: remedy,
      exitCode: .noInput)
  }
}
