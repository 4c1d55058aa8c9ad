import Configuration
import MarketCalendar
import TradingCore
import TradingTypes

/// A line that a plugin wrote to the log.
public struct PluginLogLine: Hashable, Sendable {
  /// How much it matters.
  public enum Level: Int32, Hashable, Sendable, CaseIterable {
    case debug = 1
    case info = 2
    case warning = 3
    case error = 4
  }

  /// Who wrote it.
  public var plugin: PluginIdentity
  /// How much it matters.
  public var level: Level
  /// One printable line of at most 4,096 bytes before escaping.
  public var text: String

  /// Makes a line from its parts.
  public init(plugin: PluginIdentity, level: Level, text: String) {
    self.plugin = plugin
    self.level = level
    self.text = text
  }
}

/// What the host gives to one plugin instance.
public struct InstanceServices {
  /// Its options, checked.
  public var configuration: PluginConfiguration
  /// The time of the road.
  public var clock: RoadClock
  /// The start of its random numbers; the same seed gives the same numbers.
  public var seed: UInt64
  /// Calendars by the code of the exchange.
  public var calendars: [String: SessionCalendar]
  /// The account and what is held; `nil`: it may not see them.
  public var portfolio: PortfolioBoard?
  /// Where its state is kept; `nil`: it has none.
  public var state: (any PluginStateStore)?
  /// What it may reach outside; `nil`: nothing.
  public var outside: OutsideAccess?
  /// What it may use up.
  public var limits = InstanceLimits()
  /// Nanoseconds that only ever grow, by which its log is capped.
  public var monotonic = OutsideClock.system.monotonic
  /// Takes its log lines, from any thread.
  public var log: @Sendable (PluginLogLine) -> Void
  /// Takes its breaches of the contract, from any thread. The first hundred are told, the others only counted.
  public var faults: @Sendable (PluginFault) -> Void

  /// Makes services with all that every instance needs.
  public init(
    configuration: PluginConfiguration, clock: RoadClock, seed: UInt64,
    log: @escaping @Sendable (PluginLogLine) -> Void, faults: @escaping @Sendable (PluginFault) -> Void
  ) {
    self.configuration = configuration
    self.clock = clock
    self.seed = seed
    self.log = log
    self.faults = faults
    calendars = [:]
  }
}
