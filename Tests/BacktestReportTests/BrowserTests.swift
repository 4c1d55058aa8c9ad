import BacktestReport
import Foundation
import Testing
import TradingTypes

/// A browser to open pages in, by `WHARF_BROWSER` (`chromium`); without it this suite is skipped, and says so.
private let browser: String? = {
  let name = ProcessInfo.processInfo.environment["WHARF_BROWSER"]
  if name == nil {
    FileHandle.standardError.write(
      Data("SKIPPED: the report's script in a browser; set WHARF_BROWSER to a headless Chromium\n".utf8))
  }
  return name
}()

@Suite(.enabled(if: browser != nil, "needs a browser: set WHARF_BROWSER")) struct `In a browser` {
  /// The document after the script ran, from a file.
  private func opened(_ content: ReportContent) throws -> String {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "report.html")
    try Data(rendered(content).utf8).write(to: file)
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      try #require(browser), "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=\(folder.path)/profile",
      "--dump-dom", "file://\(file.path)",
    ]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test(arguments: `The page`.cases)
  func `the script runs to its end`(_ example: (name: String, run: ExampleRun)) throws {
    let document = try opened(example.run.content)
    #expect(document.contains("data-ready"), "\(example.name)")
    #expect(document.components(separatedBy: "<tr data-trade=").count - 1 == example.run.results.count)
    #expect(document.contains("class=\"line equity\"") == (example.run.days > 0))
  }

  @Test(arguments: `Texts from outside`.hostile)
  func `hostile texts stay texts`(_ text: String) throws {
    var content = ExampleRun(title: text, results: ["1", "-1"], symbol: text).content
    content.strategies[0].id = text
    let document = try opened(content)
    #expect(document.contains("data-ready"))
    #expect(document.components(separatedBy: "<script").count == 3)
    #expect(!document.contains("<img"))
  }
}
