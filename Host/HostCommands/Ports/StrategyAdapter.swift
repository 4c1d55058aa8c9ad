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

  func onBar(_ bar: Bar, _ edges: SessionEdges) throws -> Bool {
    hashes?.add(bar)
    return instance.onBar(bar, isSessionFirst: edges.isFirst, isSessionLast: edges.isLast) != .stopped
      && !instance.signals.isEmpty
  }

  func evaluate(at time: Timestamp) throws -> Bool {
    instance.evaluate(at: time) != .stopped && !instance.signals.isEmpty
  }

  func takeSignals() -> [SignalProposal] {
    var signals = instance.signals
    instance.clearAnswers()
    guard let hashes else { return signals }
    for index in signals.indices {
      let hash = hashes.hash(signals[index].instrument)
      signals[index].fields.append(Field(group: "data", name: "bars_sha256", value: .text(hash)))
    }
    return signals
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

/// A scanner plugin as the engine calls it.
final class ScannerAdapter: ScannerPort {
  let id: String
  private let instance: ScannerInstance

  init(_ instance: ScannerInstance) {
    id = instance.plugin.id
    self.instance = instance
  }

  func onBar(_ bar: Bar, _ edges: SessionEdges) throws -> Bool {
    instance.onBar(bar, isSessionFirst: edges.isFirst, isSessionLast: edges.isLast) != .stopped
      && !instance.observations.isEmpty
  }

  func evaluate(at time: Timestamp) throws -> Bool {
    instance.evaluate(at: time) != .stopped && !instance.observations.isEmpty
  }

  func finish() throws -> Bool { instance.finish() != .stopped && !instance.observations.isEmpty }

  func takeObservations() -> [Observation] {
    defer { instance.clearAnswers() }
    return instance.observations
  }
}
