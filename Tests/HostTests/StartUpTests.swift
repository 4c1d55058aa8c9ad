import Foundation
import Testing

@Suite struct `The executable` {
  /// The libraries that the loader opens before the first line runs.
  private static func libraries(of path: String) throws -> [String] {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/ldd")
    process.arguments = [path]
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return text.split(separator: "\n").compactMap { $0.split(whereSeparator: \.isWhitespace).first.map(String.init) }
  }

  @Test func `starts without the thirty libraries that requests need`() throws {
    let libraries = try Self.libraries(of: HostProcess.executable)
    #expect(libraries.contains { $0.hasPrefix("libsqlite3") })
    for name in ["libcurl", "libssl", "libcrypto", "libnghttp2", "libldap"] {
      #expect(!libraries.contains { $0.hasPrefix(name) }, "\(name) is opened at every start")
    }
  }
}
