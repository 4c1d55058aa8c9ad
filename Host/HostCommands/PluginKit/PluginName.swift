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

  /// `my_plugin`, the name of a Rust library; with a word behind it where Rust itself has that name.
  var library: String { PluginName.takenInRust.contains(snake) ? "\(snake)_plugin" : snake }

  /// `MyPlugin`, for the names of files.
  var camel: String { words.joined() }

  /// `My Plugin`, for people.
  var title: String { words.joined(separator: " ") }

  private var words: [String] { id.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() } }

  private static let takenInRust = Set(
    """
    abstract alloc as async await become box break const continue core crate do dyn else enum extern false final fn for if
    impl in let loop macro match mod move mut override priv proc_macro pub ref return self static std struct super test
    trait true try type typeof unsafe unsized use virtual where while wharf yield
    """.split(whereSeparator: \.isWhitespace).map(String.init))
}
