import Glibc

/// What a plugin writes to its standard output and error, as lines.
final class OutputLines {
  /// Bytes of one line.
  static let lineLimit = 4096
  /// Bytes in all; what follows is thrown away.
  static let totalLimit = 1 << 20

  /// The end of the pipe that this reads; it does not block.
  let descriptor: Int32
  private let give: @Sendable (String) -> Void
  private var line: [UInt8] = []
  private var total = 0

  init(_ descriptor: Int32, _ give: @escaping @Sendable (String) -> Void) {
    (self.descriptor, self.give) = (descriptor, give)
  }

  deinit {
    if !line.isEmpty { flush() }
    close(descriptor)
  }

  /// Takes what is there; `false` when nothing is, or nothing will come any more.
  func take() -> Bool {
    let room = 4096
    let bytes = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
      count = max(0, read(descriptor, buffer.baseAddress, room))
    }
    for byte in bytes {
      total += 1
      guard total <= OutputLines.totalLimit else { break }
      if byte == UInt8(ascii: "\n") || line.count == OutputLines.lineLimit { flush() }
      if byte != UInt8(ascii: "\n") { line.append(byte) }
      if total == OutputLines.totalLimit { give("further output is thrown away") }
    }
    return !bytes.isEmpty
  }

  private func flush() {
    give(String(decoding: line, as: UTF8.self))
    line.removeAll(keepingCapacity: true)
  }
}
