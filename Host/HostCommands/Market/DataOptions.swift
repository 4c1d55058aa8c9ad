import CommandLineKit
import TradingTypes

/// Which bars a command looks at and with which money: options that mean the same everywhere.
struct DataOptions {
  var data: [String]
  var symbols: [String]
  var from: String?
  var to: String?
  var warmsUp: Bool
  var market: Market?
  var quoteCurrency: Currency?
  var parameters: [(key: String, value: String)]
  var cash: Money

  static let specifications = specifications(marketDefault: "equity")

  /// - Parameter marketDefault: what a command does without `--market`.
  static func specifications(marketDefault: String) -> [OptionSpecification] {
    [
      OptionSpecification(
        "data", value: "PATH", help: "A CSV file, or a folder of them; repeatable.",
        default: "the bundled daily history of two US indices", isRepeatable: true),
      OptionSpecification("symbols", value: "A,B", .list, help: "Only these symbols.", default: "all"),
      OptionSpecification("from", value: "DATE", DateBound.kind, help: "First day of decisions; earlier bars warm up."),
      OptionSpecification("to", value: "DATE", DateBound.kind, help: "Last day."),
      .flag("no-warm-up", help: "Leave out the bars before --from."),
      OptionSpecification(
        "market", value: "MARKET", .choice(["equity", "crypto"]),
        help: "Where instruments trade: XNYS sessions, or 24/7.",
        default: marketDefault),
      OptionSpecification(
        "quote", value: "CURRENCY",
        ValueKind(expected: "1 to 8 upper-case letters or digits") { Currency($0) != nil },
        help: "Quote currency of crypto instruments.", default: "USD"),
      OptionSpecification(
        "param", aliases: ["set"], value: "KEY=VALUE", .keyValue, help: "An option of the plugin; repeatable.",
        isRepeatable: true),
      OptionSpecification(
        "cash", value: "N", ValueKind(expected: "a plain decimal above zero") { Price($0).map { $0 > .zero } ?? false },
        help: "Money at the start, in USD.", default: "100000"),
    ]
  }

  init(_ arguments: ParsedArguments) throws {
    data = arguments.values("data")
    symbols = arguments.list("symbols")
    from = arguments.value("from")
    to = arguments.value("to")
    warmsUp = !arguments.has("no-warm-up")
    market = arguments.value("market").map { $0 == "crypto" ? .crypto : .equity }
    quoteCurrency = arguments.value("quote").flatMap { Currency($0) }
    parameters = arguments.pairs("param")
    cash = Money(arguments.value("cash") ?? "100000", .usd) ?? .zero(.usd)
    if let from, let to, let first = DateBound.from(from), let after = DateBound.after(to), first >= after {
      throw CommandFailure(
        code: "empty_range", message: "the range holds no day", where: "--from \(from) --to \(to)",
        expected: "--from not after --to", found: "\(from) after \(to)", remedy: "exchange them", exitCode: .badData)
    }
  }

  /// Everything here that decisions depend on, in a fixed order; the data itself has its own hash.
  var canonical: [String] {
    [
      "symbols=\(symbols.joined(separator: ","))", "from=\(from ?? "")", "to=\(to ?? "")", "warm_up=\(warmsUp)",
      "market=\(market.map { "\($0)" } ?? "")", "quote=\(quoteCurrency?.description ?? "")",
      "parameters=\(parameters.map { "\($0.key)=\($0.value)" }.joined(separator: ","))", "cash=\(cash)",
    ]
  }
}
