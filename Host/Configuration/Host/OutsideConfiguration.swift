import TradingTypes

/// The requests that plugins make through the host.
public struct HTTPConfiguration: Sendable {
  /// The rate of every destination that has none of its own, for each plugin.
  public let rate: Setting<RequestRate>
  /// The rates of single destinations and of their budgets.
  public let rates: Setting<[DestinationRate]>
  /// The share of each rate that is kept back for requests that close or protect a position.
  public let reservePercent: Setting<DecimalValue>
  /// The longest a request may take.
  public let timeout: Setting<Duration>
  /// Whether `localhost:PORT` is reached over plain HTTP, for services on this machine.
  public let plainLoopback: Setting<Bool>
}

/// A command that plugins may ask for by its name.
public struct NamedCommand: Hashable, Sendable {
  /// The name, as in the permission `process:NAME`.
  public let name: String
  /// The file that runs, by its full path, and its first arguments.
  public let arguments: [String]

  /// Makes a command from its parts.
  public init(name: String, arguments: [String]) {
    self.name = name
    self.arguments = arguments
  }
}

/// What one instance of a plugin may use up.
public struct LimitsConfiguration: Sendable {
  /// Lines that it may log at once.
  public let logBurst: Setting<Int64>
  /// Lines a second that it may log in the long run.
  public let logPerSecond: Setting<Int64>
  /// Bytes of keys and values that it may keep.
  public let stateBytes: Setting<Int64>
  /// Keys that it may keep.
  public let stateKeys: Setting<Int64>
  /// The longest a command may run.
  public let processTime: Setting<Duration>
}

extension HTTPConfiguration {
  init(_ table: SettingTable) {
    rate = table.required("http", "rate") { $0.text.flatMap { RequestRate($0) } }
    rates = table.required("http", "rates") { $0.list?.compactMap(DestinationRate.init) }
    reservePercent = table.required("http", "reserve_percent", as: \.decimal)
    timeout = table.required("http", "timeout_seconds", as: \.duration)
    plainLoopback = table.required("http", "plain_loopback", as: \.boolean)
  }
}

extension LimitsConfiguration {
  init(_ table: SettingTable) {
    logBurst = table.required("limits", "log_burst", as: \.integer)
    logPerSecond = table.required("limits", "log_per_second", as: \.integer)
    stateBytes = table.required("limits", "state_bytes", as: \.integer)
    stateKeys = table.required("limits", "state_keys", as: \.integer)
    processTime = table.required("limits", "process_seconds", as: \.duration)
  }
}

extension SettingTable {
  /// The named commands in byte order of their names.
  var commands: [NamedCommand] {
    values.compactMap { key, setting in
      guard key.segments.count == 2, key.segments[0] == "processes", let arguments = setting.value.list else {
        return nil
      }
      return NamedCommand(name: key.segments[1], arguments: arguments)
    }.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }
}

extension HostSchema {
  static let http: [OptionSchema] = [
    OptionSchema(
      "rate", .text, default: .text("120 per 60"),
      help: "requests per seconds of each plugin to a destination without a rate of its own"),
    OptionSchema(
      "rates", .list, default: .list([]),
      help: "rates of single destinations and budgets, such as api.example.com/orders 50 per 60"),
    OptionSchema(
      "reserve_percent", .decimal, default: number("10"), minimum: .zero, maximum: whole(90),
      help: "share of each rate kept back for requests that close or protect a position"),
    OptionSchema(
      "timeout_seconds", .duration, default: number("60"), minimum: whole(1), maximum: whole(3600),
      help: "the longest a request may take"),
    OptionSchema(
      "plain_loopback", .boolean, default: .boolean(false),
      help: "reach localhost:PORT without TLS, for services on this machine"),
  ]

  static let limits: [OptionSchema] = [
    limit("log_burst", 1000, 1, 1_000_000, "lines that a plugin may log at once"),
    limit("log_per_second", 100, 1, 100_000, "lines a second that a plugin may log in the long run"),
    limit("state_bytes", 256 << 20, 1 << 10, 8 << 30, "bytes of keys and values that a plugin may keep"),
    limit("state_keys", 1_000_000, 1, 100_000_000, "keys that a plugin may keep"),
    OptionSchema(
      "process_seconds", .duration, default: number("300"), minimum: whole(1), maximum: whole(86_400),
      help: "the longest a command that a plugin asked for may run"),
  ]

  private static func limit(
    _ name: String, _ value: Int64, _ minimum: Int64, _ maximum: Int64, _ help: String
  ) -> OptionSchema {
    OptionSchema(
      name, .integer, default: .integer(value), minimum: whole(minimum),
      maximum: whole(maximum), help: help)
  }
}
