/// A value of the description's text: JSON without what the description has no use for (fractions, null).
indirect enum DescriptionNode {
  case object([(key: String, value: DescriptionNode)])
  case array([DescriptionNode])
  case text(String)
  case number(Int)
  case flag(Bool)

  /// The member of an object with this key.
  subscript(_ key: String) -> DescriptionNode? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  /// The items of a list; none of anything else.
  var items: [DescriptionNode] { if case .array(let items) = self { items } else { [] } }
  /// The text; `nil` of anything else.
  var text: String? { if case .text(let text) = self { text } else { nil } }
  /// Whether it is true.
  var isTrue: Bool { if case .flag(true) = self { true } else { false } }
}

/// Why the description cannot be used.
public struct DescriptionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, and where.
  public let description: String

  init(_ description: String) { self.description = description }
}

/// Reads the text of a description, of which every runner reads one when it starts: one pass, no copies but of texts.
struct DescriptionText {
  private let bytes: UnsafeRawBufferPointer
  private var position = 0

  static func read(_ bytes: UnsafeRawBufferPointer) throws(DescriptionError) -> DescriptionNode {
    var text = DescriptionText(bytes: bytes)
    let node = try text.node(depth: 0)
    guard text.next() == nil else { throw text.error("the end") }
    return node
  }

  private init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  private func error(_ expected: String) -> DescriptionError {
    DescriptionError("abi.json: expected \(expected) at byte \(position)")
  }

  /// The next byte that is no blank.
  private mutating func next() -> UInt8? {
    while position < bytes.count {
      let byte = bytes[position]
      guard byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 else { return byte }
      position += 1
    }
    return nil
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next() == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func node(depth: Int) throws(DescriptionError) -> DescriptionNode {
    guard depth < 16 else { throw error("at most 16 levels") }
    switch next() {
    case UInt8(ascii: "\""): return .text(try string())
    case UInt8(ascii: "t"): return .flag(try word("true", true))
    case UInt8(ascii: "f"): return .flag(try word("false", false))
    case UInt8(ascii: "{"):
      position += 1
      var members: [(key: String, value: DescriptionNode)] = []
      while !take("}") {
        guard members.isEmpty || take(","), next() == UInt8(ascii: "\"") else { throw error("a key") }
        let key = try string()
        guard take(":") else { throw error("a colon") }
        members.append((key, try node(depth: depth + 1)))
      }
      return .object(members)
    case UInt8(ascii: "["):
      position += 1
      var items: [DescriptionNode] = []
      while !take("]") {
        guard items.isEmpty || take(",") else { throw error("a comma") }
        items.append(try node(depth: depth + 1))
      }
      return .array(items)
    default: return .number(try number())
    }
  }

  private mutating func word<Value>(_ word: StaticString, _ value: Value) throws(DescriptionError) -> Value {
    let rest = UnsafeRawBufferPointer(rebasing: bytes[position...])
    guard rest.starts(with: UnsafeRawBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)) else {
      throw error("\(word)")
    }
    position += word.utf8CodeUnitCount
    return value
  }

  private mutating func number() throws(DescriptionError) -> Int {
    let start = position
    if position < bytes.count, bytes[position] == UInt8(ascii: "-") { position += 1 }
    while position < bytes.count, (48...57).contains(bytes[position]) { position += 1 }
    guard let value = Int(String(decoding: bytes[start..<position], as: UTF8.self)) else { throw error("a value") }
    return value
  }

  /// A text without escapes, of which the description has none.
  private mutating func string() throws(DescriptionError) -> String {
    position += 1
    let start = position
    while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
      guard bytes[position] != UInt8(ascii: "\\") else { throw error("a text without escapes") }
      position += 1
    }
    guard position < bytes.count else { throw error("closing quotes") }
    defer { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }
}
