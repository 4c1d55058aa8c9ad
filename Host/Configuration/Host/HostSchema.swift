import TradingTypes

/// The options of the host itself, by section.
public enum HostSchema {
  /// A section of the file with its options.
  public struct Section: Sendable {
    /// The section's key; the root has no names.
    public let key: ConfigurationKey
    /// Its options.
    public let options: [OptionSchema]
    /// Keys in it that are sections themselves.
    let subsections: [String]
  }

  /// Every section with a fixed name, in the order in which `host config show` prints them.
  public static let sections: [Section] = [
    Section(key: ConfigurationKey([]), options: [market], subsections: rootSections),
    Section(key: ConfigurationKey("broker"), options: [activeBroker], subsections: []),
    Section(key: ConfigurationKey("llm"), options: [activeLLM], subsections: []),
    Section(key: ConfigurationKey("risk"), options: risk, subsections: []),
    Section(key: ConfigurationKey("approval"), options: approval, subsections: []),
    Section(key: ConfigurationKey("orchestrator"), options: orchestrator, subsections: ["ranking_weights"]),
    Section(key: ConfigurationKey("orchestrator", "ranking_weights"), options: rankingWeights, subsections: []),
    Section(key: ConfigurationKey("scheduler"), options: scheduler, subsections: []),
    Section(key: ConfigurationKey("http"), options: http, subsections: []),
    Section(key: ConfigurationKey("limits"), options: limits, subsections: []),
  ]

  /// The options of `plugins` itself; its other keys are ids of plugins.
  public static let plugins: [OptionSchema] = [
    OptionSchema("paths", .list, default: .list([]), help: "folders to look for plugins in"),
    OptionSchema(
      "require_sandbox", .boolean, default: .boolean(false),
      help: "refuse a third-party plugin that cannot be isolated"),
    OptionSchema("disabled", .list, default: .list([]), help: "ids of plugins that are not used"),
    OptionSchema(
      "watchdog", .choice(WatchdogAction.allCases.map(\.rawValue)), default: .text(WatchdogAction.stop.rawValue),
      help: "what happens when a plugin in the host's process hangs: stop the host, or only warn"),
    OptionSchema(
      "call_seconds", .duration, default: number("10"), minimum: Decimal9(nanos: 100_000_000), maximum: whole(3600),
      help: "how long a plugin in the host's process may take to decide"),
  ]

  /// The options of `instruments.<symbol>`.
  public static let instrument: [OptionSchema] = [
    OptionSchema("market", .choice(["equity", "crypto"]), help: "where it trades"),
    OptionSchema("currency", .text, help: "the currency its prices are in, such as USD"),
    OptionSchema("tick", .decimal, minimum: Decimal9(nanos: 1), help: "the price increment"),
    OptionSchema("step", .decimal, minimum: Decimal9(nanos: 1), help: "the quantity increment"),
  ]

  /// What `backtest` and `bench` put in place of the built-in limits when no file is named: none.
  public static func unlimitedRisk(for command: String) -> [ConfigurationOverride] {
    risk.filter(\.allowsUnlimited).map { option in
      ConfigurationOverride(ConfigurationKey("risk", option.name), "unlimited", .preset(command))
    }
  }

  static let rootSections = [
    "instruments", "plugins", "broker", "llm", "risk", "approval", "orchestrator", "scheduler", "http",
    "processes", "limits",
  ]

  static let market = OptionSchema(
    "market", .choice(["equity", "crypto"]), default: .text("equity"), help: "where instruments trade unless they say")

  static let activeBroker = OptionSchema(
    "active", .text, default: .text("paper"), help: "id of the broker that gets the orders")

  static let activeLLM = OptionSchema("active", .text, help: "id of the LLM provider")

  static let risk: [OptionSchema] = [
    OptionSchema(
      "max_positions", .integer, default: .integer(10), minimum: whole(1), maximum: whole(10_000),
      allowsUnlimited: true, help: "positions held at once"),
    percent("max_exposure_per_symbol_percent", 20, limit: true, "value in one symbol, of equity"),
    percent("max_portfolio_heat_percent", 6, limit: true, "sum of (entry - stop) x quantity, of equity"),
    OptionSchema(
      "max_daily_loss", .decimal, default: number("1000"), minimum: Decimal9(nanos: 10_000_000), allowsUnlimited: true,
      help: "loss since the previous session's close that trips the circuit breaker, in money"),
    percent("position_size_percent", 5, limit: false, "size of a position before its confidence band, of equity"),
  ]

  static let approval: [OptionSchema] = [
    OptionSchema(
      "approval_timeout_seconds", .duration, default: number("120"), minimum: whole(1), maximum: whole(86_400),
      help: "how long a person may take"),
    OptionSchema(
      "approval_timeout_action", .choice(ApprovalTimeoutAction.allCases.map(\.rawValue)),
      default: .text(ApprovalTimeoutAction.approveAll.rawValue),
      help: "what silence means; a live account needs it written out"),
  ]

  static let orchestrator: [OptionSchema] = [
    OptionSchema(
      "loop_interval_seconds", .duration, default: number("5"), minimum: Decimal9(nanos: 100_000_000),
      maximum: whole(3600), help: "time between two rounds of the live loop"),
    OptionSchema(
      "minimum_confidence", .decimal, default: number("70"), minimum: .zero, maximum: whole(100),
      help: "confidence below which the host's own sizing gives nothing"),
  ]

  static let rankingWeights: [OptionSchema] = [
    weight("score", "0.55"), weight("confidence", "0.15"), weight("ev", "0.2"), weight("reward_to_risk", "0.1"),
  ]

  static let scheduler: [OptionSchema] = [
    OptionSchema(
      "misfire_grace_seconds", .duration, default: number("300"), maximum: whole(86_400),
      help: "how late a missed job still runs"),
    OptionSchema("coalesce", .boolean, default: .boolean(true), help: "run a job missed more than once only once"),
  ]

  static func whole(_ value: Int64) -> Decimal9 { Decimal9(nanos: value * 1_000_000_000) }

  static func number(_ text: String) -> OptionValue? { DecimalValue(text).map(OptionValue.decimal) }

  private static func percent(_ name: String, _ value: Int32, limit: Bool, _ help: String) -> OptionSchema {
    OptionSchema(
      name, .decimal, default: .decimal(DecimalValue(value)), minimum: Decimal9(nanos: 10_000_000), maximum: whole(100),
      allowsUnlimited: limit, help: help)
  }

  private static func weight(_ name: String, _ value: String) -> OptionSchema {
    OptionSchema(
      name, .decimal, default: number(value), minimum: .zero, maximum: whole(1), help: "weight in ranking signals")
  }
}
