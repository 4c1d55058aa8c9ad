import Foundation
import Testing

/// Nothing in the author's documentation is merely written: each block is compiled, parsed or looked up. The Swift blocks
/// are compiled and run with the Swift templates.
@Suite struct `The author's documentation` {
  @Test func `has only blocks that some test takes`() {
    #expect(DocumentedCode.all.count > 25)
    for block in DocumentedCode.all {
      let known = ["c", "c embed", "c test", "cpp", "rust", "swift", "swift test", "json", "sh"]
      #expect(known.contains(block.kind), "\(block.place): \(block.kind)")
    }
    for kind in ["c", "cpp", "rust", "swift", "json", "sh"] { #expect(!DocumentedCode.of(kind).isEmpty, "\(kind)") }
  }

  @Test(.enabled(if: BuildTool.c != nil && BuildTool.cplusplus != nil, "no cc or g++"))
  func `has C and C++ that compiles without a warning`() throws {
    let (kit, folder) = (try InstalledKit.shared.get(), try HostProcess.Folder())
    try folder.write("manifest.json", "{}")
    let common = [
      "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-c", "-o", "out.o", "-I", ".", "-I", kit.sdk + "/include", "-I",
      kit.sdk + "/TestHost",
    ]
    for block in DocumentedCode.of("c", "cpp") {
      let file = block.name + (block.kind == "cpp" ? ".cpp" : ".c")
      try folder.write(file, block.text)
      if block.kind == "c embed" {
        // Only the clang beside Swift has it.
        let clang = try #require(BuildTool.swift).path.replacing(/swift$/, with: "clang")
        guard let clang = BuildTool(path: URL(fileURLWithPath: clang).resolvingSymlinksInPath().path) else { continue }
        try clang.run(["-std=c11", "-Wno-c23-extensions"] + common + [file], in: folder.path)
      } else if block.kind == "cpp" {
        try BuildTool.cplusplus!.run(["-std=c++17"] + common + [file], in: folder.path)
      } else {
        try BuildTool.c!.run(["-std=c11"] + common + [file], in: folder.path)
      }
    }
  }

  @Test(.enabled(if: BuildTool("rustc") != nil, "no rustc")) func `has Rust that compiles`() throws {
    let (kit, folder) = (try InstalledKit.shared.get(), try HostProcess.Folder())
    try FileManager.default.copyItem(atPath: kit.sdk + "/Rust/wharf.rs", toPath: folder.path + "/wharf.rs")
    for block in DocumentedCode.of("rust") {
      try folder.write(block.name + ".rs", "#![allow(dead_code)]\n#[macro_use]\nmod wharf;\n" + block.text)
      try BuildTool("rustc")!.run(
        ["--edition", "2021", "--crate-type", "lib", "--emit", "metadata", block.name + ".rs"], in: folder.path)
    }
  }

  @Test(.enabled(if: BuildTool.c != nil, "no cc"), arguments: DocumentedCode.of("json"))
  func `has manifests that the host accepts`(_ block: DocumentedCode) throws {
    let folder = try HostProcess.Folder()
    let source = try #require(DocumentedCode.of("c").first { $0.text.contains("wharf_plugin_entry(void) {") })
    try folder.write("manifest.json", block.text)
    try folder.write("plugin.c", source.text + "WHARF_MANIFEST_FILE(\"manifest.json\");\n")
    let include = SourceRoot.path + "/PluginAPI/include"
    try BuildTool.c!.run(
      ["-shared", "-fPIC", "-I", include, "-I", ".", "plugin.c", "-o", "plugin.so"], in: folder.path)
    let list = try HostProcess.run(
      ["list-plugins", "--json"], home: folder, environment: ["WHARF_PLUGIN_PATH": folder.path])
    let rows = try #require(try list.json["plugins"] as? [[String: Any]])
    let row = try #require(rows.first { ($0["path"] as? String)?.hasSuffix("/plugin.so") == true })
    #expect(row["status"] as? String == "needs_approval", "\(row)")
  }

  @Test(arguments: DocumentedCode.of("sh") + readmeCode) func `has commands that exist`(_ block: DocumentedCode) throws
  {
    let home = try HostProcess.Folder()
    let known: Set<String> = ["cd", "make", "swift", "cargo", "export", "mkdir", "cp", "pkg-config"]
    for line in block.text.split(separator: "\n") where !line.hasPrefix("#") {
      let command = line.split(separator: "#")[0]
      let words = command.split(separator: " ").map(String.init)
      guard let first = words.first else { continue }
      guard first == "host" else {
        #expect(known.contains(first), "\(block.place): \(line)")
        continue
      }
      let help = try HostProcess.run([words[1], "--help"], home: home)
      #expect(help.status == 0, "\(block.place): \(line)")
      for option in words where option.hasPrefix("--") {
        #expect(help.output.contains(option.split(separator: "=")[0]), "\(block.place): \(line)")
      }
    }
  }

  /// The blocks of the templates' read-mes, which are documentation too.
  static let readmeCode: [DocumentedCode] = ["c", "cpp", "rust", "swift"].flatMap { language in
    let path = "\(SourceRoot.path)/PluginAPI/Templates/\(language)/common/README.md"
    return DocumentedCode.blocks(in: (try? String(contentsOfFile: path, encoding: .utf8)) ?? "", "\(language).md")
  }

  @Test func `links only what is there, and every page of it`() throws {
    var linked: Set<String> = []
    for page in DocumentedCode.pages {
      let text = try String(contentsOfFile: "\(DocumentedCode.folder)/\(page)", encoding: .utf8)
      for match in text.matches(of: /\]\(([^)#:]+)\)/) {
        let target = String(match.output.1)
        #expect(FileManager.default.fileExists(atPath: "\(DocumentedCode.folder)/\(target)"), "\(page): \(target)")
        if page == "README.md" { linked.insert(target) }
      }
    }
    #expect(linked.union(["README.md"]) == Set(DocumentedCode.pages))
  }

  @Test func `names every table, and every status`() throws {
    let text = try DocumentedCode.pages.map {
      try String(contentsOfFile: "\(DocumentedCode.folder)/\($0)", encoding: .utf8)
    }.joined()
    let data = try Data(
      contentsOf: URL(fileURLWithPath: SourceRoot.path + "/PluginAPI/include/wharf/abi.json"))
    let abi = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let tables = try #require(abi["tables"] as? [[String: Any]]).compactMap { $0["id"] as? String }
    #expect(tables.count >= 13)
    for table in tables { #expect(text.contains("`\(table)`"), "\(table)") }
    let groups = try #require(abi["constants"] as? [[String: Any]])
    let statuses = try #require(groups.first { $0["name"] as? String == "status" }?["members"] as? [[String: Any]])
    for status in statuses.compactMap({ $0["name"] as? String }) { #expect(text.contains("`\(status)`"), "\(status)") }
  }
}
