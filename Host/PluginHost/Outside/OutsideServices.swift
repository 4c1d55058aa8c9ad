import Configuration

/// The ways out of the host, shared by all plugins: what is made once, whatever the plugin.
public struct OutsideServices: Sendable {
  /// Makes exchanges; `nil`: nobody may make requests.
  public var transport: (any HTTPTransport)?
  /// The budgets of requests.
  public var budgets: BudgetBook
  /// The host's settings of requests.
  public var http: HTTPConfiguration
  /// The commands a person named; `nil`: nobody may run any.
  public var commands: [String: NamedCommand]?
  /// The longest a command may run, in nanoseconds.
  public var processTime: Int64
  /// Looks a secret up; from any thread.
  public var secret: @Sendable (SecretReference) -> Secret?
  /// The machine's time.
  public var clock: OutsideClock

  /// Makes the services of a configuration; `transport` and the look-up of secrets come from the rooms that do them.
  public init(
    _ configuration: HostConfiguration, transport: (any HTTPTransport)?, clock: OutsideClock = .system,
    secret: @escaping @Sendable (SecretReference) -> Secret?
  ) {
    self.transport = transport
    self.secret = secret
    self.clock = clock
    http = configuration.http
    budgets = BudgetBook(configuration.http, clock: clock)
    commands = Dictionary(configuration.processes.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    processTime = configuration.limits.processTime.value.nanoseconds
  }
}

/// What one plugin may reach outside: only what its manifest asks for and a person granted.
public struct OutsideAccess: Sendable {
  /// What was granted.
  public let permissions: Set<Permission>
  let services: OutsideServices

  /// Gives the services to a plugin with these permissions.
  public init(_ permissions: some Sequence<Permission>, _ services: OutsideServices) {
    self.permissions = Set(permissions)
    self.services = services
  }

  func has(_ kind: Permission.Kind) -> Bool { permissions.contains { $0.kind == kind } }
}

extension Duration {
  /// Whole nanoseconds, at most about 292 years.
  var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    return overflow ? .max : whole.addingReportingOverflow(attoseconds / 1_000_000_000).partialValue
  }
}
