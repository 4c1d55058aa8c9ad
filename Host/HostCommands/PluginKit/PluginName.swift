/// The id of a plugin, and the names that code gives it.
struct PluginName: Hashable {
  /// `my-plugin`: lower-case letters, digits and single hyphens.
  let id: String

  /// Reads an id by the grammar of the manifest; `nil` for any other text.
  init?(_ text: String) {
    let words = text.split(separator: "-", omittingEmptySubsequences: false)
    let isPlain = words.allSatisfy { word in
      !word.isEmpty && word.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) }
    }
    guard isPlain, text.utf8.count <= 64 else { return nil }
    id = text
  }

  /// `my_plugin`, the beginning of names in C; with `p` before a digit, with which no name begins.
  var snake: String {
    let name = id.split(separator: "-").joined(separator: "_")
    return name.utf8.first.map { (48...57).contains($0) } == true ? "p\(name)" : name
  }

  /// `MyPlugin`, for the names of files.
  var camel: String { words.joined() }

  /// `My Plugin`, for people.
  var title: String { words.joined(separator: " ") }

  private var words: [String] { id.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() } }
}
