/// Reads the head of a response line by line: the status line and the headers of the final response.
struct ResponseHead {
  /// A header; its name in lower case, its value without surrounding blanks.
  typealias Header = (name: String, value: [UInt8])

  /// What a line came to.
  enum Step {
    case more
    /// The head is whole.
    case whole(Int32, [Header])
    case bad(String)
  }

  static let headerLimit = 256
  static let byteLimit = 128 << 10

  private(set) var isComplete = false
  private var code: Int32?
  private var headers: [Header] = []
  private var length = 0

  /// Takes a line with its end.
  mutating func take(_ line: UnsafeRawBufferPointer) -> Step {
    // What comes behind the body are trailers, which nobody asked for.
    guard !isComplete else { return .more }
    length += line.count
    guard length <= ResponseHead.byteLimit, headers.count < ResponseHead.headerLimit else {
      return .bad("a head that is too long")
    }
    let text = ResponseHead.trimmed(line[...])
    guard let code else {
      guard let code = ResponseHead.code(text) else { return .bad("a status line that cannot be read") }
      self.code = code
      return .more
    }
    guard text.isEmpty else {
      guard let header = ResponseHead.header(line) else { return .bad("a header that cannot be read") }
      headers.append(header)
      return .more
    }
    if code < 200 {
      // An interim response; the final one follows.
      self.code = nil
      headers = []
      return .more
    }
    isComplete = true
    return .whole(code, headers)
  }

  /// The code in `HTTP/1.1 200 OK`.
  private static func code(_ line: [UInt8]) -> Int32? {
    let words = line.split(separator: UInt8(ascii: " "), maxSplits: 2, omittingEmptySubsequences: false)
    guard words.count >= 2, words[0].starts(with: "HTTP/".utf8), words[1].count == 3,
      let code = Int32(String(decoding: words[1], as: UTF8.self)), (100...599).contains(code)
    else { return nil }
    return code
  }

  private static func header(_ line: UnsafeRawBufferPointer) -> Header? {
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > 0 else { return nil }
    let name = line[..<colon]
    guard name.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
    return (String(decoding: name, as: UTF8.self).lowercased(), trimmed(line[(colon + 1)...]))
  }

  private static func trimmed(_ bytes: Slice<UnsafeRawBufferPointer>) -> [UInt8] {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A }
    guard let last = bytes.lastIndex(where: { !isBlank($0) }) else { return [] }
    return Array(bytes[...last].drop(while: isBlank))
  }
}
