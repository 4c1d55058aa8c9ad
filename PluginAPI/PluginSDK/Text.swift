/// Copies UTF-8 that was passed as pointer and length; `nil` for a length that cannot be, or a null pointer with one.
func text(_ pointer: UnsafePointer<CChar>?, _ length: UInt64) -> String? {
  guard length > 0 else { return "" }
  guard let pointer, let count = Int(exactly: length) else { return nil }
  return pointer.withMemoryRebound(to: UInt8.self, capacity: count) {
    String(decoding: UnsafeBufferPointer(start: $0, count: count), as: UTF8.self)
  }
}

/// Lends the UTF-8 of a string as the pointer and length of a C call.
func withText<Result>(_ text: String, _ body: (UnsafePointer<CChar>?, UInt64) -> Result) -> Result {
  var copy = text
  return copy.withUTF8 { bytes in
    guard let base = bytes.baseAddress else { return body(nil, 0) }
    return base.withMemoryRebound(to: CChar.self, capacity: bytes.count) { body($0, UInt64(bytes.count)) }
  }
}

/// Lays strings side by side in borrowed memory, for structs that point at several of them.
struct TextArena {
  private var next: UnsafeMutableRawPointer
  private var left: Int

  /// Uses memory that is at least as large as the UTF-8 of all strings to come.
  init(_ memory: UnsafeMutableRawBufferPointer) {
    // A zero-length allocation may have no address; then only empty strings can come and none is written.
    next = memory.baseAddress ?? UnsafeMutableRawPointer(bitPattern: 1)!
    left = memory.count
  }

  /// Uses memory that is at least as large as the UTF-8 of all strings to come.
  init(_ memory: UnsafeMutableBufferPointer<UInt8>) { self.init(UnsafeMutableRawBufferPointer(memory)) }

  /// Copies one string and answers where it lies.
  mutating func put(_ text: String) -> (UnsafePointer<CChar>?, UInt64) {
    var text = text
    return text.withUTF8 { bytes in
      precondition(bytes.count <= left, "text arena is smaller than the strings it was measured for")
      guard let source = bytes.baseAddress, bytes.count > 0 else { return (nil, 0) }
      next.copyMemory(from: source, byteCount: bytes.count)
      let start = UnsafeRawPointer(next).assumingMemoryBound(to: CChar.self)
      next += bytes.count
      left -= bytes.count
      return (start, UInt64(bytes.count))
    }
  }
}
