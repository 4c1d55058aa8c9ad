/// Lends a text to C as UTF-8 and a length in bytes.
@inline(__always)
package func withText<Result>(_ text: String, _ body: (UnsafePointer<CChar>?, UInt64) -> Result) -> Result {
  var text = text
  return text.withUTF8 { bytes in
    bytes.withMemoryRebound(to: CChar.self) { body($0.baseAddress, UInt64($0.count)) }
  }
}

/// The bytes of a text that came from C; `nil` when a length has no text.
@inline(__always)
package func borrowedBytes(_ text: UnsafePointer<CChar>?, _ length: UInt64) -> UnsafeRawBufferPointer? {
  guard length > 0 else { return UnsafeRawBufferPointer(start: nil, count: 0) }
  guard let text, let count = Int(exactly: length) else { return nil }
  return UnsafeRawBufferPointer(start: text, count: count)
}
