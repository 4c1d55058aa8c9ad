import PluginHost
import Runtime
import TradingCore
import TradingTypes

/// A scanner plugin in a session that goes on when the plugin fails.
final class SupervisedScanner: ScannerPort, Supervised {
  /// Makes an instance that was shown everything up to the start.
  typealias Make = (FreshStart) throws -> ScannerInstance

  let id: String
  let instance: SupervisedInstance<ScannerInstance>
  private let make: Make

  init(_ first: ScannerInstance, clock: RoadClock, make: @escaping Make) {
    id = first.plugin.id
    instance = SupervisedInstance(first, clock: clock)
    self.make = make
  }

  var barCall: BarCall {
    BarCall(self) { adapter, bar in
      Unmanaged<SupervisedScanner>.fromOpaque(adapter)._withUnsafeGuaranteedRef { $0.onBar(BarCall.bar(bar)).rawValue }
    }
  }

  private func onBar(_ bar: UnsafePointer<Bar>) -> BarCall.Answer {
    guard let called = instance.begin() else { return .stopped }
    _ = called.onBar(at: bar)
    guard instance.works(called) else { return .stopped }
    return called.hasAnswers ? .waiting : .nothing
  }

  func evaluate(at time: Timestamp) -> Bool { call { $0.evaluate(at: time) } }

  func finish() -> Bool { call { $0.finish() } }

  private func call(_ body: (ScannerInstance) -> CallOutcome) -> Bool {
    guard let called = instance.begin() else { return false }
    _ = body(called)
    return instance.works(called) && called.hasAnswers
  }

  func takeObservations() -> [Observation] {
    guard let present = instance.current else { return [] }
    defer { present.clearAnswers() }
    return present.observations
  }

  func replace(at time: Timestamp) throws {
    let clock = RoadClock(time)
    let fresh = try make(FreshStart(time: time, clock: clock))
    clock.now = time
    fresh.clearAnswers()
    instance.replace(by: fresh, clock: clock)
  }
}
