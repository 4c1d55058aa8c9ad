import BarStore
import CommandLineKit

/// What `host data verify` found.
struct StoreVerification: CommandReport {
  private(set) var files = 0
  private(set) var blocks = 0
  private(set) var bars = 0
  private(set) var damage: [BarStoreError] = []

  /// Reads everything again. Blocks on the disk.
  init(_ stores: [(path: String, store: Result<BarStoreFile, BarStoreError>)]) {
    for (_, store) in stores {
      files += 1
      switch store {
      case .success(let file):
        bars += file.series.reduce(0) { $0 + $1.barCount }
        blocks += file.verify { damage.append($0) }
      case .failure(let error): damage.append(error)
      }
    }
  }

  func text(for capabilities: TerminalCapabilities) -> String {
    let style = Style(capabilities)
    let counts = [
      Figures.count(files, "file", "files"), Figures.count(blocks, "block", "blocks"),
      Figures.count(bars, "bar", "bars"),
    ].joined(separator: ", ")
    let verdict = damage.isEmpty ? style.green("whole") : style.red("NOT whole")
    return StoreListing.text(damage, style) + "\(counts): \(verdict)\n"
  }

  func writeJSON(to writer: inout JSONWriter) {
    var members: [String: JSONValue] = [
      "bars": JSONValue(bars), "blocks": JSONValue(blocks), "damage": .array(damage.map(\.commandError.json)),
      "files": JSONValue(files), "schema": 1, "whole": .bool(damage.isEmpty),
    ]
    if let first = damage.first { members["error"] = first.commandError.json }
    writer.value(.object(members))
  }
}
