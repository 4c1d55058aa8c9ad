import Foundation
import PluginSDK
import PluginTestKit
import ReplayLogic
import TradingTypes

/// The folder of real market data: `WHARF_SHARED`, else `../shared` beside the package; `nil` (said on stderr) without.
let sharedData: URL? = {
  let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  let folder =
    ProcessInfo.processInfo.environment["WHARF_SHARED"].map { URL(filePath: $0) }
    ?? root.deletingLastPathComponent().appending(path: "shared")
  let data = folder.appending(path: "data")
  guard FileManager.default.fileExists(atPath: data.path) else {
    FileHandle.standardError.write(
      Data("SKIPPED: replay of the shared data: no folder \(data.path); set WHARF_SHARED\n".utf8))
    return nil
  }
  return data
}()

/// A folder of files that lives as long as the value.
final class Files {
  let folder: URL

  init(_ files: [String: String] = [:]) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "replay-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, text) in files { try write(Data(text.utf8), name) }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func write(_ data: Data, _ name: String) throws {
    let file = folder.appending(path: name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: file)
  }

  func path(_ name: String) -> String { folder.appending(path: name).path }
}

/// A replay of some paths, not yet open.
func replay(
  _ paths: [String], badRows: OptionValue = "skip", naiveTimes: OptionValue = "refuse", barSeconds: OptionValue? = nil,
  oddities: [String: OptionValue] = [:], route: Route = .direct
) throws -> MarketDataDriver<Replay> {
  let host = TestHost([
    "paths": .list(paths), "bad_rows": badRows, "naive_times": naiveTimes, "splits": "notice", "gaps": "notice",
  ])
  host.options["bar_seconds"] = barSeconds
  for (option, value) in oddities { host.options[option] = value }
  return try MarketDataDriver(Replay.self, route: route, host: host)
}

/// What one file with these lines reads as.
func read(_ lines: String..., name: String = "ABC.csv", badRows: OptionValue = "skip") throws -> Reading {
  try Reading(text: lines.joined(separator: "\n") + "\n", name: name, badRows: badRows)
}

/// Everything a source told about some files.
struct Reading {
  var series: [Series] = []
  var bars: [Bar] = []
  var faults: [DataFault] = []
  var fingerprint: [UInt8] = []
  var failure: PluginError?

  init(
    text: String, name: String = "ABC.csv", badRows: OptionValue = "skip", naiveTimes: OptionValue = "refuse",
    barSeconds: OptionValue? = nil
  ) throws {
    let files = try Files([name: text])
    self = try withExtendedLifetime(files) {
      try Reading(paths: [files.path(name)], badRows: badRows, naiveTimes: naiveTimes, barSeconds: barSeconds)
    }
  }

  init(
    paths: [String], symbols: [String] = [], badRows: OptionValue = "skip", naiveTimes: OptionValue = "refuse",
    barSeconds: OptionValue? = nil
  ) throws {
    let driver = try replay(paths, badRows: badRows, naiveTimes: naiveTimes, barSeconds: barSeconds)
    do {
      try driver.open(symbols)
      bars = try driver.readAll()
    } catch {
      failure = error
    }
    series = driver.series
    faults = driver.faults
    fingerprint = driver.fingerprint
  }

  /// The codes of the faults, each with its line.
  var codes: [String] { faults.map { "\($0.code):\($0.line ?? 0)" } }
  var starts: [String] { bars.map(\.start.description) }
}

let header = "timestamp,open,high,low,close,volume"
