/// A carrier of the host's messages to people. It may block.
public protocol Notifier {
  /// Reads the options and takes what it needs from the host.
  init(host: HostServices) throws(PluginError)

  /// Delivers one message. Throws `busy` to be offered it once more, `io` when it could not be delivered.
  mutating func notify(_ notification: Notification) throws(PluginError)
}
