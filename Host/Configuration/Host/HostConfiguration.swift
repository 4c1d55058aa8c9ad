import TradingTypes

/// What happens to signals that nobody answered in time.
public enum ApprovalTimeoutAction: String, Sendable, CaseIterable {
  /// They are approved, but for those that a timeout never approves.
  case approveAll = "approve_all"
  /// They are rejected.
  case rejectAll = "reject_all"
}

/// What happens when a plugin in the host's process does not come back from a call.
public enum WatchdogAction: String, Sendable, CaseIterable {
  /// The host says which plugin it is, and stops when it waits three times as long as the plugin may take.
  case stop
  /// The host says which plugin it is.
  case warn
}

/// The host's own settings, checked, each with where it comes from.
public struct HostConfiguration: Sendable {
  /// Where instruments trade unless they say.
  public let market: Setting<Market>
  /// What was said about single instruments, by symbol in byte order.
  public let instruments: [InstrumentConfiguration]
  /// The `plugins` section but for the plugins' own options.
  public let plugins: PluginsConfiguration
  /// The broker's id.
  public let activeBroker: Setting<String>
  /// The LLM provider's id; `nil` for none.
  public let activeLLM: Setting<String>?
  /// The limits.
  public let risk: RiskConfiguration
  /// How people are asked.
  public let approval: ApprovalConfiguration
  /// The loop and the ranking.
  public let orchestrator: OrchestratorConfiguration
  /// The jobs.
  public let scheduler: SchedulerConfiguration
  /// The requests that plugins make through the host.
  public let http: HTTPConfiguration
  /// The commands that plugins may ask for, by name in byte order.
  public let processes: [NamedCommand]
  /// What a plugin may use up.
  public let limits: LimitsConfiguration

  /// What was said about a symbol, if anything.
  public func instrument(_ symbol: String) -> InstrumentConfiguration? { instruments.first { $0.symbol == symbol } }
}

/// What the file says about one instrument; `nil` for what it does not say.
public struct InstrumentConfiguration: Sendable {
  /// The ticker.
  public let symbol: String
  /// Its market.
  public let market: Setting<Market>?
  /// The currency its prices are in.
  public let currency: Setting<Currency>?
  /// The price increment.
  public let tick: Setting<Price>?
  /// The quantity increment.
  public let step: Setting<Quantity>?
}

/// Where plugins are and which of them are used.
public struct PluginsConfiguration: Sendable {
  /// Folders as they were written (see ``ConfigurationDocument/pluginFolders(userHome:)``).
  public let paths: Setting<[String]>
  /// Whether a third-party plugin that cannot be isolated is refused.
  public let requireSandbox: Setting<Bool>
  /// Ids of plugins that are not used.
  public let disabled: Setting<[String]>
  /// What happens when a plugin in the host's process does not come back from a call.
  public let watchdog: Setting<WatchdogAction>
  /// How long a call that decides may take.
  public let callDeadline: Setting<Duration>
}

/// The limits of trading. Percentages are of equity.
public struct RiskConfiguration: Sendable {
  /// Positions held at once.
  public let maxPositions: Setting<Limit<Int64>>
  /// Value in one symbol.
  public let maxExposurePerSymbolPercent: Setting<Limit<DecimalValue>>
  /// Sum of (entry - stop) x quantity.
  public let maxPortfolioHeatPercent: Setting<Limit<DecimalValue>>
  /// Loss since the previous session's close, in money of the account.
  public let maxDailyLoss: Setting<Limit<DecimalValue>>
  /// Size of a position before its confidence band.
  public let positionSizePercent: Setting<DecimalValue>
}

/// How people are asked to approve.
public struct ApprovalConfiguration: Sendable {
  /// How long a person may take.
  public let timeout: Setting<Duration>
  /// What silence means. A live account asks ``Origin/isWrittenByHand`` of its origin.
  public let timeoutAction: Setting<ApprovalTimeoutAction>
}

/// The loop and how signals are ranked.
public struct OrchestratorConfiguration: Sendable {
  /// Time between two rounds of the live loop.
  public let loopInterval: Setting<Duration>
  /// Confidence below which the host's own sizing gives nothing.
  public let minimumConfidence: Setting<DecimalValue>
  /// Weight of the score in the ranking.
  public let scoreWeight: Setting<DecimalValue>
  /// Weight of the confidence in the ranking.
  public let confidenceWeight: Setting<DecimalValue>
  /// Weight of the expected value in the ranking.
  public let expectedValueWeight: Setting<DecimalValue>
  /// Weight of reward to risk in the ranking.
  public let rewardToRiskWeight: Setting<DecimalValue>
}

/// How jobs that were missed are treated.
public struct SchedulerConfiguration: Sendable {
  /// How late a missed job still runs.
  public let misfireGrace: Setting<Duration>
  /// Whether a job missed more than once runs only once.
  public let coalesce: Setting<Bool>
}
