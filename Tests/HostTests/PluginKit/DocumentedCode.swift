import Foundation
import Testing

/// A fenced block of code in a page of the author's documentation.
struct DocumentedCode: CustomTestStringConvertible {
  /// `tutorial.md:42`: the page and the line of the fence.
  var place: String
  /// The words behind the fence: `c`, `c embed`, `swift test`, `json`, `sh`.
  var kind: String
  var text: String
  var testDescription: String { "\(place) (\(kind))" }

  /// A name for a file with it.
  var name: String { place.replacing(".md:", with: "_").replacing("-", with: "_") }

  static let folder = SourceRoot.path + "/PluginAPI/Documentation"
  static let pages = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
    .filter { $0.hasSuffix(".md") }.sorted()

  /// Every block of every page.
  static let all: [DocumentedCode] = pages.flatMap { page in
    blocks(in: (try? String(contentsOfFile: "\(folder)/\(page)", encoding: .utf8)) ?? "", page)
  }

  /// The blocks whose first word is one of these.
  static func of(_ languages: String...) -> [DocumentedCode] {
    all.filter { block in languages.contains { block.kind.split(separator: " ").first == $0[...] } }
  }

  static func blocks(in text: String, _ page: String) -> [DocumentedCode] {
    var blocks: [DocumentedCode] = []
    var open: DocumentedCode?
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.hasPrefix("```") {
        if let block = open {
          blocks.append(block)
          open = nil
        } else {
          open = DocumentedCode(place: "\(page):\(number + 1)", kind: String(line.dropFirst(3)), text: "")
        }
      } else {
        open?.text += line + "\n"
      }
    }
    return blocks
  }
}
