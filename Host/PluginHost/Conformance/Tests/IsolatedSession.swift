import PluginHost
import Synchronization

internal import WharfABI

/// A session that is held twice: with the plugin in this process, and in a process of its own.
enum IsolatedSession {
  static func compare(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    let isolated = try IsolatedPlugin(subject)
    return try subject.eachRole(allRoles, &random) { plugin, role, market in
      let own = try plugin.drive(role)
      own.walk(market)
      let host = DriverHost(plugin.script)
      let carried = isolated.drive(role, host)
      carried.walk(market)
      if let failure = isolated.failure {
        throw Finding(
          role.rawValue, expected: "a session in a process of its own as in the host's", found: failure,
          remedy: "use nothing but the host's tables: behind the wall there are no files, sockets and processes")
      }
      if let difference = DriveEvent.difference(own.events, carried.events) {
        throw Finding(
          role.rawValue, expected: "in a process of its own what it answers in the host's: \(difference.expected)",
          found: difference.found, remedy: "decide by what the host's tables say alone, not by the process around you")
      }
      try compareHosts(role, own.host, host)
      return .pass
    }
  }

  /// What the plugin did to its host, apart from its answers.
  private static func compareHosts(_ role: PluginRole, _ own: DriverHost, _ carried: DriverHost) throws {
    guard own.saved == carried.saved else {
      throw Finding(
        "\(role.rawValue): state", expected: "the same bytes kept from a process of its own",
        found: "\(own.saved.count) keys in the host's process, \(carried.saved.count) in its own, or other values",
        remedy: "keep no addresses and nothing of the process in the state")
    }
    for function in HostFunction.allCases where function != .table && own.count(function) != carried.count(function) {
      throw Finding(
        "\(role.rawValue): \(function.rawValue)", expected: "\(own.count(function)) calls, as in the host's process",
        found: "\(carried.count(function)) in a process of its own",
        remedy: "call the host for what its tables say alone, not for the process around you")
    }
  }
}

/// The plugin in a process of its own, its tables as the host sees them.
private final class IsolatedPlugin {
  private let image: PluginImage
  private let failures = Failures()

  /// Tells of the process's end, from any thread.
  private final class Failures: Sendable {
    let first = Mutex<String?>(nil)
  }

  /// Loads it; what the host does not load in its own process either is ``Unusable``, and another test's to tell.
  init(_ subject: CheckSubject) throws {
    let file = PluginDirectory.examine(subject.path)
    guard file.status == .ready else { throw Unusable("the host would not load it: \(file.reason ?? "no reason")") }
    guard try !subject.usableImage().mixesCodeAndData else {
      throw Unusable("the wall lets no memory be both written and run; the tests of the image tell where it is")
    }
    do { _ = try PluginImage.load(file) } catch { throw Unusable("the host would not load it: \(error)") }
    var options = IsolationOptions()
    let failures = failures
    options.failure = { _, failure in failures.first.withLock { $0 = $0 ?? "\(failure)" } }
    do throws(PluginLoadError) { image = try PluginImage.isolated(file, options) } catch {
      throw Finding(
        "plugin file", expected: "to be loaded in a process of its own", found: "\(error)", remedy: error.remedy)
    }
  }

  /// How its process came to an end that it should not have.
  var failure: String? { failures.first.withLock { $0 } }

  func drive(_ role: PluginRole, _ host: DriverHost) -> Drive {
    let table = image.table(role)
    switch role {
    case .strategy: return StrategyDrive(table.assumingMemoryBound(to: wharf_strategy.self), host)
    case .scanner: return ScannerDrive(table.assumingMemoryBound(to: wharf_scanner.self), host)
    case .broker:
      let venue = image.venueTable?.assumingMemoryBound(to: wharf_simulated_venue.self)
      return BrokerDrive(table.assumingMemoryBound(to: wharf_broker.self), venue: venue, host)
    case .marketData: return MarketDataDrive(table.assumingMemoryBound(to: wharf_market_data.self), host)
    case .notifier: return NotifierDrive(table.assumingMemoryBound(to: wharf_notifier.self), host)
    }
  }
}
