import CommandLineKit
import PluginHost
import Runtime
import TradingCore
import TradingTypes

/// Looks after the plugins of a session that it can go on without: strategies, scanners and the notifier.
///
/// One that failed is put on record and in the log, started again after a while, and given up when it fails three times
/// within ten minutes. What of it matters to decisions is journaled, and done again when the session is resumed: a
/// strategy then fails at the call at which it failed before, whatever it would do now.
final class SessionSupervisor: SupervisionPort {
  let watch = SupervisionWatch()
  private var wards: [Ward] = []
  private let failures: FailureFile
  private let stopped: StoppedPlugins
  private let log: (String) -> Void
  /// The call at which an instance failed in an earlier life.
  private var failingCalls: [Instance: UInt64] = [:]

  private struct Instance: Hashable {
    var kind: Ward.Kind
    var epoch: UInt32
  }

  init(
    failures: FailureFile, stopped: StoppedPlugins, journal: [JournaledInput], log: @escaping (String) -> Void
  ) {
    self.failures = failures
    self.stopped = stopped
    self.log = log
    for input in journal {
      switch input.event {
      case .strategyFailed(let failure):
        failingCalls[Instance(kind: .strategy(failure.strategy), epoch: failure.epoch)] = failure.call
      case .pluginFailed(let id, let epoch, let call):
        failingCalls[Instance(kind: .scanner(id), epoch: epoch)] = call
      default: break
      }
    }
  }

  /// Takes a plugin into care, before it is called the first time in the session.
  func add(_ plugin: PluginIdentity, _ kind: Ward.Kind, policy: PositionPolicy, _ port: any Supervised) {
    port.onNotice = { [watch] in watch.dueAt = .distantPast }
    let earlier = (try? failures.read())?.times(plugin.id, plugin.digest) ?? []
    wards.append(
      Ward(
        plugin: plugin, kind: kind, policy: policy, port: port, supervision: PluginSupervision(earlier: earlier)))
    schedule(wards.count - 1)
  }

  /// What a person should know afterwards.
  var remarks: [String] {
    wards.compactMap { ward in
      guard ward.failureCount > 0 else { return nil }
      let end =
        switch ward.supervision.state {
        case .running: "works again"
        case .waiting: "was not started again yet"
        case .quarantined: "is quarantined: \(PluginWatch.release(ward.plugin.id))"
        }
      return "plugin \(ward.plugin.id) failed \(ward.failureCount) times and \(end)"
    }
  }

  /// Puts on record what failed at the very end, when nothing more is decided.
  func finish() {
    for index in wards.indices {
      if let call = wards[index].port.takeNotice() {
        _ = fail(index, call: call, told(index, call), at: .distantPast)
      }
    }
  }

  func lookAfter(at time: Timestamp) throws -> [ExternalEvent] {
    var events: [ExternalEvent] = []
    for index in wards.indices {
      if let call = wards[index].port.takeNotice() {
        events += fail(index, call: call, told(index, call), at: time)
      } else if wards[index].supervision.isDue(at: time) {
        events += try replace(index, at: time)
      }
    }
    setWatch()
    return events
  }

  func `repeat`(_ event: ExternalEvent, at time: Timestamp) throws {
    let (kind, epoch, isFailure): (Ward.Kind, UInt32, Bool)
    switch event {
    case .strategyFailed(let failure): (kind, epoch, isFailure) = (.strategy(failure.strategy), failure.epoch, true)
    case .strategyReplaced(let after): (kind, epoch, isFailure) = (.strategy(after.strategy), after.epoch, false)
    case .pluginFailed(let id, let number, _): (kind, epoch, isFailure) = (.scanner(id), number, true)
    case .pluginReplaced(let id, let number): (kind, epoch, isFailure) = (.scanner(id), number, false)
    default: return
    }
    guard let index = wards.firstIndex(where: { $0.kind == kind }) else { return }
    wards[index].supervision.resume(epoch: epoch, failedAt: isFailure ? time : nil)
    if isFailure {
      wards[index].failureCount += 1
      wards[index].port.retire()
    } else {
      try renew(index, at: time)
      schedule(index)
    }
    setWatch()
  }

  func requireNoNews() throws {
    for index in wards.indices {
      if let call = wards[index].port.takeNotice() { throw told(index, call) }
    }
  }

  /// Puts a failure on record and decides what follows.
  private func fail(_ index: Int, call: UInt64, _ told: PluginFailure, at time: Timestamp) -> [ExternalEvent] {
    let isRunning = wards[index].supervision.state == .running
    var failure = told
    failure.epoch = wards[index].supervision.epoch &+ (isRunning ? 0 : 1)
    wards[index].failureCount += 1
    do {
      var supervision = wards[index].supervision
      try failures.update { $0.record(failure, at: time, in: &supervision) }
      wards[index].supervision = supervision
    } catch {
      log("the failure of plugin \(failure.plugin.id) could not be put on record: \(error)")
      wards[index].supervision.fail(at: time, wall: failure.time)
    }
    log("\(failure); \(next(wards[index]))")
    return wards[index].event(failed: failure, call: call).map { [$0] } ?? []
  }

  private func next(_ ward: Ward) -> String {
    switch ward.supervision.state {
    case .running: "it works again"
    case .waiting(let until): "all others go on; it is started again at \(until)"
    case .quarantined:
      "all others go on; it is quarantined; what to do: \(PluginWatch.release(ward.plugin.id))"
    }
  }

  private func replace(_ index: Int, at time: Timestamp) throws -> [ExternalEvent] {
    do {
      try renew(index, at: time)
    } catch let failure as PluginFailure {
      return fail(index, call: 0, failure, at: time)
    }
    let epoch = wards[index].supervision.replaced()
    log("plugin \(wards[index].plugin) works again as instance \(epoch)")
    return wards[index].event(replaced: epoch).map { [$0] } ?? []
  }

  /// What is known of a failure.
  private func told(_ index: Int, _ call: UInt64) -> PluginFailure {
    stopped.take(wards[index].plugin.id) ?? wards[index].unexplained(call)
  }

  /// Makes a new instance; throws a `PluginFailure` when that is what goes wrong.
  private func renew(_ index: Int, at time: Timestamp) throws {
    let ward = wards[index]
    do {
      try ward.port.replace(at: time)
    } catch is FailedAgain {
      throw told(index, 0)
    } catch let fault as PluginFault {
      throw stopped.take(ward.plugin.id) ?? PluginFailure(fault, time: SessionLedger.wallTime())
    } catch let failure as CommandFailure where failure.first.code != Rewarming.dataChanged {
      throw stopped.take(ward.plugin.id) ?? ward.unexplained(0, failure.first.message)
    }
  }

  /// Sees to it that an instance fails where it failed in an earlier life.
  private func schedule(_ index: Int) {
    let instance = Instance(kind: wards[index].kind, epoch: wards[index].supervision.epoch)
    if let call = failingCalls[instance], call > 0 { wards[index].port.fail(atCall: call) }
  }

  private func setWatch() {
    watch.dueAt =
      wards.compactMap { ward in
        if ward.port.hasNotice { return .distantPast }
        if case .waiting(let until) = ward.supervision.state { return until }
        return nil
      }.min() ?? .distantFuture
  }
}
