import CommandLineKit
import PluginHost
import Runtime
import TradingCore
import TradingTypes

// The plugins that a session goes on without when they fail.
extension RunSetup {
  func makeStrategies(_ supervisor: SessionSupervisor) throws -> (
    ports: [any StrategyPort], profiles: [CoreConfiguration.Strategy], scanners: [any ScannerPort]
  ) {
    var ports: [any StrategyPort] = []
    var profiles: [CoreConfiguration.Strategy] = []
    var scanners: [any ScannerPort] = []
    for manifest in files.compactMap(\.manifest) {
      if manifest.roles.contains(.strategy) {
        let first: StrategyInstance = try rack.reader(manifest.id, data.universe.instruments, decideFrom: decideFrom)
        let hashes = BarHashes(instrumentCount: data.universe.instruments.count)
        let port = SupervisedStrategy(first, hashes: hashes, clock: clock) { try fresh(manifest.id, $0) }
        let strategy = StrategyID(UInt16(ports.count))
        supervisor.add(first.plugin, .strategy(strategy), policy: manifest.onFailure, port)
        ports.append(port)
        profiles.append(.init(id: manifest.id, rechecks: first.rechecks))
      } else {
        let first: ScannerInstance = try rack.reader(manifest.id, data.universe.instruments, decideFrom: decideFrom)
        let port = SupervisedScanner(first, clock: clock) { try fresh(manifest.id, $0) }
        supervisor.add(first.plugin, .scanner(manifest.id), policy: .hold, port)
        scanners.append(port)
      }
    }
    return (ports, profiles, scanners)
  }

  func makeNotifier(_ streams: StandardStreams, _ supervisor: SessionSupervisor) throws -> (any NotifierPort)? {
    guard environment.usable.contains(where: { $0.manifest?.id == "console" }) else { return nil }
    let first = try notifier("console")
    let port = SupervisedNotifier(
      first, clock: clock,
      make: {
        rack.renew("console")
        return try notifier("console")
      }, log: { streams.errors.line($0) })
    supervisor.add(first.plugin, .notifier, policy: .hold, port)
    return port
  }

  private func notifier(_ id: String) throws -> NotifierInstance {
    let (image, services) = (try rack.image(id, role: .notifier), try rack.services(id))
    return try rack.make(id) { () throws(PluginFault) in try NotifierInstance(image, services) }
  }

  private func fresh<Reader: BarReader>(_ id: String, _ start: FreshStart) throws -> Reader {
    rack.renew(id)
    let fresh: Reader = try rack.reader(id, data.universe.instruments, decideFrom: start.time, clock: start.clock)
    try rewarming.show(through: start.time, clock: start.clock) { fresh.warm($0, at: $1) }
    return fresh
  }

  private var rewarming: Rewarming {
    Rewarming(
      rack: rack, data: data, source: "replay", symbols: options.bars.symbols,
      startAt: options.bars.warmsUp ? .distantPast : decideFrom, endBefore: endBefore)
  }
}
