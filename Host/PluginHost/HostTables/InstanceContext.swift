import Configuration
import MarketCalendar
import Synchronization
import TradingCore

internal import WharfABI

/// What the host knows of one instance while the instance calls the host; behind `wharf_host.context`.
///
/// The functions tagged `[any-thread]` use only what never changes, the clock and the two sinks; the others are called by
/// one thread at a time.
final class InstanceContext {
  let plugin: PluginIdentity
  let clock: RoadClock
  let calendars: [String: SessionCalendar]
  let portfolio: PortfolioBoard?
  let state: (any PluginStateStore)?
  let options: [String: EffectiveSetting]
  /// Changes of the state that were not committed yet.
  var changes: [[UInt8]: [UInt8]?] = [:]
  /// What it keeps, counted when it first changes something.
  var quota: StateQuota?
  var random: UInt64
  /// Its requests; `nil` when it may make none.
  let http: HTTPService?
  /// Its commands; `nil` when it may run none.
  let processes: ProcessService?
  let limits: InstanceLimits
  private let monotonic: @Sendable () -> Int64
  /// What it may still write to the log; security events have a budget of their own, so that nothing drowns them.
  private let lines: Mutex<(usual: LineBudget, security: LineBudget)>
  private let sink: @Sendable (PluginLogLine) -> Void
  private let faults: @Sendable (PluginFault) -> Void
  private let faultCount = Atomic<Int>(0)
  private let error = Mutex<String?>(nil)
  private let host: UnsafeMutablePointer<wharf_host>
  static let faultLimit = 100

  init(_ plugin: PluginIdentity, _ services: InstanceServices) {
    self.plugin = plugin
    clock = services.clock
    calendars = services.calendars
    portfolio = services.portfolio
    state = services.state
    options = Dictionary(
      services.configuration.settings.map { ($0.schema.name, $0) }, uniquingKeysWith: { first, _ in first })
    random = services.seed
    let access = services.outside
    let secrets = access.map {
      PluginSecrets($0.permissions, services.configuration, $0.services.secret)
    }
    http =
      if let access, let secrets, let transport = access.services.transport, access.has(.http) {
        HTTPService(plugin: plugin.id, access: access, secrets: secrets, transport: transport)
      } else { nil }
    processes =
      if let access, let secrets, access.services.commands != nil, access.has(.process) {
        ProcessService(access, secrets)
      } else { nil }
    limits = services.limits
    monotonic = services.monotonic
    let budget = LineBudget(services.limits, now: services.monotonic())
    lines = Mutex((budget, budget))
    sink = services.log
    faults = services.faults
    host = .allocate(capacity: 1)
    host.initialize(to: wharf_host())
    host.pointee.struct_size = UInt32(MemoryLayout<wharf_host>.size)
    host.pointee.abi_minor = UInt32(ABIVersion.host.minor)
    host.pointee.context = Unmanaged.passUnretained(self).toOpaque()
    host.pointee.table = { host, id, length, out in
      guard let context = InstanceContext.of(host), let out, let id = borrowedBytes(id, length) else {
        return Status.invalid
      }
      guard let table = HostTables.shared.table(id, context) else { return Status.unsupported }
      out.pointee = table
      return Status.ok
    }
  }

  /// The few bytes of the host stay for ever, so that a plugin that kept it for too long gets an answer and no crash.
  deinit {
    host.pointee.context = nil
    let dropped = lines.withLock { $0.usual.dropped + $0.security.dropped }
    if dropped > 0 {
      sink(PluginLogLine(plugin: plugin, level: .warning, text: "\(dropped) lines of this plugin were dropped"))
    }
  }

  /// The host as the plugin sees it.
  var pointer: UnsafePointer<wharf_host> { UnsafePointer(host) }

  /// The context behind a host.
  static func of(_ host: UnsafePointer<wharf_host>?) -> InstanceContext? {
    guard let context = host?.pointee.context else { return nil }
    return Unmanaged<InstanceContext>.fromOpaque(context).takeUnretainedValue()
  }

  /// How many breaches of the contract there were.
  var faultTotal: Int { faultCount.load(ordering: .relaxed) }

  /// Tells of a breach of the contract.
  func report(_ kind: PluginFault.Kind, _ call: String, what: String, expected: String, found: String) {
    let number = faultCount.add(1, ordering: .relaxed).newValue
    guard number <= InstanceContext.faultLimit || kind != .violation else { return }
    // Every security event is told, but a plugin that makes them without end does not fill the log with them.
    guard kind != .security || mayWrite(\.security) else { return }
    faults(PluginFault(plugin: plugin, kind: kind, call: call, what: what, expected: expected, found: found))
    if number == InstanceContext.faultLimit {
      faults(
        PluginFault(
          plugin: plugin, kind: .violation, call: call, what: "faults", expected: "none",
          found: "\(number); further ones are only counted"))
    }
  }

  /// The last error that was logged.
  var lastError: String? { error.withLock { $0 } }

  /// Writes a line about this plugin, its own or the host's.
  func log(_ level: PluginLogLine.Level, _ text: String) {
    if level == .error { error.withLock { $0 = text } }
    guard mayWrite(\.usual) else { return }
    sink(PluginLogLine(plugin: plugin, level: level, text: text))
  }

  /// Whether another line about this plugin may be written; the first that may not is told of.
  private func mayWrite(_ budget: WritableKeyPath<(usual: LineBudget, security: LineBudget), LineBudget>) -> Bool {
    let now = monotonic()
    let (isAllowed, dropped) = lines.withLock { lines in
      (lines[keyPath: budget].take(now: now), lines[keyPath: budget].dropped)
    }
    if !isAllowed, dropped == 1 {
      sink(
        PluginLogLine(
          plugin: plugin, level: .warning,
          text:
            "lines of this plugin are dropped: more than \(limits.logBurst) at once and \(limits.logPerSecond) a second"
        ))
    }
    return isAllowed
  }
}
