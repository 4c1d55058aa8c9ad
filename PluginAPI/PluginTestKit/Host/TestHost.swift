import MarketCalendar
import PluginSDK
import TradingTypes
import WharfABI

/// A host in memory for tests of plugins: obeys `host.h`, records what the plugin logs, and is told all it answers.
///
/// It lives until the process ends, so that no instance can outlive it.
public final class TestHost {
  /// One line of the log.
  public struct LogLine: Hashable, Sendable {
    /// 1 debug, 2 info, 3 warning, 4 error.
    public var level: Int32
    /// The line.
    public var text: String
  }

  /// The plugin's options; one that is missing is answered as not found.
  public var options: [String: OptionValue]
  /// The time of the road.
  public var now = Timestamp(nanoseconds: 0)
  /// What the plugin logged.
  public internal(set) var log: [LogLine] = []
  /// The calendars by exchange; XNYS, XLON, XETR and XAMS are there from the start.
  public var calendars: [String: SessionCalendar]
  /// The account.
  public var account: Account
  /// Holdings by instrument; an instrument without one is free, and every instrument exists.
  public var holdings: [InstrumentID: Holding] = [:]
  /// What a commit made durable.
  public internal(set) var durable: [String: [UInt8]] = [:]
  /// Makes every further commit fail with `io`.
  public var failsCommits = false
  /// Tables that this host does not offer, such as `wharf.state/1`.
  public var withheld: Set<String> = []

  /// Changes not yet committed; `nil` removes.
  var pending: [String: [UInt8]?] = [:]
  var randomState: UInt64
  let tables = HostTables()
  package let raw: UnsafeMutablePointer<wharf_host>

  /// Makes a host with these options.
  public init(_ options: [String: OptionValue] = [:], seed: UInt64 = 1) {
    self.options = options
    randomState = seed
    calendars = [:]
    for code in SessionCalendar.exchangeCodes { calendars[code] = SessionCalendar.exchange(code) }
    account = Account(
      equity: Money("100000", .usd)!, cash: Money("100000", .usd)!, buyingPower: Money("100000", .usd)!,
      isBreakerTripped: false)
    raw = .allocate(capacity: 1)
    raw.initialize(to: wharf_host())
    raw.pointee.struct_size = UInt32(MemoryLayout<wharf_host>.size)
    raw.pointee.abi_minor = UInt32(WHARF_ABI_MINOR)
    raw.pointee.context = Unmanaged.passRetained(self).toOpaque()
    raw.pointee.table = HostTables.find
  }

  /// The host as the plugin sees it.
  public var services: HostServices { HostServices(UnsafePointer(raw)) }

  /// The lines of errors.
  public var errors: [String] { log.filter { $0.level == 4 }.map(\.text) }

  /// Forgets what was not committed, as a killed process would.
  public func crash() { pending = [:] }

  static func at(_ host: UnsafePointer<wharf_host>?) -> TestHost {
    Unmanaged<TestHost>.fromOpaque(host!.pointee.context).takeUnretainedValue()
  }
}
