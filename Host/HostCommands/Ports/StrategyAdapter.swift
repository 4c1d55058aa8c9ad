import PluginHost
import Runtime
import TradingCore
import TradingTypes

/// A strategy plugin as the engine calls it. One that stopped is told of nothing any more; everything else goes on.
final class StrategyAdapter: StrategyPort {
  private let instance: StrategyInstance
  /// SHA-256 of all bars offered so far, by instrument: what a signal was decided on.
  private let hashes: BarHashes?

  init(_ instance: StrategyInstance, hashes: BarHashes?) {
    self.instance = instance
    self.hashes = hashes
  }

  var barCall: BarCall {
    // Without hashes there is nothing to do but call the strategy.
    guard hashes != nil else {
      return BarCall(instance) { instance, bar in
        Unmanaged<StrategyInstance>.fromOpaque(instance)._withUnsafeGuaranteedRef {
          StrategyAdapter.answer($0.onBar(at: BarCall.bar(bar)), $0).rawValue
        }
      }
    }
    return BarCall(self) { adapter, bar in
      Unmanaged<StrategyAdapter>.fromOpaque(adapter)._withUnsafeGuaranteedRef { $0.onBar(BarCall.bar(bar)).rawValue }
    }
  }

  private func onBar(_ bar: UnsafePointer<Bar>) -> BarCall.Answer {
    hashes?.add(bar.pointee)
    return answer(instance.onBar(at: bar))
  }

  private func answer(_ outcome: CallOutcome) -> BarCall.Answer { StrategyAdapter.answer(outcome, instance) }

  @inline(__always)
  private static func answer(_ outcome: CallOutcome, _ instance: StrategyInstance) -> BarCall.Answer {
    outcome == .stopped ? .stopped : instance.hasAnswers ? .waiting : .nothing
  }

  var evaluates: Bool { instance.evaluates }

  func evaluate(at time: Timestamp) -> Bool { answer(instance.evaluate(at: time)) == .waiting }

  func takeSignals(_ take: (SignalProposal) throws -> Void) throws {
    guard let hashes else { return try instance.takeSignals(take) }
    try instance.takeSignals { signal in
      var signal = signal
      let hash = hashes.hash(signal.instrument)
      signal.fields.append(Field(group: "data", name: "bars_sha256", value: .text(hash)))
      try take(signal)
    }
  }

  func recheck(_ request: RecheckRequest) throws -> [Check] {
    switch instance.recheck(request) {
    case .notOffered: return []
    case .checks(let checks): return checks
    case .refused(let why):
      return [Check(name: "strategy_answers", kind: .recheck, passed: false, value: nil, limit: nil, note: why)]
    }
  }

  func onFill(_ fill: FillNotice) throws { _ = instance.onFill(fill) }
}
