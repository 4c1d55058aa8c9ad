import Hashing
import TradingTypes

/// How a plugin failed, and whose failure it was: the attribution of a crash, a hang or a broken contract.
public struct PluginFailure: Error, Hashable, Sendable {
  /// What kind of failure it was.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A call did not come back in time.
    case timeout
    /// A signal ended its process.
    case signal
    /// Its process ended by itself.
    case exit
    /// What it answered could not be read.
    case garbage
    /// It declared itself broken, or answered what leaves it unusable.
    case fault
  }

  /// Which plugin it was, exactly.
  public var plugin: PluginIdentity
  /// The call that was running: `strategy.on_bar`.
  public var call: String
  /// What kind of failure it was.
  public var kind: Kind
  /// What happened, printable: `ended by signal 11 (SIGSEGV)`.
  public var detail: String
  /// When, by the wall clock.
  public var time: Timestamp
  /// Which of the plugin's instances in its session, from 1.
  public var epoch: UInt32

  /// Makes a failure from its parts.
  public init(
    plugin: PluginIdentity, call: String, kind: Kind, detail: String, time: Timestamp, epoch: UInt32 = 1
  ) {
    self.plugin = plugin
    self.call = call
    self.kind = kind
    self.detail = printable(detail, limit: 400)
    self.time = time
    self.epoch = epoch
  }

  /// The failure of a plugin that broke the contract so that it is not called any more.
  public init(_ fault: PluginFault, time: Timestamp, epoch: UInt32 = 1) {
    self.init(
      plugin: fault.plugin, call: fault.call, kind: .fault,
      detail: "\(fault.what): expected \(fault.expected), found \(fault.found)", time: time, epoch: epoch)
  }

  /// What happened, without the plugin: `strategy.on_bar: signal: ended by signal 11 (SIGSEGV)`.
  public var reason: String { "\(call): \(kind.rawValue): \(detail)" }
}

extension PluginFailure: CustomStringConvertible {
  /// `plugin failure: tiny 1.0.0 (3f2a9c0d51e7), instance 2: strategy.on_bar: signal: ended by signal 11 (SIGSEGV)`.
  public var description: String { "plugin failure: \(plugin), instance \(epoch): \(reason)" }
}
