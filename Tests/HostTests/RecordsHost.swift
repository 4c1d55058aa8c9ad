import CommandLineKit
import Foundation
import Glibc

@testable import HostCommands

/// What a command line of the host answered, run within this process.
struct RecordsAnswer {
  var exit: ExitCode
  var output: String
  var errors: String

  /// Runs `host` with these words.
  init(_ words: [String], at ledger: RecordsLedger, capabilities: TerminalCapabilities = .piped) throws {
    let words = words + ["--home", ledger.home]
    var files: [Int32] = []
    for name in ["out", "err"] {
      files.append(open("\(ledger.home)/\(name)", O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600))
    }
    defer { for file in files { close(file) } }
    let streams = StandardStreams(
      mode: OutputMode(arguments: words), output: files[0], error: files[1], outputCapabilities: capabilities)
    exit = runCommandLine(HostProgram.specification, arguments: words, streams: streams) { parsed, streams in
      let command = HostProgram.commands.first { $0.specification.name == parsed.commandWords[1] }!
      return try command.perform(parsed, streams)
    }
    output = try String(contentsOfFile: "\(ledger.home)/out", encoding: .utf8)
    errors = try String(contentsOfFile: "\(ledger.home)/err", encoding: .utf8)
  }

  /// The one JSON object on stdout.
  func json() throws -> NSDictionary {
    try JSONSerialization.jsonObject(with: Data(output.utf8)) as? NSDictionary ?? [:]
  }

  /// A member of the error object.
  func error(_ key: String) throws -> String? { (try json()["error"] as? NSDictionary)?[key] as? String }
}

/// JSON written over several lines, as the host writes it: one line.
func oneLine(_ json: String) -> String {
  json.split(separator: "\n").map { $0.drop { $0 == " " } }.joined() + "\n"
}
