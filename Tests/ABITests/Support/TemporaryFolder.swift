import Foundation

/// A folder of a test's own, gone with it.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "wharf-abi-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a text and returns its path.
  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    let file = URL(filePath: path).appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    return file.path
  }

  /// The text of a file inside.
  func text(_ name: String) throws -> String { try String(contentsOfFile: path + "/" + name, encoding: .utf8) }

  /// A copy of the headers with some texts replaced, for a test of what must be noticed; returns its include folder.
  func headers(replacing changes: [(header: String, text: String, by: String)]) throws -> String {
    for name in Repository.published + ["wharf.h"] {
      var text = try Repository.text(name)
      for change in changes where change.header == name {
        let pieces = text.components(separatedBy: change.text)
        guard pieces.count == 2 else {
          throw Tool.Failure(description: "\(name): \(change.text) occurs \(pieces.count - 1) times, expected once")
        }
        text = pieces.joined(separator: change.by)
      }
      try write("wharf/" + name, text)
    }
    return path
  }
}
