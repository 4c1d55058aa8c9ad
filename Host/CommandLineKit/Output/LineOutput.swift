/// Whole pieces of text for stderr, each handed to the system at once; usable from any thread.
public struct LineOutput: Sendable {
  private let descriptor: Int32
  /// What the reader can show.
  public let capabilities: TerminalCapabilities

  /// Text for an open descriptor, which stays the caller's to close.
  public init(descriptor: Int32, capabilities: TerminalCapabilities) {
    self.descriptor = descriptor
    self.capabilities = capabilities
  }

  /// The style the reader can show.
  public var style: Style { Style(capabilities) }

  /// Writes the text as it is. A failure is ignored: there is nobody left to tell.
  public func write(_ text: String) {
    var text = text
    text.withUTF8 { _ = writeAll(UnsafeRawBufferPointer($0), to: descriptor) }
  }

  /// Writes a line: the text, control characters shown escaped, and a line end.
  public func line(_ text: String) { write(printable(text) + "\n") }
}
