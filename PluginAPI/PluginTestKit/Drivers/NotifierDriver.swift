import PluginSDK
import TradingTypes
import WharfABI

/// Runs one notifier without a host.
public final class NotifierDriver<N: Notifier> {
  /// The host it runs in.
  public let host: TestHost
  /// The notifier as it is now; `nil` on the route through the tables.
  public var notifier: N? { target.role }

  private var target: Target<N>

  /// Makes the notifier.
  public init(_ type: N.Type = N.self, route: Route = .direct, host: TestHost) throws(PluginError) {
    self.host = host
    target = try Target(route, host, .notifier(N.self)) { services throws(PluginError) in
      try N(host: services)
    }
  }

  deinit {
    if let opened = target.opened {
      opened.table.assumingMemoryBound(to: wharf_notifier.self).pointee.destroy(opened.handle)
    }
  }

  /// Delivers one message.
  public func notify(_ notification: Notification) throws(PluginError) {
    try target.call(
      host, { notifier throws(PluginError) in try notifier.notify(notification) },
      { (table: UnsafePointer<wharf_notifier>, handle) in
        notification.withRaw { table.pointee.notify(handle, $0) }
      })
  }
}

extension Notification {
  func withRaw(_ body: (UnsafePointer<wharf_notification>) -> wharf_status) -> wharf_status {
    let bytes = Array((topic + title + text).utf8).map(CChar.init(bitPattern:))
    return bytes.withUnsafeBufferPointer { all in
      var raw = wharf_notification()
      raw.struct_size = size(wharf_notification.self)
      raw.severity = severity.rawValue
      raw.time = time.nanoseconds
      raw.topic = all.baseAddress
      raw.topic_length = UInt64(topic.utf8.count)
      raw.title = all.baseAddress.map { $0 + topic.utf8.count }
      raw.title_length = UInt64(title.utf8.count)
      raw.text = all.baseAddress.map { $0 + topic.utf8.count + title.utf8.count }
      raw.text_length = UInt64(text.utf8.count)
      return withUnsafePointer(to: raw, body)
    }
  }
}
