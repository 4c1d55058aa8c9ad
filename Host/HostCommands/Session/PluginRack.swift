import CommandLineKit
import Configuration
import Isolation
import MarketCalendar
import PluginHost
import TradingCore
import TradingTypes

/// Loads the plugins a session uses and gives each instance its services.
final class PluginRack {
  private let environment: HostEnvironment
  private let configuration: EffectiveConfiguration
  private let clock: RoadClock
  private let errors: LineOutput
  private var images: [String: PluginImage] = [:]
  /// Failures of what was loaded here that nobody has dealt with.
  let stopped = StoppedPlugins()
  /// Whether failures of isolated plugins are logged here; `false` where somebody looks after them and says more.
  var logsFailures = true
  /// Known once the data is open.
  var calendars: [String: SessionCalendar] = [:]
  var board: PortfolioBoard?
  /// Whether strategies and scanners may reach outside. Not where they are shown the past only: what a service answers
  /// today would be knowledge of the future there.
  var letsDecidersOut = false
  private lazy var outside = OutsideServices(
    configuration.host, transport: CurlTransport(), secret: SecretSource(environment, errors).secret)

  init(
    _ environment: HostEnvironment, _ configuration: EffectiveConfiguration, _ clock: RoadClock, _ errors: LineOutput
  ) {
    self.environment = environment
    self.configuration = configuration
    self.clock = clock
    self.errors = errors
    environment.reportSuspects(errors)
    PluginWatch.begin(configuration.host.plugins, environment.failures, errors)
  }

  /// The loaded plugin with this id, in this role. Runs the plugin's entry function the first time.
  func image(_ id: String, role: PluginRole) throws -> PluginImage {
    let file = try environment.plugin(id, role: role)
    if let image = images[id] { return image }
    let image = try load(judged(file))
    images[id] = image
    return image
  }

  /// The file, judged by the configuration with all that the command line adds to it: the listing knows the file's alone,
  /// which may lack what makes it whole.
  private func judged(_ file: PluginFile) throws -> PluginFile {
    let (settings, id) = (configuration.host.plugins, file.manifest?.id ?? "")
    var (file, policy) = (file, environment.policy)
    policy.missingForSandbox = HostEnvironment.missingForSandbox(settings)
    if settings.disabled.value.contains(id) { file.status = .disabled }
    policy.apply(to: &file)
    guard file.status == .ready else { throw file.unusable }
    return file
  }

  private func load(_ file: PluginFile) throws -> PluginImage {
    do throws(PluginLoadError) {
      return try open(file)
    } catch {
      if error.isUnapproved {
        // A listing that reads no file whole could not see it; whoever approved this content too may go on.
        let again = environment.examinedAgain(file)
        guard again.status == .ready else { throw again.unusable }
        if again.requiredDigest != file.requiredDigest { return try load(again) }
      }
      if error.isSecurityEvent { errors.line("security: \(error)") }
      throw CommandFailure(
        code: error.isSecurityEvent ? "security_event" : "plugin_unusable", message: "\(error)", where: file.path,
        expected: "a plugin of ABI \(PluginABI.text)", found: nil, remedy: error.remedy,
        exitCode: error.isSecurityEvent ? .refused : .badConfiguration)
    }
  }

  private func open(_ file: PluginFile) throws(PluginLoadError) -> PluginImage {
    if file.isolation == .isolated || isToBeIsolated(file) {
      return try PluginImage.isolated(file, isolation(file.manifest?.id ?? file.path))
    }
    guard !file.isFirstParty else { return try PluginImage.load(file) }
    return try PluginImage.load(file, startGuard: StartGuard(environment.startMarks, file))
  }

  /// With `WHARF_ISOLATE=sma-cross,paper` these plugins too run in processes of their own, where they read no files.
  private func isToBeIsolated(_ file: PluginFile) -> Bool {
    let ids = (environment.variables["WHARF_ISOLATE"] ?? "").split(separator: ",")
    return ids.contains { $0 == file.manifest?.id ?? "" }
  }

  /// How a plugin's process is run, and who hears of it.
  private func isolation(_ id: String) -> IsolationOptions {
    let errors = self.errors
    var options = IsolationOptions()
    options.output = { line in errors.line("\(id): output: \(line)") }
    options.attempt = { plugin, attempt in errors.line("security: plugin \(plugin) tried \(attempt)") }
    let (stopped, logsFailures) = (self.stopped, self.logsFailures)
    options.failure = { plugin, failure in
      let attributed = PluginFailure(plugin, failure, time: SessionLedger.wallTime())
      stopped.note(attributed)
      if logsFailures { errors.line("\(attributed)") }
    }
    return options
  }

  /// The services of one instance.
  ///
  /// - Parameter clock: what it reads instead of the session's clock.
  func services(
    _ id: String, state: (any PluginHost.PluginStateStore)? = nil, decides: Bool = false, clock: RoadClock? = nil
  ) throws -> InstanceServices {
    let errors = self.errors
    let maker = ServiceMaker(configuration: configuration, calendars: calendars) { errors.line($0) }
    var services = try maker.services(id, clock: clock ?? self.clock)
    services.noteStops(stopped)
    services.portfolio = board
    services.state = state
    let permissions = images[id] == nil ? [] : try environment.plugin(id).grantedPermissions
    if !permissions.isEmpty, letsDecidersOut || !decides { services.outside = OutsideAccess(permissions, outside) }
    return services
  }

  /// Makes an instance, or says in the command line's form why not.
  func make<Instance>(_ id: String, _ make: () throws(PluginFault) -> Instance) throws -> Instance {
    do throws(PluginFault) {
      return try make()
    } catch {
      throw error.commandFailure
    }
  }

  /// A strategy or scanner with its services, started.
  func reader<Reader: BarReader>(
    _ id: String, _ instruments: [Instrument], decideFrom: Timestamp, isExplaining: Bool = false,
    clock: RoadClock? = nil
  ) throws -> Reader {
    let (image, services) = (try image(id, role: Reader.role), try services(id, decides: true, clock: clock))
    return try make(id) { () throws(PluginFault) in
      let instance = try Reader(image, services)
      try instance.start(instruments, decideFrom: decideFrom, isExplaining: isExplaining)
      return instance
    }
  }

  /// Lets a plugin that runs in a process of its own be loaded again at the next use: that process is gone.
  func renew(_ id: String) {
    if images[id]?.runnerEpoch != nil { images[id] = nil }
  }

  /// Id, version and hash of every plugin loaded so far, by id.
  var loaded: [PluginIdentity] { images.values.map(\.identity).sorted { $0.id < $1.id } }
}
