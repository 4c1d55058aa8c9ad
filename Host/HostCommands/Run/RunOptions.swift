import CommandLineKit
import TradingTypes

/// What `host run` was asked for, typed.
struct RunOptions {
  /// Who answers the approval prompts.
  enum Approve: String, CaseIterable { case all, none, policy }

  /// How fast the replayed market goes.
  enum Speed: Equatable {
    case maximum
    /// Times real time.
    case times(Double)
  }

  var bars: DataOptions
  var strategies: [String]
  var approve: Approve
  var speed: Speed
  var ledger: String?
  var startsNew: Bool
  var commissionRate: String?
  var slippageRate: String?

  static let specifications: [OptionSpecification] =
    DataOptions.specifications + [
      OptionSpecification(
        "strategy", value: "ID", help: "A strategy or scanner plugin; repeatable.", default: "mr-combined",
        isRepeatable: true),
      OptionSpecification(
        "approve", value: "WHO", .choice(Approve.allCases.map(\.rawValue)),
        help: "Answer every prompt yes or no, or follow the configured policy.", default: "policy"),
      OptionSpecification(
        "speed", value: "SPEED",
        ValueKind(expected: "max, real, or a factor such as 60x") { Speed($0) != nil },
        help: "How fast the replayed market goes.", default: "max"),
      OptionSpecification("ledger", value: "FILE", help: "Where the record is kept.", default: "HOME/ledger.db"),
      .flag("new", help: "Begin a new ledger; an old one is kept beside it."),
      OptionSpecification(
        "commission-rate", value: "R", .number(0...0.5), help: "Fee of each fill, as a fraction of its value.",
        default: "0"),
      OptionSpecification(
        "slippage-rate", value: "R", .number(0...0.5), help: "Slippage of each fill, as a fraction of its price.",
        default: "0.0003"),
    ]

  init(_ arguments: ParsedArguments) throws {
    bars = try DataOptions(arguments)
    strategies = arguments.values("strategy")
    approve = arguments.value("approve").flatMap(Approve.init(rawValue:)) ?? .policy
    speed = arguments.value("speed").flatMap(Speed.init) ?? .maximum
    ledger = arguments.value("ledger")
    startsNew = arguments.has("new")
    commissionRate = arguments.value("commission-rate")
    slippageRate = arguments.value("slippage-rate")
  }

  /// Everything that makes two sessions different, in a fixed order: part of the ledger's fingerprint.
  var canonical: [String] {
    bars.canonical + [
      "strategies=\(strategies.joined(separator: ","))", "approve=\(approve.rawValue)",
      "commission=\(commissionRate ?? "")", "slippage=\(slippageRate ?? "")",
    ]
  }
}

extension RunOptions.Speed {
  /// Reads `max`, `real` or a factor such as `60x`.
  init?(_ text: String) {
    switch text {
    case "max": self = .maximum
    case "real": self = .times(1)
    default:
      guard text.hasSuffix("x"), let factor = Double(text.dropLast()), factor.isFinite, factor > 0 else { return nil }
      self = .times(factor)
    }
  }
}
