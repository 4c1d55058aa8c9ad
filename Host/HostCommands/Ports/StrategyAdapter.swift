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
        Unmanaged<StrategyInstance>.fromOpaque(instance)._withUnsafeGuaranteedRef { $0.answer(BarCall.bar(bar)) }
      }
    }
    return BarCall(self) { adapter, bar in
      Unmanaged<StrategyAdapter>.fromOpaque(adapter)._withUnsafeGuaranteedRef { $0.onBar(BarCall.bar(bar)).rawValue }
    }
  }

  private func onBar(_ bar: UnsafePointer<Bar>) -> BarCall.Answer {
    hashes?.add(bar.pointee)
    return instance.answer(after: instance.onBar(at: bar))
  }

  var evaluates: Bool { instance.evaluates }

  func evaluate(at time: Timestamp) -> Bool { instance.answer(after: instance.evaluate(at: time)) == .waiting }

  var signalCall: SignalCall {
    guard hashes != nil else {
      return SignalCall(instance) { instance, signals in
        Unmanaged<StrategyInstance>.fromOpaque(instance)._withUnsafeGuaranteedRef {
          $0.takeSignals(into: &SignalCall.buffer(signals).pointee)
        }
      }
    }
    return SignalCall(self) { adapter, signals in
      Unmanaged<StrategyAdapter>.fromOpaque(adapter)._withUnsafeGuaranteedRef {
        $0.takeSignals(into: &SignalCall.buffer(signals).pointee)
      }
    }
  }

  private func takeSignals(into signals: inout SignalBuffer) {
    instance.takeSignals(into: &signals)
    hashes?.mark(&signals)
  }

  func recheck(_ request: RecheckRequest) throws -> [Check] { instance.recheck(request).conditions }

  func onFill(_ fill: FillNotice) throws { _ = instance.onFill(fill) }
}

extension RecheckAnswer {
  /// What must hold for the order to go on: a refusal is a condition that failed.
  var conditions: [Check] {
    switch self {
    case .notOffered: []
    case .checks(let checks): checks
    case .refused(let why):
      [Check(name: "strategy_answers", kind: .recheck, passed: false, value: nil, limit: nil, note: why)]
    }
  }
}

extension StrategyInstance {
  /// What a call of it came to, for the engine.
  @inline(__always)
  fileprivate func answer(after outcome: CallOutcome) -> BarCall.Answer {
    outcome == .stopped ? .stopped : hasAnswers ? .waiting : .nothing
  }

  /// Offers a bar; answers a raw ``BarCall/Answer``. A function of its own, so that the C function above is a mere jump.
  @inline(never)
  fileprivate func answer(_ bar: UnsafePointer<Bar>) -> UInt8 { answer(after: onBar(at: bar)).rawValue }
}
