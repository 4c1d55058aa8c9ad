import PluginHost
import Runtime
import TradingCore
import TradingTypes

/// A strategy plugin in a session that goes on when the plugin fails. While no instance works, bars pass it by.
final class SupervisedStrategy: StrategyPort, Supervised {
  /// Makes an instance that was shown everything up to the start and was not called for anything else.
  typealias Make = (FreshStart) throws -> StrategyInstance

  let evaluates: Bool
  let instance: SupervisedInstance<StrategyInstance>
  private let make: Make
  /// SHA-256 of all bars so far, by instrument: what a signal was decided on. A new instance has seen the same ones.
  private let hashes: BarHashes
  /// The fills of positions that are still open, so that a new instance knows of them.
  private var fills: [InstrumentID: [FillNotice]] = [:]

  init(_ first: StrategyInstance, hashes: BarHashes, clock: RoadClock, make: @escaping Make) {
    evaluates = first.evaluates
    instance = SupervisedInstance(first, clock: clock)
    self.hashes = hashes
    self.make = make
  }

  var barCall: BarCall {
    BarCall(self) { adapter, bar in
      Unmanaged<SupervisedStrategy>.fromOpaque(adapter)._withUnsafeGuaranteedRef { $0.onBar(BarCall.bar(bar)).rawValue }
    }
  }

  private func onBar(_ bar: UnsafePointer<Bar>) -> BarCall.Answer {
    hashes.add(bar.pointee)
    guard let called = instance.begin() else { return .stopped }
    _ = called.onBar(at: bar)
    return answer(called)
  }

  private func answer(_ called: StrategyInstance) -> BarCall.Answer {
    guard instance.works(called) else { return .stopped }
    return called.hasAnswers ? .waiting : .nothing
  }

  func evaluate(at time: Timestamp) -> Bool {
    guard let called = instance.begin() else { return false }
    _ = called.evaluate(at: time)
    return answer(called) == .waiting
  }

  var signalCall: SignalCall {
    SignalCall(self) { adapter, signals in
      Unmanaged<SupervisedStrategy>.fromOpaque(adapter)._withUnsafeGuaranteedRef {
        $0.takeSignals(into: &SignalCall.buffer(signals).pointee)
      }
    }
  }

  private func takeSignals(into signals: inout SignalBuffer) {
    guard let present = instance.current else { return signals.removeAll() }
    present.takeSignals(into: &signals)
    hashes.mark(&signals)
  }

  func recheck(_ request: RecheckRequest) throws -> [Check] {
    guard let called = instance.begin() else { return RecheckAnswer.refused("failed").conditions }
    let answer = called.recheck(request)
    _ = instance.works(called)
    return answer.conditions
  }

  func onFill(_ fill: FillNotice) throws {
    fills[fill.instrument, default: []].append(fill)
    if fill.position == .zero { fills[fill.instrument] = nil }
    guard let called = instance.begin() else { return }
    _ = called.onFill(fill)
    _ = instance.works(called)
  }

  func replace(at time: Timestamp) throws {
    let clock = RoadClock(time)
    let fresh = try make(FreshStart(time: time, clock: clock))
    clock.now = time
    for fill in fills.values.joined().sorted(by: { ($0.time, $0.instrument) < ($1.time, $1.instrument) }) {
      guard fresh.onFill(fill) != .stopped else { throw FailedAgain() }
    }
    fresh.clearAnswers()
    instance.replace(by: fresh, clock: clock)
  }
}

/// An instance failed before it had taken the place of the one before.
struct FailedAgain: Error {}
