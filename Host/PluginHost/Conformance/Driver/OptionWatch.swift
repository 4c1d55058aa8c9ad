import Synchronization

/// Notes which options a plugin reads, and how; and lends texts as strictly as the contract allows.
final class OptionWatch: Sendable {
  /// One read of an option.
  struct Reading: Hashable {
    var function: HostFunction
    var name: String
  }

  /// How long a text may be read that the plugin is given.
  enum Texts: Hashable, Sendable {
    /// As long as it happens to lie in memory.
    case lent
    /// Its length and no byte more.
    case guarded
    /// Until the call returns, and no longer.
    case revoked
  }

  /// How texts are given.
  let texts: Texts
  private let readings = Mutex<[Reading]>([])

  init(texts: Texts = .lent) { self.texts = texts }

  /// Every read so far, in order.
  var all: [Reading] { readings.withLock { $0 } }

  /// Notes a read.
  func note(_ function: HostFunction, _ name: String) {
    readings.withLock { $0.append(Reading(function: function, name: name)) }
  }

  /// Gives a text to the plugin.
  func lend(_ text: String, _ body: (UnsafeRawPointer, UInt64) -> Void) throws {
    let bytes = try GuardedBytes(text.utf8, room: texts == .guarded ? 0 : 64)
    body(bytes.start, UInt64(bytes.count))
    if texts == .revoked { bytes.revoke() }
    // Whoever kept the pointer shall not find another text there.
    OptionWatch.kept.withLock { $0.append(bytes) }
  }

  private static let kept = Mutex<[GuardedBytes]>([])
}
