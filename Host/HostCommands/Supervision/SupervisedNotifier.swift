import PluginHost
import Runtime
import TradingCore
import TradingTypes

/// A notifier plugin in a session that goes on when the plugin fails: a message that cannot be delivered is offered once more,
/// then logged. What people are told changes nothing that is decided, so none of this is journaled.
final class SupervisedNotifier: NotifierPort, Supervised {
  private let id: String
  let instance: SupervisedInstance<NotifierInstance>
  private let make: () throws -> NotifierInstance
  private let log: (String) -> Void

  init(
    _ first: NotifierInstance, clock: RoadClock, make: @escaping () throws -> NotifierInstance,
    log: @escaping (String) -> Void
  ) {
    id = first.plugin.id
    instance = SupervisedInstance(first, clock: clock)
    self.make = make
    self.log = log
  }

  func notify(_ notification: TradingCore.Notification) {
    guard let called = instance.begin() else { return log("\(id) could not deliver: \(notification.title)") }
    var delivery = called.notify(notification)
    if delivery == .busy { delivery = called.notify(notification) }
    _ = instance.works(called)
    if delivery != .delivered { log("\(id) could not deliver: \(notification.title)") }
  }

  func replace(at time: Timestamp) throws { instance.replace(by: try make(), clock: RoadClock(time)) }
}
