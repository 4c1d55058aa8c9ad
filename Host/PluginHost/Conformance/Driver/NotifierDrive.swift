import PluginHost

internal import WharfABI

/// A notifier, driven as a session does.
final class NotifierDrive: Drive {
  /// A message before it has an address.
  struct Message {
    var severity = Int32(WHARF_SEVERITY_INFO)
    var topic = Array("signal".utf8)
    var title = Array("ALPHA: enter long".utf8)
    var text = Array("close 41.50\nstop 40.00".utf8)
  }

  private let table: UnsafePointer<wharf_notifier>

  init(_ table: UnsafePointer<wharf_notifier>, _ host: DriverHost) {
    self.table = table
    super.init(.notifier, host, create: table.pointee.create, destroy: table.pointee.destroy)
  }

  private static let topics = ["signal", "fill", "breaker", "observation", "summary", "security"]

  override func stepCount(_ market: CheckMarket) -> Int { NotifierDrive.topics.count }

  override func feed(_ market: CheckMarket, _ place: Int) {
    let severities = [WHARF_SEVERITY_INFO, WHARF_SEVERITY_WARNING, WHARF_SEVERITY_ALARM]
    var message = Message()
    message.severity = Int32(severities[place % severities.count])
    message.topic = Array(NotifierDrive.topics[place].utf8)
    notify(message)
  }

  /// Delivers one message.
  @discardableResult
  func notify(_ message: Message) -> Int32 {
    host.now += CheckMarket.second
    return lend("notify") { arena in
      var raw = wharf_notification()
      raw.struct_size = UInt32(MemoryLayout<wharf_notification>.size)
      raw.severity = message.severity
      raw.time = host.now
      (raw.topic, raw.topic_length) = arena.text(message.topic)
      (raw.title, raw.title_length) = arena.text(message.title)
      (raw.text, raw.text_length) = arena.text(message.text)
      return table.pointee.notify(handle, arena.value(raw))
    }
  }
}
