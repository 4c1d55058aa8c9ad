import CommandLineKit
import Configuration
import TradingTypes

/// What commands that run backtests were asked for, typed.
struct BacktestOptions {
  var bars: DataOptions
  var strategies: [String]
  var commissionRate: String?
  var slippageRate: String?
  /// Whether a configuration file was named: it brings its own numbers, and what it leaves out is as in `host run`.
  var namesConfiguration: Bool

  static let specifications: [OptionSpecification] =
    DataOptions.specifications(marketDefault: "every bar as given, no session filter") + [
      OptionSpecification("strategy", value: "ID", help: "A strategy plugin; repeatable.", isRepeatable: true)
    ] + costs

  /// What fills cost.
  static let costs: [OptionSpecification] = [
    OptionSpecification(
      "commission-rate", value: "R", .number(0...0.5), help: "Fee of each fill, as a fraction of its value.",
      default: "0"),
    OptionSpecification(
      "slippage-rate", value: "R", .number(0...0.5), help: "Slippage of each fill, as a fraction of its price.",
      default: "0"),
  ]

  init(_ arguments: ParsedArguments) throws {
    try self.init(arguments, strategies: arguments.values("strategy"))
  }

  /// For commands that name their strategies in another way.
  init(_ arguments: ParsedArguments, strategies: [String]) throws {
    bars = try DataOptions(arguments)
    self.strategies = strategies
    commissionRate = arguments.value("commission-rate")
    slippageRate = arguments.value("slippage-rate")
    namesConfiguration = arguments.value("config") != nil
    guard !strategies.isEmpty else {
      throw CommandFailure(
        code: "missing_option", message: "no strategy is named", where: "--strategy", expected: "the id of a strategy",
        found: nil, remedy: "name one, for example --strategy sma-cross; see host list-plugins", exitCode: .usage)
    }
    if let twice = Set(strategies).first(where: { id in strategies.count { $0 == id } > 1 }) {
      throw CommandFailure(
        code: "strategy_twice", message: "a strategy is named twice", where: "--strategy \(twice)",
        expected: "each strategy once", found: twice, remedy: "leave one out", exitCode: .usage)
    }
  }

  /// A backtest's own defaults: no limits and no costs but those asked for. They lie below a configuration file's numbers.
  var presets: [ConfigurationOverride] {
    guard !namesConfiguration else { return [] }
    let costs = ["slippage_rate", "spread_rate", "fee_rate", "volume_share"].map { option in
      ConfigurationOverride(ConfigurationKey("plugins", "paper", option), "0", .preset("backtest"))
    }
    return HostSchema.unlimitedRisk(for: "backtest") + costs
  }

  /// The account's currency: the quote currency of what is traded.
  var cash: Money { Money(nanos: bars.cash.nanos, currency: bars.quoteCurrency ?? bars.cash.currency) }

  /// Everything that makes two backtests different, in a fixed order: part of a ledger's fingerprint.
  var canonical: [String] {
    bars.canonical + [
      "strategies=\(strategies.joined(separator: ","))", "commission=\(commissionRate ?? "")",
      "slippage=\(slippageRate ?? "")",
    ]
  }

  /// What the command line says above every file.
  var overrides: [ConfigurationOverride] {
    var overrides: [ConfigurationOverride] = []
    func set(_ plugin: String, _ option: String, _ text: String?, _ origin: String) {
      guard let text else { return }
      overrides.append(ConfigurationOverride(ConfigurationKey("plugins", plugin, option), text, .commandLine(origin)))
    }
    set("replay", "paths", bars.data.isEmpty ? nil : bars.data.joined(separator: ","), "--data")
    set("paper", "cash", cash.amount, "--cash")
    set("paper", "currency", "\(cash.currency)", "--quote")
    set("paper", "fee_rate", commissionRate, "--commission-rate")
    set("paper", "slippage_rate", slippageRate, "--slippage-rate")
    // A backtest's account ends with it.
    set("paper", "durable", "false", "backtest")
    return overrides
  }
}
