import Foundation
import Testing

/// The Swift templates, built together so that the SDK is compiled once: one package with the targets of all five.
@Suite struct `Plugins from the Swift templates` {
  @Test(.enabled(if: BuildTool.swift != nil, "no swift on the PATH"))
  func `build, test themselves, pass the check and work, with Swift's runtime linked in`() throws {
    let kit = try InstalledKit.shared.get()
    let folder = try HostProcess.Folder()
    var targets = ""
    var products: [String] = []
    var head = ""
    for role in `A new plugin`.roles {
      let name = "third-\(role.prefix(3))"
      let project = try kit.newPlugin(role, name, "swift", in: folder)
      let manifest = try String(contentsOfFile: project + "/Package.swift", encoding: .utf8)
      let own = try #require(Manifest(manifest))
      head = own.head
      products.append(own.products)
      targets += own.targets.replacing("path: \"", with: "path: \"\(name)/")
    }
    // The blocks of the documentation are one more target, so that they are compiled and run too.
    try FileManager.default.createDirectory(atPath: folder.path + "/Documented", withIntermediateDirectories: false)
    for block in DocumentedCode.of("swift") { try folder.write("Documented/\(block.name).swift", block.text) }
    targets += """
          .testTarget(
            name: "Documented", dependencies: kit("PluginSDK", "PluginTestKit", "TradingTypes"), path: "Documented"),

      """
    try folder.write(
      "Package.swift",
      """
      \(head)
      let package = Package(
        name: "all", products: [\(products.joined(separator: ", "))],
        dependencies: [.package(name: "WharfPluginKit", path: sdk)],
        targets: [\(targets)],
        swiftLanguageModes: [.v6])

      """)
    let swift = BuildTool.swift!
    let built = try swift.run(["build", "-c", "release", "--build-tests"], in: folder.path)
    #expect(!built.contains("warning:"), "\(built)")
    let tests = try swift.run(["test", "-c", "release", "--skip-build"], in: folder.path)
    #expect(tests.contains("in 5 suites passed"), "\(tests)")
    for role in `A new plugin`.roles {
      let plugin = try BuiltPlugin(
        "third-\(role.prefix(3))", file: "\(folder.path)/.build/release/libThird\(role.prefix(3).capitalized).so")
      try plugin.prove(role)
    }
  }

  /// The parts of a generated package manifest that are put together.
  struct Manifest {
    var head: String
    var products: String
    var targets: String

    init?(_ text: String) {
      func between(_ start: String, _ end: String) -> String? {
        guard let from = text.range(of: start),
          let to = text.range(of: end, range: from.upperBound..<text.endIndex)
        else { return nil }
        return String(text[from.upperBound..<to.lowerBound])
      }
      guard let package = text.range(of: "let package"), let products = between("products: [", "],\n  dependencies"),
        let targets = between("targets: [\n", "\n  ],\n  swiftLanguageModes")
      else { return nil }
      (head, self.products, self.targets) = (String(text[..<package.lowerBound]), products, targets + "\n")
    }
  }
}
