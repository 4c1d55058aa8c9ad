import Foundation

/// The project's own sources, as the tests look at them.
struct SourceTree {
  /// A source file and the modules it imports.
  struct File {
    var path: String
    var lines: [Substring]
    var imports: [String]
  }

  let root: URL

  init(file: String = #filePath) {
    root = URL(fileURLWithPath: file).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
  }

  /// Every Swift file below these folders, in order of path.
  func swiftFiles(below folders: String...) throws -> [File] {
    var files: [File] = []
    for folder in folders {
      let base = root.appendingPathComponent(folder)
      let names = FileManager.default.enumerator(atPath: base.path)?.compactMap { $0 as? String } ?? []
      for name in names.sorted() where name.hasSuffix(".swift") {
        let text = try String(contentsOf: base.appendingPathComponent(name), encoding: .utf8)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        files.append(File(path: "\(folder)/\(name)", lines: lines, imports: lines.compactMap(Self.importedModule)))
      }
    }
    return files
  }

  private static func importedModule(_ line: Substring) -> String? {
    let words = line.split(separator: " ")
    guard let keyword = words.firstIndex(of: "import"), keyword + 1 < words.count else { return nil }
    guard words[..<keyword].allSatisfy({ $0.hasPrefix("@") || $0 == "public" || $0 == "internal" || $0 == "private" })
    else { return nil }
    return String(words[keyword + 1].split(separator: ".")[0])
  }
}
