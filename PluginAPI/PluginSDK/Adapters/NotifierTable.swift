import WharfABI

/// The call of one notifier type, for the functions of `wharf.notifier/1`.
@usableFromInline
struct NotifierCalls {
  @usableFromInline var notify: (UnsafeMutableRawPointer, UnsafePointer<wharf_notification>) -> wharf_status

  @inlinable init<N: Notifier>(_ type: N.Type) {
    notify = { raw, notification in
      Cell<N>.at(raw).pointee.answer { notifier throws(PluginError) in
        try notifier.notify(Notification(notification.pointee))
      }
    }
  }
}

/// A notifier of one instance, its type known only to its calls.
@usableFromInline typealias NotifierBox = RoleBox<NotifierCalls>

enum NotifierTable {
  static let table = Fixed(make())

  private static func make() -> wharf_notifier {
    var table = wharf_notifier()
    table.struct_size = UInt32(MemoryLayout<wharf_notifier>.size)
    table.create = { create($0, $1, exported.notifier?.make) }
    table.notify = { handle, notification in
      guard let notification else { return PluginStatus.invalid.rawValue }
      return NotifierBox.call(handle) { $0.calls.notify($0.cell, notification) }
    }
    table.destroy = { NotifierBox.destroy($0) }
    return table
  }
}
