import CommandLineKit

/// `host data`: bars in compact, checked files that open at once.
enum DataCommand {
  static let command = HostCommand(
    specification: CommandSpecification(
      "data", abstract: "Keep bars in compact, checked files that open at once.",
      subcommands: [
        CommandSpecification(
          "import", abstract: "Read bars from CSV files, folders or bar stores into a bar store.",
          discussion: [
            "What --data reads can be imported, and what was imported can be named with --data. Rows that cannot be bars "
              + "are listed with file, line and reason; --param bad_rows=refuse imports nothing when there is one.",
            "Bars that are stored already are left alone; further bars are added. A stored bar that differs refuses the "
              + "import, unless --replace puts the new series in place of the stored one. Each file is replaced whole or "
              + "not at all.",
          ],
          arguments: [
            ArgumentSpecification(
              "PATH", help: "A CSV file (.gz too), a bar store, or a folder of them.", isRepeatable: true)
          ],
          options: [
            OptionSpecification(
              "into", value: "PATH",
              help: "A folder, which gets one file a symbol, or one file for all, with a name that ends in .bars.",
              default: "HOME/data"),
            OptionSpecification("symbols", value: "A,B", .list, help: "Only these symbols.", default: "all"),
            .flag("replace", help: "Put imported series in place of stored ones that differ."),
            OptionSpecification(
              "param", aliases: ["set"], value: "KEY=VALUE", .keyValue,
              help:
                "An option of the replay plugin, such as bad_rows=refuse, naive_times=utc or bar_seconds=60; repeatable.",
              isRepeatable: true),
          ],
          examples: ["host data import prices/", "host data import AAPL.csv.gz --into minutes.bars"]),
        CommandSpecification(
          "list", abstract: "List the stored series: symbol, bar size, bars, first and last time, size, hash.",
          arguments: [paths], examples: ["host data list", "host data list minutes.bars --json"]),
        CommandSpecification(
          "verify", abstract: "Read every stored bar again and name each damaged block.",
          discussion: ["Exit code 65 when a file is torn or damaged."], arguments: [paths],
          examples: ["host data verify", "host data verify minutes.bars --json"]),
      ])
  ) { arguments, streams in
    switch arguments.commandWords.last {
    case "import":
      try streams.show(DataImport(arguments, streams).run())
      return .ok
    case "list":
      let listing = StoreListing(StoreFolder.stores(try locations(arguments)))
      try streams.show(listing)
      return listing.damage.isEmpty ? .ok : .badData
    default:
      let verification = StoreVerification(StoreFolder.stores(try locations(arguments)))
      try streams.show(verification)
      return verification.damage.isEmpty ? .ok : .badData
    }
  }

  private static let paths = ArgumentSpecification(
    "PATH", help: "A bar store, or a folder of them; HOME/data when left out.", isOptional: true, isRepeatable: true)

  /// The store files that are named, or those of the home folder.
  private static func locations(_ arguments: ParsedArguments) throws -> [String] {
    let named = arguments.arguments("PATH")
    guard named.isEmpty else { return try named.flatMap { try StoreFolder.files($0) } }
    let folder = StoreFolder.ofHome(try HostEnvironment.locations(arguments))
    return StoreFolder.exists(folder) ? try StoreFolder.files(folder) : []
  }
}
