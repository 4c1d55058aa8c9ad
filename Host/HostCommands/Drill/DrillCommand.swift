import CommandLineKit
import Glibc
import Ledger

/// `host drill`: kills a paper session again and again, lets it go on, and compares it with one that was left alone.
enum DrillCommand {
  static let command = HostCommand(
    specification: CommandSpecification(
      "drill", abstract: "Kill a paper session at seeded places and times, restart it, and compare the record.",
      discussion: [
        "Half of the kills come at a numbered place (before and after each commit and each call to the broker), the "
          + "other half after a random time. The session runs with --approve all unless told otherwise."
      ],
      options: [
        OptionSpecification("kills", value: "N", .integer(1...10_000), help: "How often to kill.", default: "200"),
        OptionSpecification("seed", value: "N", .integer(0...Int.max), help: "Repeats the same places.", default: "1"),
      ] + RunOptions.specifications.filter { !["ledger", "new"].contains($0.name) },
      examples: ["host drill --kills 20 --seed 7"])
  ) { arguments, streams in
    let drill = try Drill(arguments, streams)
    defer { drill.removeFolder() }
    let outcome = try drill.run()
    try streams.show(outcome)
    return outcome.isGood ? .ok : .internalFault
  }
}

/// What a drill found.
struct DrillOutcome: CommandReport {
  var kills = 0
  var killsAtPlaces = 0
  var killsByTime = 0
  /// Processes started, the calm one not counted.
  var lives = 0
  /// Sessions that came to their end and were compared.
  var sessions = 0
  var intents = 0
  var ordersLost = 0
  var ordersDoubled = 0
  var trades = 0
  var tradesEqual = true
  var digestsEqual = true
  var restarts: Int { lives - sessions }

  var isGood: Bool { tradesEqual && digestsEqual && ordersLost == 0 && ordersDoubled == 0 }

  func text(for capabilities: TerminalCapabilities) -> String {
    var table = TextTable([.init("WHAT"), .init("COUNT", .right)])
    for (what, count) in [
      ("kills at numbered places", killsAtPlaces), ("kills by time", killsByTime), ("restarts", restarts),
      ("sessions compared", sessions),
      ("orders intended", intents), ("orders lost", ordersLost), ("orders doubled", ordersDoubled), ("trades", trades),
    ] {
      table.append([.init(what), .init(String(count))])
    }
    return table.rendered(for: capabilities)
      + "trades \(tradesEqual ? "equal" : "DIFFERENT"), digests \(digestsEqual ? "equal" : "DIFFERENT")\n"
  }

  func writeJSON(to writer: inout JSONWriter) {
    writer.value([
      "digests_equal": .bool(digestsEqual), "intents": JSONValue(intents), "kills": JSONValue(kills),
      "kills_at_places": JSONValue(killsAtPlaces), "kills_by_time": JSONValue(killsByTime),
      "orders_doubled": JSONValue(ordersDoubled), "orders_lost": JSONValue(ordersLost), "restarts": JSONValue(restarts),
      "schema": 1, "sessions": JSONValue(sessions), "trades": JSONValue(trades), "trades_equal": .bool(tradesEqual),
    ])
  }
}
