import CommandLineKit

/// A command tree with one of everything.
let exampleCommand = CommandSpecification(
  "host", abstract: "Trades through plugins, on paper unless told otherwise.",
  options: [
    OptionSpecification(
      "home", value: "DIR", help: "The folder of config, data, ledger and state.", default: "~/.wharf",
      environment: "WHARF_HOME", isInherited: true)
  ],
  subcommands: [
    CommandSpecification(
      "run", abstract: "Runs a paper session.",
      options: [
        OptionSpecification(
          "data", value: "PATH", help: "A file, or a folder read one level deep.", isRepeatable: true),
        OptionSpecification("symbols", value: "A,B", .list, help: "Only these symbols."),
        OptionSpecification(
          "approve", value: "all|none|policy", .choice(["all", "none", "policy"]),
          help: "Who answers the prompts for approval; risk rules decide in any case.", default: "policy"),
        OptionSpecification(
          "param", aliases: ["set"], value: "KEY=VALUE", .keyValue, help: "An option of a plugin.", isRepeatable: true),
        OptionSpecification("workers", value: "N", .integer(1...64), help: "How many threads.", default: "1"),
        OptionSpecification("cash", value: "N", .number(0 ... .infinity), help: "The cash to begin with."),
        .flag("json", help: "Print one JSON object."),
      ], examples: ["host run --data prices.csv --approve all"]),
    CommandSpecification(
      "why", abstract: "Prints what made or stopped a trade.",
      arguments: [
        ArgumentSpecification("SYMBOL", help: "The symbol."),
        ArgumentSpecification("FILE", help: "Ledgers to read.", isOptional: true, isRepeatable: true),
      ]),
    CommandSpecification(
      "config", abstract: "Works on the configuration.",
      subcommands: [
        CommandSpecification("check", abstract: "Reports every fault."),
        CommandSpecification("show", abstract: "Prints the effective values."),
      ]),
    CommandSpecification(
      "check-plugin", abstract: "Tests a plugin.",
      arguments: [ArgumentSpecification("FILE", help: "The plugin.")],
      options: [OptionSpecification("level", value: "N", help: "How thorough.", isRequired: true)]),
  ], version: "host 1.0.0")
