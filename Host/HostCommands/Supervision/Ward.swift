import PluginHost
import TradingCore
import TradingTypes

/// A plugin that a session looks after.
struct Ward {
  /// What it does in the session.
  enum Kind: Hashable {
    case strategy(StrategyID)
    /// By its id.
    case scanner(String)
    case notifier
  }

  let plugin: PluginIdentity
  let kind: Kind
  /// What becomes of its positions when it is given up.
  let policy: PositionPolicy
  let port: any Supervised
  var supervision: PluginSupervision
  /// Failures in this session.
  var failureCount = 0

  /// A failure of which nothing is known but that there was one.
  func unexplained(_ call: UInt64, _ reason: String? = nil) -> PluginFailure {
    PluginFailure(
      plugin: plugin, call: call == 0 ? "start" : "call \(call)", kind: .fault, detail: reason ?? "it stopped",
      time: SessionLedger.wallTime(), epoch: supervision.epoch)
  }

  /// What the core is told of a failure; `nil` when it changes nothing that is decided.
  func event(failed failure: PluginFailure, call: UInt64) -> ExternalEvent? {
    switch kind {
    case .strategy(let strategy):
      .strategyFailed(
        StrategyFailure(
          strategy: strategy, epoch: failure.epoch, call: call, reason: failure.reason,
          isFinal: supervision.state == .quarantined, policy: policy))
    case .scanner(let id): .pluginFailed(id: id, epoch: failure.epoch, call: call)
    case .notifier: nil
    }
  }

  /// What the core is told of a new instance; `nil` when it changes nothing that is decided.
  func event(replaced epoch: UInt32) -> ExternalEvent? {
    switch kind {
    case .strategy(let strategy): .strategyReplaced(StrategyReplacement(strategy: strategy, epoch: epoch))
    case .scanner(let id): .pluginReplaced(id: id, epoch: epoch)
    case .notifier: nil
    }
  }
}
