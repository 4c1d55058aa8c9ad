/// A text in which `${secret:NAME}` and `${basic:NAME:NAME}` stand for secrets, and `$$` for a dollar sign.
struct SecretTemplate: Equatable {
  /// A part of the text.
  enum Piece: Equatable {
    case text(String)
    case secret(String)
    case basic(String, String)
  }

  let pieces: [Piece]

  /// Reads a text; `nil` when a dollar sign in it stands for nothing known.
  init?(_ text: String) {
    guard text.utf8.contains(UInt8(ascii: "$")) else {
      pieces = text.isEmpty ? [] : [.text(text)]
      return
    }
    var pieces: [Piece] = []
    var plain = ""
    var rest = text[...]
    while let dollar = rest.firstIndex(of: "$") {
      plain += rest[..<dollar]
      rest = rest[rest.index(after: dollar)...]
      if rest.first == "$" {
        plain += "$"
        rest = rest.dropFirst()
        continue
      }
      guard rest.first == "{", let end = rest.firstIndex(of: "}"),
        let piece = SecretTemplate.piece(rest[rest.index(after: rest.startIndex)..<end])
      else { return nil }
      if !plain.isEmpty { pieces.append(.text(plain)) }
      plain = ""
      pieces.append(piece)
      rest = rest[rest.index(after: end)...]
    }
    plain += rest
    if !plain.isEmpty { pieces.append(.text(plain)) }
    self.pieces = pieces
  }

  private static func piece(_ text: Substring) -> Piece? {
    let words = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard words.dropFirst().allSatisfy({ Permission("secret:" + $0) != nil }) else { return nil }
    switch (words.first, words.count) {
    case ("secret", 2): return .secret(words[1])
    case ("basic", 3): return .basic(words[1], words[2])
    default: return nil
    }
  }

  /// The names of the secrets it needs.
  var names: Set<String> {
    var names: Set<String> = []
    for piece in pieces {
      switch piece {
      case .text: break
      case .secret(let name): names.insert(name)
      case .basic(let user, let password): names.formUnion([user, password])
      }
    }
    return names
  }

  /// The text with the secrets in their places, each through `encode`. All names must have values.
  func filled(_ values: [String: String], encode: (String) -> String = { $0 }) -> String {
    var text = ""
    for piece in pieces {
      switch piece {
      case .text(let plain): text += plain
      case .secret(let name): text += encode(values[name] ?? "")
      case .basic(let user, let password):
        text += encode(base64(Array("\(values[user] ?? ""):\(values[password] ?? "")".utf8)))
      }
    }
    return text
  }

  /// Every value that filling it puts in, before it is encoded, for the redaction of what comes back.
  func inserted(_ values: [String: String]) -> [String] {
    pieces.flatMap { piece -> [String] in
      switch piece {
      case .text: []
      case .secret(let name): [values[name] ?? ""]
      case .basic(let user, let password):
        [values[user] ?? "", values[password] ?? "", "\(values[user] ?? ""):\(values[password] ?? "")"]
      }
    }
  }
}

/// Bytes in base64 (RFC 4648, section 4), padded.
func base64(_ bytes: [UInt8]) -> String {
  let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  var text: [UInt8] = []
  for start in stride(from: 0, to: bytes.count, by: 3) {
    let group = bytes[start..<min(start + 3, bytes.count)]
    let bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
    for index in 0..<4 {
      text.append(index <= group.count ? alphabet[Int(bits >> UInt32(18 - 6 * index) & 63)] : UInt8(ascii: "="))
    }
  }
  return String(decoding: text, as: UTF8.self)
}

/// A text percent-encoded but for letters, digits and `-._~:` (RFC 3986): safe in a path and in a query.
func percentEncoded(_ text: String) -> String {
  let digits = Array("0123456789ABCDEF".utf8)
  var encoded: [UInt8] = []
  for byte in text.utf8 {
    switch byte {
    case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"),
      UInt8(ascii: ":"):
      encoded.append(byte)
    default: encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
  }
  return String(decoding: encoded, as: UTF8.self)
}
