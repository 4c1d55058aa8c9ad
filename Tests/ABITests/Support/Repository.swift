import Foundation

/// Where the contract lies.
enum Repository {
  static let root = URL(filePath: #filePath).appending(path: "../../../..").standardized.path
  static let include = root + "/PluginAPI/include"

  /// The headers that `wharf.h` includes, as their names.
  static let published = headers(in: include + "/wharf").filter { $0 != "wharf.h" && $0 != "layout_check.h" }
  /// The headers of tables that may still change.
  static let drafts = headers(in: include + "/wharf/draft").map { "draft/" + $0 }

  private static func headers(in folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".h") }.sorted()
  }

  /// The text of a file in the folder of the headers.
  static func text(_ name: String, include: String = include) throws -> String {
    try String(contentsOfFile: include + "/wharf/" + name, encoding: .utf8)
  }

  /// The committed description of the ABI.
  static func description() throws -> Description { try Description.read(text("abi.json")) }

  /// What the published headers declare, in the order of their names.
  static func declarations(include: String = include) throws -> Description {
    var all = Description()
    for name in published { all.append(try HeaderParser.parse(text(name, include: include), header: name)) }
    return all
  }
}
