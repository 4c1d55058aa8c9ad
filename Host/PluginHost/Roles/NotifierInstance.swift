import TradingCore
import TradingTypes

internal import WharfABI

/// What became of a message.
public enum Delivery: Hashable, Sendable {
  /// It is delivered.
  case delivered
  /// Offer it once more later.
  case busy
  /// It could not be delivered; the status in a word.
  case failed(String)
}

/// A notifier: carries messages to people. Calls may block.
public final class NotifierInstance: PluginInstance {
  private let table: UnsafePointer<wharf_notifier>

  /// Makes an instance; throws when the plugin refuses, of which its log tells the reason.
  public init(_ image: PluginImage, _ services: InstanceServices) throws(PluginFault) {
    table = image.table(.notifier).assumingMemoryBound(to: wharf_notifier.self)
    try super.init(image, .notifier, services, create: table.pointee.create, destroy: table.pointee.destroy)
  }

  /// Delivers a message.
  public func notify(_ notification: Notification) -> Delivery {
    guard !isStopped else { return .failed("stopped") }
    var raw = wharf_notification()
    raw.struct_size = UInt32(MemoryLayout<wharf_notification>.size)
    raw.severity = notification.severity.rawValue
    raw.time = notification.time.nanoseconds
    let status = withText(notification.topic) { topic, topicLength in
      withText(notification.title) { title, titleLength in
        withText(notification.text) { text, textLength in
          (raw.topic, raw.topic_length) = (topic, topicLength)
          (raw.title, raw.title_length) = (title, titleLength)
          (raw.text, raw.text_length) = (text, textLength)
          return run(.notify) { table.pointee.notify(handle, &raw) }
        }
      }
    }
    switch status {
    case Status.ok: return .delivered
    case Status.busy: return .busy
    default:
      if status == Status.fault { stop(.notify, status) }
      return .failed(Status.name(status))
    }
  }
}
