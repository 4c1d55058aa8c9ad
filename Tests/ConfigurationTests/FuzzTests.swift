import Configuration
import Testing

@Suite struct `Hostile configuration` {
  static let pieces = [
    "risk:", "max_positions:", " ", "  ", "\n", "\n  ", "\t", "[", "]", "{", "}", ",", "- ", "? ", ": ", "&a ", "*a",
    "!!str ",
    "\"", "'", "|", ">", "#", "%YAML 1.1\n", "---\n", "...\n", "<<: ", "~", "NO", "1e9", "plugins:", "alpaca:",
    "key_id:",
    "${secret:A}", "instruments:", "unlimited", "\\u0000", "\\x", "ä", "\u{2028}", "\u{FEFF}", "@", "`",
  ]

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func `of random bytes is refused or read, with places inside the text`(_ seed: UInt64) {
    var generator = SeededGenerator(state: seed)
    for _ in 0..<1500 {
      let count = Int.random(in: 0...120, using: &generator)
      check((0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) })
      check((0..<count).map { _ in UInt8.random(in: 9...126, using: &generator) })
    }
  }

  @Test(arguments: [5, 6, 7, 8] as [UInt64])
  func `of random pieces of YAML is refused or read`(_ seed: UInt64) {
    var generator = SeededGenerator(state: seed)
    for _ in 0..<3000 {
      let count = Int.random(in: 0...30, using: &generator)
      let text = (0..<count).map { _ in Self.pieces.randomElement(using: &generator) ?? "" }.joined()
      check(Array(text.utf8))
    }
  }

  @Test(arguments: [9, 10] as [UInt64])
  func `made of a good one by damage is refused or read`(_ seed: UInt64) {
    var generator = SeededGenerator(state: seed)
    let good = Array(`Effective configuration`.full.utf8)
    for _ in 0..<1500 {
      var bytes = good
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: bytes.remove(at: place)
        case 1: bytes[place] = UInt8.random(in: 9...126, using: &generator)
        default: bytes.insert(contentsOf: (Self.pieces.randomElement(using: &generator) ?? "").utf8, at: place)
        }
      }
      check(bytes)
    }
  }

  private func check(_ bytes: [UInt8]) {
    let lines = 1 + bytes.count { $0 == 0x0A || $0 == 0x0D }
    let document = ConfigurationDocument(bytes, file: "c.yaml")
    _ = document.pluginFolders(userHome: "/h")
    do throws(ConfigurationFaults) {
      #expect(try !document.validated(plugins: testPlugins).rows.isEmpty)
    } catch {
      #expect(error.all.contains { $0.severity == .fault }, "\(bytes)")
      #expect(error.all.allSatisfy { (1...lines + 1).contains($0.line ?? 1) }, "\(bytes)")
      #expect(error.description.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 }, "\(bytes)")
    }
  }
}
