/// What the comment above a function says in the house form, which ends with `Since 1.0. [serial]`.
struct CommentForm {
  /// The comment in one line, without the frame of the comment.
  let text: String
  /// The version, or `draft`; `nil` when the ending is missing.
  let since: String?
  /// The tag without brackets; `nil` when the ending is missing.
  let thread: String?

  var mayBeNull: Bool { text.contains("May be null") }
  var mayBlock: Bool { text.contains("May block") }

  static let threads = ["serial", "any-thread", "entry"]

  init(_ comment: String?) {
    text = (comment ?? "").split(separator: "\n").map { line in
      var line = line.drop { $0 == " " || $0 == "/" || $0 == "*" }
      while let last = line.last, last == " " || last == "/" || last == "*" { line.removeLast() }
      return line
    }.filter { !$0.isEmpty }.joined(separator: " ")
    let ending = text.firstMatch(of: /Since (\d+\.\d+|draft)\. \[([a-z-]+)\]$/)
    since = ending.map { String($0.output.1) }
    thread = ending.map { String($0.output.2) }.flatMap { CommentForm.threads.contains($0) ? $0 : nil }
  }

  /// Whether a word stands in it.
  func names(_ word: String) -> Bool {
    text.split { !($0.isLetter || $0.isNumber || $0 == "_") }.contains { $0 == word }
  }
}
