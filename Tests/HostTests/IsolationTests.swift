import Foundation
import Testing

/// Sessions whose plugins run in processes of their own: strategies, broker, notifier, and the data that is in memory. Data
/// in files is for a plugin that is trusted: behind the wall there are none.
@Suite struct `Isolated plugins` {
  private static let isolated = ["WHARF_ISOLATE": "sma-cross,mr-combined,minimal-c,paper,console"]
  private static let isolatedWithData = ["WHARF_ISOLATE": "sma-cross,mr-combined,minimal-c,paper,console,replay"]
  private typealias Stretch = `One recorded stretch in every mode`

  @Test(arguments: RecordedStretch.all)
  func `leave the same decision log, figures and trades in backtests and on paper`(_ stretch: RecordedStretch) throws {
    let home = try Stretch.home()
    let arguments = stretch.arguments + (stretch.isBundled ? [] : ["--data", "\(home.path)/bars"])
    for command in [["backtest", "--no-series"], ["run", "--approve", "all"]] {
      let name = command[0]
      let here = try Stretch.run(command, arguments, ledger: "\(name).db", home: home)
      let there = try Stretch.run(
        command, arguments, ledger: "\(name)-isolated.db", home: home,
        environment: stretch.isBundled ? Self.isolatedWithData : Self.isolated)
      #expect(here.status == 0 && there.status == 0, "\(there.output) \(there.errors)")
      #expect(try #require(here.json["trades"] as? Int) > 5)
      let digests = try ["\(name).db", "\(name)-isolated.db"].map { try `host run`.digest(home, $0) }
      #expect(digests[0] == digests[1])
      for key in ["signals", "orders", "fills", "trades", "fees", "bars", "final_equity", "profit"] {
        #expect(try here.json[key] as? NSObject == there.json[key] as? NSObject, "\(key)")
      }
    }
  }

  @Test func `give the same trades for a strategy in plain C`() throws {
    let home = try Stretch.home()
    let arguments = ["--strategy", "minimal-c"]
    let here = try Stretch.run(["backtest", "--no-series"], arguments, ledger: "here.db", home: home)
    let there = try Stretch.run(
      ["backtest", "--no-series"], arguments, ledger: "there.db", home: home, environment: Self.isolatedWithData)
    #expect(there.status == 0, "\(there.errors)")
    #expect(try #require(here.json["trades"] as? Int) > 5, "\(here.errors)")
    #expect(try `host run`.digest(home, "here.db") == `host run`.digest(home, "there.db"))
  }

  @Test func `give the same observations of a scan`() throws {
    let home = try Stretch.home()
    let line = ["scan", "sma-cross", "--data", "\(home.path)/bars", "--market", "equity", "--json"]
    let (here, there) = (
      try HostProcess.run(line, home: home), try HostProcess.run(line, home: home, environment: Self.isolated)
    )
    #expect(here.status == 0, "\(here.errors)")
    #expect(here.output.count > 100)
    #expect(there.output == here.output)
  }

  @Test func `are served by a command that no help shows`() throws {
    let home = try HostProcess.Folder()
    let help = try HostProcess.run(["--help"], home: home)
    #expect(!help.output.contains("plugin-runner"))
    // Nobody else than a host can start it.
    #expect(try HostProcess.run(["plugin-runner"], home: home).status == 64)
  }
}
