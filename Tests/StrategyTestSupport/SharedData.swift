import Foundation

/// The folder of real market data: `WHARF_SHARED`, else `../shared` beside the package; `nil` (said on stderr) without.
public let sharedData: URL? = {
  let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  let folder =
    ProcessInfo.processInfo.environment["WHARF_SHARED"].map { URL(filePath: $0) }
    ?? root.deletingLastPathComponent().appending(path: "shared")
  let data = folder.appending(path: "data")
  guard FileManager.default.fileExists(atPath: data.path) else {
    FileHandle.standardError.write(
      Data("SKIPPED: reference trades: no folder \(data.path); set WHARF_SHARED to the one that holds it\n".utf8))
    return nil
  }
  return data
}()
