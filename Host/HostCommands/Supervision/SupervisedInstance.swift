import PluginHost
import TradingCore
import TradingTypes

/// Where an instance begins that takes the place of one that failed.
struct FreshStart {
  /// It decides from here on; everything before only warms it up.
  var time: Timestamp
  /// The clock it reads: that of the bars it is shown, and later that of the road.
  var clock: RoadClock
}

/// The instance of a plugin that works at present, if one does. Once one has failed it is gone, with every answer it had
/// given and nobody had taken; so none of an old epoch can come late.
final class SupervisedInstance<Instance: PluginInstance> {
  /// The one that works; `nil` while there is none.
  private(set) var current: Instance?
  /// Calls of the present instance; of the last one while there is none.
  private(set) var calls: UInt64 = 0
  /// The call at which an earlier life's instance failed: it fails there again, whatever it would do.
  var failingCall: UInt64?
  /// Called once for each instance that fails.
  var onNotice: () -> Void = {}

  private let clock: RoadClock
  private var ownClock: RoadClock?
  /// Whether a failure was noticed that nobody has taken.
  private(set) var isNoticed = false

  init(_ first: Instance, clock: RoadClock) {
    current = first
    self.clock = clock
  }

  /// The instance to call, which counts as called; `nil` when there is none.
  @inline(__always)
  func begin() -> Instance? {
    guard let current else { return nil }
    calls &+= 1
    if calls == failingCall {
      self.current = nil
      return nil
    }
    ownClock?.now = clock.now
    return current
  }

  /// Looks whether an instance that was called still works; answers that.
  @inline(__always)
  func works(_ called: Instance) -> Bool {
    guard called.isStopped else { return true }
    notice(called)
    return false
  }

  @inline(never)
  private func notice(_ called: Instance) {
    guard called === current else { return }
    current = nil
    isNoticed = true
    onNotice()
  }

  /// Whether a failure was noticed since this was last asked.
  func takeNotice() -> Bool {
    defer { isNoticed = false }
    return isNoticed
  }

  /// Drops the instance.
  func retire() { current = nil }

  /// Puts a new instance in the place of the one that failed.
  func replace(by instance: Instance, clock: RoadClock) {
    current = instance
    ownClock = clock
    calls = 0
    failingCall = nil
  }
}

/// A plugin as the supervisor of a session handles it, whatever its role.
protocol Supervised: AnyObject {
  associatedtype Instance: PluginInstance

  var instance: SupervisedInstance<Instance> { get }
  /// Makes an instance in the place of the one that failed. Throws when it cannot be made or fails while it warms up.
  func replace(at time: Timestamp) throws
}

extension Supervised {
  /// Called when an instance fails.
  var onNotice: () -> Void {
    get { instance.onNotice }
    set { instance.onNotice = newValue }
  }

  /// Whether ``takeNotice()`` has something to tell.
  var hasNotice: Bool { instance.isNoticed }
  /// The call at which an instance has failed since this was last asked.
  func takeNotice() -> UInt64? { instance.takeNotice() ? instance.calls : nil }
  /// Drops the instance that works.
  func retire() { instance.retire() }
  /// From here on the present instance fails at this call.
  func fail(atCall call: UInt64) { instance.failingCall = call }
}
