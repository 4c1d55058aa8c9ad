/// What a person's line at the approval prompt means.
enum PromptAnswer: Equatable {
  /// These places of the list, from 1, yes; the others no.
  case approve([Int])
  case all
  case none
  /// All of these, and all that come later in this session.
  case restYes
  case restNo
  /// None of these, and no new entries any more; exits go on.
  case stopEntries
  /// None of these, and the session ends now.
  case end
  /// Not an answer: ask again, and say why.
  case again(String)

  /// The words the prompt offers.
  static let offer = "all, none, numbers (1 3 or 2-4), rest yes, rest no, stop entries, end"

  /// Reads a line about `count` signals. An empty line is never an answer.
  init(_ line: String, count: Int) {
    let words = line.lowercased().split(whereSeparator: { $0 == " " || $0 == "," || $0 == "\t" }).map(String.init)
    switch words {
    case []: self = .again("an empty line approves nothing")
    case ["all"], ["yes"], ["y"]: self = .all
    case ["none"], ["no"], ["n"]: self = .none
    case ["rest", "yes"]: self = .restYes
    case ["rest", "no"]: self = .restNo
    case ["stop", "entries"], ["stop"]: self = .stopEntries
    case ["end"]: self = .end
    default: self = PromptAnswer.subset(words, count)
    }
  }

  private static func subset(_ words: [String], _ count: Int) -> PromptAnswer {
    var chosen: [Int] = []
    for word in words {
      let ends = word.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
      guard ends.count <= 2, let first = ends[0], let last = ends[ends.count - 1], first <= last else {
        return .again("\"\(word)\" is neither a number nor one of: \(offer)")
      }
      guard first >= 1, last <= count else {
        return .again("there is no signal \(first < 1 ? first : last); the numbers are 1 to \(count)")
      }
      chosen += (first...last).filter { !chosen.contains($0) }
    }
    return .approve(chosen.sorted())
  }
}
