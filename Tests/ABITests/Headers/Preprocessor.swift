extension HeaderParser {
  /// Drops the lines of the preprocessor, and what is for C++ alone; other conditions are taken to hold.
  static func withoutPreprocessor(_ tokens: [CToken], _ header: String) throws -> [CToken] {
    var kept: [CToken] = []
    var conditions: [Bool] = []
    for token in tokens {
      guard token.kind == .directive else {
        if !conditions.contains(false) { kept.append(token) }
        continue
      }
      let words = token.text.dropFirst().split { $0 == " " || $0 == "\n" }
      switch words.first {
      case "ifdef", "ifndef", "if":
        let isForCPlusPlus = token.text.contains("__cplusplus")
        conditions.append(words.first == "ifndef" ? true : !isForCPlusPlus)
      case "endif":
        guard conditions.popLast() != nil else { throw Failure(description: "\(header):\(token.line): stray #endif") }
      case "define", "include": break
      default: throw Failure(description: "\(header):\(token.line): \(token.text) is not understood here")
      }
    }
    return kept
  }

  /// The macros that stand for a number.
  static func macros(_ tokens: [CToken], _ header: String) -> [Description.Constants] {
    let members = tokens.compactMap { token -> Description.Constants.Member? in
      let words = token.text.split(separator: " ")
      guard token.kind == .directive, words.count == 3, words[0] == "#define", let value = Int64(words[2]) else {
        return nil
      }
      return .init(name: String(words[1]), value: value)
    }
    return members.isEmpty ? [] : [.init(header: header, kind: "macros", members: members)]
  }
}
