import Configuration
import PluginHost
import TradingTypes

/// What the host of a test answers; without changes, what a well-behaved host would.
struct HostScript {
  /// How the clock goes.
  enum Clock: Hashable, Sendable {
    /// With the data.
    case road
    /// With the data, but every other answer is so many nanoseconds off.
    case jumping(Int64)
    /// Always this.
    case stuck(Int64)
  }

  /// The plugin's options; one without a value is not found.
  var options: [String: OptionValue] = [:]
  /// Tables that are not offered.
  var refusedTables: Set<String> = []
  /// Whether it makes requests for the plugin. Those of a check never arrive: each ends as ``httpStatus`` says.
  var offersHTTP = false
  /// How each request ends.
  var httpStatus = Status.notSent
  /// Calls that fail.
  var injections: [HostFunction: Injection] = [:]
  /// What the clock says.
  var clock = Clock.road
  /// What every random number is; `nil`: numbers of a seed.
  var stuckRandom: UInt64?
  /// What random numbers start from.
  var seed: UInt64 = 1
  /// What was kept before.
  var state: [[UInt8]: [UInt8]] = [:]
  /// Who is told which options are read, if anybody is.
  var optionWatch: OptionWatch?
  /// The most bytes a value may have.
  var stateQuota = 1 << 20

  /// A host with a plugin's options at their defaults; those that must be set and have none get a made-up value.
  init(_ manifest: Manifest) {
    offersHTTP = manifest.permissions.contains { $0.kind == .http }
    for schema in manifest.options {
      options[schema.name] = schema.defaultValue ?? (schema.isRequired ? HostScript.madeUp(schema) : nil)
    }
  }

  /// The same with one function failing.
  func failing(_ function: HostFunction, _ injection: Injection) -> HostScript {
    var script = self
    script.injections[function] = injection
    return script
  }

  private static func madeUp(_ schema: OptionSchema) -> OptionValue? {
    let least = schema.minimum ?? Decimal9(nanos: 1_000_000_000)
    switch schema.type {
    case .text: return .text("x")
    case .integer: return .integer(least.nanos / 1_000_000_000)
    case .decimal, .duration: return DecimalValue(least.description).map { .decimal($0) }
    case .boolean: return .boolean(false)
    case .choice(let choices): return choices.first.map { .text($0) }
    case .list: return .list([])
    case .secret: return nil
    }
  }
}
