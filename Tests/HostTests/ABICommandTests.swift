import Foundation
import Testing

@Suite struct `host abi` {
  /// What the committed snapshot of the layout says, by the first words of its lines.
  private static let layout = Result {
    try String(contentsOfFile: "\(SourceRoot.path)/PluginAPI/include/wharf/layout.txt", encoding: .utf8)
      .split(separator: "\n").map(String.init)
  }

  @Test func `prints every published table as it was published`() throws {
    let layout = try Self.layout.get()
    let home = try HostProcess.Folder()
    let result = try HostProcess.run(["abi", "--json"], home: home)
    #expect(result.status == 0 && result.errors == "")
    let report = try result.json
    let tables = try #require(report["tables"] as? [[String: Any]])
    let told = tables.map { "table \($0["id"] ?? "") \($0["side"] ?? "") \($0["struct"] ?? "")" }
    #expect(told.count >= 15 && Set(told) == Set(layout.filter { $0.hasPrefix("table ") }))
    for table in tables {
      let tag = try #require(table["struct"] as? String)
      let start = try #require(layout.firstIndex { $0.hasPrefix("struct \(tag) size ") })
      #expect(layout[start] == "struct \(tag) size \(table["size"] ?? "") align 8")
      let fields = layout[(start + 1)...].prefix { $0.hasPrefix("  ") }.filter { $0.contains("(*)") }
      let functions = try #require(table["functions"] as? [[String: Any]])
      #expect(functions.compactMap { $0["name"] as? String } == fields.map { String($0.split(separator: " ")[2]) })
      #expect(functions.allSatisfy { ["serial", "any-thread"].contains($0["thread"] as? String) })
    }
  }

  @Test func `tells which plugins are supported`() throws {
    let home = try HostProcess.Folder()
    let report = try HostProcess.run(["abi", "--json"], home: home).json
    let (abi, supported) = (
      try #require(report["abi"] as? String), try #require(report["supported"] as? [String: String])
    )
    #expect(report["schema"] as? Int == 1)
    #expect(supported["from"] == "1.0" && supported["to"] == abi)
    #expect(try HostProcess.run(["--version"], home: home).output.contains("plugin ABI \(abi)"))
    let text = try HostProcess.run(["abi"], home: home).output
    #expect(text.contains("plugin ABI \(abi)\n") && text.contains("wharf.process/1") && text.contains("evaluate?"))
  }
}
