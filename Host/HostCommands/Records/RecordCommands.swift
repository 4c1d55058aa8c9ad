import CommandLineKit

/// The commands that read the record of a session.
enum RecordCommands {
  static let all: [HostCommand] = [
    command(Trades.kind), command(Orders.kind), command(Fills.kind), command(Positions.kind), command(Signals.kind),
    command(Observations.kind), WhyCommand.command, LedgerCommand.command,
  ]

  /// The command that lists one kind of row.
  private static func command<Row>(_ kind: RecordKind<Row>) -> HostCommand {
    HostCommand(
      specification: CommandSpecification(
        kind.name, abstract: kind.abstract,
        discussion: kind.discussion + [
          "Tables round prices, money and analytics, and show UTC; --json has every digit."
        ],
        options: RecordOptions.specifications + kind.options,
        examples: ["host \(kind.name)", "host \(kind.name) --symbols AAPL --from 2020-01-01 --json"])
    ) { arguments, streams in
      let (rows, daily) = try RecordOptions(arguments).rows(kind, arguments)
      try streams.show(RecordListing(kind: kind, rows: rows, daily: daily))
      return .ok
    }
  }
}
