import Foundation
import Testing

@Suite struct `A start in which a plugin crashes` {
  static let crashes = [
    ("was being loaded", StrangerPlugin(inEntry: "abort()")),
    ("was creating an instance", StrangerPlugin(inCreate: "abort()")),
    ("was starting an instance", StrangerPlugin(inStart: "abort()")),
  ]

  @Test(arguments: crashes) func `is told at the next one, which names the suspect and the way out`(
    _ when: String, _ plugin: StrangerPlugin
  ) throws {
    let home = try HostProcess.Folder()
    try plugin.build(in: home)
    try StrangerPlugin.trust("stranger", in: home)
    let crashed = try `A third-party plugin`.backtest(home)
    #expect(crashed.wasKilled, "\(crashed.status) \(crashed.output)")
    for command in [["list-plugins"], ["list-plugins", "--json", "--safe-mode"]] {
      let next = try StrangerPlugin.host(command, in: home)
      #expect(next.status == 0)
      let lines = next.errors.split(separator: "\n").filter { $0.contains("the host died") }
      #expect(lines.count == 1, "\(next.errors)")
      let line = try #require(lines.first)
      #expect(line.hasPrefix("warning: the host died while plugin stranger 1.0.0 ("), "\(line)")
      #expect(line.contains(when) && line.contains("--safe-mode") && line.contains("revoke-plugin stranger"))
    }
    // A file that starts is no suspect any more.
    try StrangerPlugin().build(in: home)
    try StrangerPlugin.trust("stranger", in: home)
    #expect(try `A third-party plugin`.backtest(home).status == 0)
    #expect(try !StrangerPlugin.host(["list-plugins"], in: home).errors.contains("the host died"))
  }

  @Test func `keeps being told until the plugin has started`() throws {
    let home = try HostProcess.Folder()
    try StrangerPlugin(inCreate: "if (getenv(\"CRASH\")) abort()").build(in: home)
    try StrangerPlugin.trust("stranger", in: home)
    try home.write("AAA.csv", MadeUpBars.csv(symbol: 5, days: 30))
    let words = ["backtest", "--strategy", "stranger", "--data", "\(home.path)/AAA.csv"]
    func run(_ variables: [String: String]) throws -> HostProcess.Result {
      try HostProcess.run(
        words, home: home, environment: variables.merging(["WHARF_PLUGIN_PATH": home.path]) { $1 })
    }
    #expect(try run(["CRASH": "1"]).wasKilled)
    #expect(try run(["CRASH": "1"]).wasKilled)
    let started = try run([:])
    #expect(started.status == 0)
    #expect(started.errors.split(separator: "\n").count { $0.contains("the host died") } == 2, "\(started.errors)")
    #expect(try !run([:]).errors.contains("the host died"))
  }
}

@Suite struct `Safe mode` {
  @Test func `lists other plugins as disabled and uses those of the host`() throws {
    let home = try HostProcess.Folder()
    try StrangerPlugin().build(in: home)
    try StrangerPlugin.trust("stranger", in: home)
    try home.write("config.yaml", "plugins:\n  stranger:\n    speed: 4\n")
    let row = try `A third-party plugin`.row("stranger", in: home, ["--safe-mode"])
    #expect(row["status"] as? String == "disabled")
    #expect(row["reason"] as? String == "safe mode: only plugins that came with the host are used")
    #expect(row["remedy"] as? String == "start without --safe-mode")
    let refused = try `A third-party plugin`.backtest(home, ["--safe-mode"])
    #expect(refused.status == 77 && refused.errorCode == "plugin_unusable", "\(refused.output)")
    let used = try StrangerPlugin.host(
      ["backtest", "--safe-mode", "--strategy", "minimal-c", "--data", "\(home.path)/AAA.csv", "--json"], in: home)
    #expect(used.status == 0, "\(used.output)")
  }
}
