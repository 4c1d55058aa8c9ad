import Foundation
import Testing

/// A plugin in the host's own process can hang and crash it; then it is named.
@Suite(.serialized) struct `A plugin in the host's process` {
  let home: HostProcess.Folder

  init() throws {
    home = try `host run`.home()
    try WildPlugin.install(in: home)
  }

  private func run(
    _ mode: WildPlugin.Mode, _ command: [String] = ["run", "--approve", "all"]
  ) throws -> HostProcess.Result {
    try StrangerPlugin.host(
      command + ["--strategy", "wild", "--data", "\(home.path)/bars", "--json"]
        + WildPlugin.parameters(mode, from: "2016-03-01"),
      in: home)
  }

  @Test(arguments: ["run", "backtest"])
  func `that never comes back is named, and the host ends with 70 instead of hanging`(_ command: String) throws {
    try home.write("config.yaml", "plugins:\n  call_seconds: 0.2\n")
    let result = try run(.spin, command == "run" ? ["run", "--approve", "all"] : ["backtest"])
    #expect(result.status == 70, "\(result.errors)")
    #expect(!result.wasKilled)
    #expect(result.errorCode == "plugin_hangs")
    #expect(result.output.contains("wild 1.2.3"))
    #expect(result.output.contains("strategy.on_bar: timeout: has been running for"))
    #expect(result.errors.contains("plugin failure: wild 1.2.3"))
    let record = try String(contentsOfFile: "\(home.path)/state/plugin-failures.json", encoding: .utf8)
    #expect(record.contains(#""call":"strategy.on_bar""#) && record.contains(#""kind":"timeout""#))
  }

  @Test func `that crashes is named at once and when the host starts again, three times until it is quarantined`()
    throws
  {
    for time in 1...3 {
      let crashed = try run(.crash)
      #expect(crashed.wasKilled, "\(crashed.errors)")
      #expect(crashed.errors.contains("host: signal 11 while plugin wild\t1.2.3\t"), "\(crashed.errors)")
      #expect(crashed.errors.contains("was in on_bar"))
      #expect(crashed.errors.contains("an earlier session ended by signal 11 (SIGSEGV) while plugin") == (time > 1))
    }
    let refused = try run(.crash)
    #expect(refused.status == 77, "\(refused.errors)")
    #expect(refused.errorCode == "plugin_quarantined")
    #expect(refused.output.contains("ended the host by signal 11 (SIGSEGV)"))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: "\(home.path)/state").allSatisfy { !$0.hasPrefix("calls") })
  }
}
