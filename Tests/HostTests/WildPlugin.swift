import Foundation
import Testing

/// A strategy that goes wrong when it is told to, built with the system's C compiler.
enum WildPlugin {
  /// How it goes wrong.
  enum Mode: Int { case quiet, crash, abort, exit, spin, fault }

  /// Builds it into a home folder, which is also where the host looks for plugins, and lets it run in the host's process or
  /// in one of its own.
  static func install(
    in home: HostProcess.Folder, onFailure: String = "protect", id: String = "wild", isolation: String = "in-process"
  ) throws {
    let source = try String(contentsOfFile: "\(SourceRoot.path)/Tests/Fixtures/Supervision/wild.c", encoding: .utf8)
    try StrangerPlugin.compile(id, source: source, manifest: manifest(id, onFailure), in: home)
    let approved = try StrangerPlugin.host(["approve-plugin", id, "--yes", "--isolation", isolation], in: home)
    try #require(approved.status == 0, "\(approved.output) \(approved.errors)")
  }

  /// The parameters with which it goes wrong at bars of some days, `2016-06-01`, and buys before.
  static func parameters(
    _ mode: Mode, from: String, until: String = "2100-01-01", warm: Bool = false, buys: Bool = false
  ) -> [String] {
    [
      "--param", "wrong=\(mode.rawValue)", "--param", "from=\(second(from))", "--param", "until=\(second(until))",
      "--param", "warm=\(warm ? 1 : 0)", "--param", "buy=\(buys ? 1 : 0)",
    ]
  }

  private static func second(_ day: String) -> Int {
    Int(ISO8601DateFormatter().date(from: "\(day)T00:00:00Z")?.timeIntervalSince1970 ?? 0)
  }

  private static func manifest(_ id: String, _ onFailure: String) -> String {
    func option(_ name: String) -> String {
      #"{"name":"\#(name)","type":"integer","default":"0","help":"For tests."}"#
    }
    let options = ["wrong", "from", "until", "warm", "buy"].map(option).joined(separator: ",")
    return #"""
      {"id":"\#(id)","name":"Wild","version":"1.2.3","roles":["strategy"],"abi":"1.0","language":"c",
       "summary":"Goes wrong when it is told to.","permissions":[],"on_failure":"\#(onFailure)","options":[\#(options)]}
      """#
  }
}
