/// A language a plugin can be written in from a template.
enum PluginLanguage: String, CaseIterable {
  case swift, c, cpp, rust

  /// The command that builds the plugin.
  var build: String {
    switch self {
    case .swift: "swift build -c release"
    case .c, .cpp: "make"
    case .rust: "cargo build --release --offline"
    }
  }

  /// The command that runs its unit test.
  var test: String {
    switch self {
    case .swift: "swift test"
    case .c, .cpp: "make test"
    case .rust: "cargo test --offline"
    }
  }

  /// Where the build leaves the plugin.
  func library(_ name: PluginName) -> String {
    switch self {
    case .swift: ".build/release/lib\(name.camel).so"
    case .c, .cpp: "\(name.id).so"
    case .rust: "target/release/lib\(name.library).so"
    }
  }
}

/// The files of a new plugin: those of its language, of its role, and of both, with the names put in.
///
/// The templates are whole projects of a plugin called `my-plugin`, so that they can be compiled as they are.
struct PluginTemplate {
  let sdk: PluginSDKFolder
  /// As the manifest has it: `market_data`.
  let role: String
  let language: PluginLanguage
  let name: PluginName

  /// Each file with its path in the new folder. Blocks on the disk.
  func files() throws -> [(path: String, bytes: [UInt8])] {
    var files: [(path: String, bytes: [UInt8])] = []
    for part in ["common", role] {
      let folder = "\(sdk.path)/Templates/\(language.rawValue)/\(part)"
      for path in try FileTree.files(folder) {
        files.append((path == "gitignore" ? ".gitignore" : path, try FileTree.read("\(folder)/\(path)")))
      }
    }
    let shared = "\(sdk.path)/Templates/roles/\(role)"
    let manifest = language == .swift ? "Sources/Manifest/manifest.json" : "manifest.json"
    files.append((manifest, try FileTree.read(shared + "/manifest.json")))
    let about = try FileTree.read(shared + "/about.md")
    if language == .rust { files.append(("src/wharf.rs", try FileTree.read(sdk.path + "/Rust/wharf.rs"))) }
    return files.sorted { $0.path < $1.path }.map { file in
      (file.path, TextReplacement.applied(replacements(for: file.path, about: about), to: file.bytes))
    }
  }

  private func replacements(for path: String, about: [UInt8]) -> [(from: [UInt8], to: [UInt8])] {
    var pairs = [
      ("my-plugin", name.id), ("my_plugin_library", name.library), ("my_plugin", name.snake),
      ("MY_PLUGIN", name.snake.uppercased()),
      ("MyPlugin", name.camel), ("My Plugin", name.title),
      ("\"language\": \"c\"", "\"language\": \"\(language.rawValue)\""),
      ("/usr/share/wharf", TextReplacement.quoted(sdk.path, for: path)),
    ].map { (from: Array($0.utf8), to: Array($1.utf8)) }
    if path == "Package.swift" {
      let title = role.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
      for part in ["Logic", "Manifest", "Entry", "Tests"] {
        pairs.append((Array("Role\(part)".utf8), Array("\(title)\(part)".utf8)))
      }
    }
    if path == "README.md" {
      let own = TextReplacement.applied(pairs, to: about)
      pairs.append((Array("<!-- role -->\n".utf8), own))
    }
    return pairs
  }
}

/// Replaces words in a file, each place once.
enum TextReplacement {
  /// The text with every pair's first word replaced by its second, from left to right; what was put in is not looked at.
  static func applied(_ pairs: [(from: [UInt8], to: [UInt8])], to text: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(text.count + text.count / 8)
    var begins = [Bool](repeating: false, count: 256)
    for pair in pairs { begins[Int(pair.from[0])] = true }
    var place = 0
    while place < text.count {
      if begins[Int(text[place])], let pair = pairs.first(where: { text[place...].starts(with: $0.from) }) {
        out += pair.to
        place += pair.from.count
      } else {
        out.append(text[place])
        place += 1
      }
    }
    return out
  }

  /// A path as it has to be written within the quotes it stands in: those of a shell in a makefile, or those of Swift.
  static func quoted(_ path: String, for file: String) -> String {
    var out = ""
    for character in path {
      switch (file, character) {
      case ("Makefile", "'"): out += "'\\''"
      case ("Makefile", "$"): out += "$$"
      case ("Makefile", "#"): out += "\\#"
      case ("Package.swift", "\\"), ("Package.swift", "\""): out += "\\\(character)"
      default: out.append(character)
      }
    }
    return out
  }
}
