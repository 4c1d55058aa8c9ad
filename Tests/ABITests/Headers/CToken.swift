/// A piece of a C header.
struct CToken: Equatable {
  enum Kind: Equatable {
    case word
    case number
    case mark
    case text
    /// A comment that stands on lines of its own.
    case comment
    /// A comment after something on the same line.
    case note
    /// A line of the preprocessor, with its continuations.
    case directive
  }

  var kind: Kind
  var text: String
  var line: Int

  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  /// Takes a header apart.
  static func scan(_ source: String) throws -> [CToken] {
    let bytes = Array(source.utf8)
    var tokens: [CToken] = []
    var (index, line, lastLine) = (0, 1, 0)
    func slice(_ end: Int) -> String { String(decoding: bytes[index..<end], as: UTF8.self) }
    func end(from start: Int, while test: (UInt8) -> Bool) -> Int {
      var end = start
      while end < bytes.count, test(bytes[end]) { end += 1 }
      return end
    }
    func add(_ kind: Kind, to end: Int) {
      let text = slice(end)
      tokens.append(CToken(kind: kind, text: text, line: line))
      line += text.utf8.count { $0 == UInt8(ascii: "\n") }
      index = end
      lastLine = line
    }
    while index < bytes.count {
      let byte = bytes[index]
      let next = index + 1 < bytes.count ? bytes[index + 1] : 0
      switch byte {
      case UInt8(ascii: "\n"):
        line += 1
        index += 1
      case UInt8(ascii: " "), UInt8(ascii: "\t"): index += 1
      case UInt8(ascii: "/") where next == UInt8(ascii: "*"):
        var close = index + 2
        while close + 1 < bytes.count, bytes[close] != UInt8(ascii: "*") || bytes[close + 1] != UInt8(ascii: "/") {
          close += 1
        }
        guard close + 1 < bytes.count else { throw Failure(description: "line \(line): the comment has no end") }
        let last = lastLine
        add(last == line ? .note : .comment, to: close + 2)
        lastLine = last
      case UInt8(ascii: "#") where lastLine != line:
        var stop = end(from: index) { $0 != UInt8(ascii: "\n") }
        while stop < bytes.count, bytes[stop - 1] == UInt8(ascii: "\\") {
          stop = end(from: stop + 1) { $0 != UInt8(ascii: "\n") }
        }
        add(.directive, to: stop)
      case UInt8(ascii: "\""):
        add(.text, to: end(from: index + 1) { $0 != UInt8(ascii: "\"") } + 1)
      case UInt8(ascii: "0")...UInt8(ascii: "9"): add(.number, to: end(from: index, while: isWord))
      case _ where isWord(byte): add(.word, to: end(from: index, while: isWord))
      default: add(.mark, to: index + 1)
      }
    }
    return tokens
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }
}
