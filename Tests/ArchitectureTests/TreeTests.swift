import Foundation
import Testing

@Suite struct `The tree` {
  @Test func `the top level holds its fixed names only`() throws {
    let fixed: Set<String> = [
      "Package.swift", "Host", "PluginAPI", "Plugins", "Tests", "README.md", "LICENSE", "CHANGELOG.md",
      "CONTRIBUTING.md",
    ]
    let names = try FileManager.default.contentsOfDirectory(atPath: SourceTree().root.path)
    #expect(Set(names.filter { !$0.hasPrefix(".") }) == fixed)
  }

  @Test func `no file has grown past four hundred lines`() throws {
    for file in try SourceTree().swiftFiles(below: "PluginAPI", "Host", "Plugins", "Tests") {
      #expect(file.lines.count <= 400, "\(file.path) has \(file.lines.count) lines")
    }
  }

  @Test func `no source says that work is missing`() throws {
    let words = ["TO" + "DO", "FIX" + "ME", "not " + "implemented", "unimple" + "mented"]
    for file in try SourceTree().swiftFiles(below: "PluginAPI", "Host", "Plugins", "Tests") {
      for (number, line) in file.lines.enumerated() {
        #expect(!words.contains { line.contains($0) }, "\(file.path):\(number + 1): \(line)")
      }
    }
  }

  @Test func `every top folder says what is in it`() {
    for folder in ["Host", "PluginAPI", "Plugins", "Tests"] {
      let path = SourceTree().root.appendingPathComponent("\(folder)/README.md").path
      #expect(FileManager.default.fileExists(atPath: path), "\(folder)/README.md")
    }
  }
}
