import CommandLineKit
import Ledger

/// `host ledger`: a whole file at once.
enum LedgerCommand {
  static let command = HostCommand(
    specification: CommandSpecification(
      "ledger", abstract: "Compare or check whole ledgers.",
      subcommands: [
        CommandSpecification(
          "digest", abstract: "Print one hash over every decision in a ledger.",
          discussion: [
            "Two sessions that decided the same have the same digest, whenever they ran and however often they were "
              + "interrupted: wall times, run ids and names given by the run or the venue have no part in it."
          ], arguments: [file], examples: ["host ledger digest", "host ledger digest ledger.db"]),
        CommandSpecification(
          "verify", abstract: "Check that a ledger is whole and that its books balance.",
          discussion: ["Takes time in proportion to the file. Exit code 65 when something does not hold."],
          arguments: [file], examples: ["host ledger verify", "host ledger verify ledger.db --json"]),
      ])
  ) { arguments, streams in
    let path = try arguments.argument("FILE") ?? LedgerFile.ledgerOfHome(arguments)
    if arguments.commandWords.last == "digest" {
      let digest = try LedgerFile.read(path) { reader throws(LedgerError) in try reader.digest() }
      try streams.show(LedgerDigest(file: path, digest: digest))
      return .ok
    }
    let verdict = try LedgerFile.read(path) { reader throws(LedgerError) in
      LedgerVerdict(file: path, status: try reader.session().status, verification: try reader.verify())
    }
    try streams.show(verdict)
    return verdict.verification.problems.isEmpty ? .ok : .badData
  }

  private static let file = ArgumentSpecification(
    "FILE", help: "The ledger; HOME/ledger.db when left out.", isOptional: true)
}

/// What a ledger's decisions come to.
struct LedgerDigest: CommandReport {
  var file: String
  var digest: String

  func text(for capabilities: TerminalCapabilities) -> String { digest + "\n" }

  func writeJSON(to writer: inout JSONWriter) {
    writer.value(["digest": .string(digest), "file": .string(file), "schema": 1])
  }
}

/// What was checked of a ledger, and what does not hold.
struct LedgerVerdict: CommandReport {
  var file: String
  /// Of its session: `finished` or `unfinished`.
  var status: String
  var verification: Verification

  func text(for capabilities: TerminalCapabilities) -> String {
    let style = Style(capabilities)
    let problems = verification.problems
    let verdict =
      problems.isEmpty
      ? style.green("whole") : style.red("NOT whole, \(Figures.count(problems.count, "problem", "problems"))")
    var lines = ["\(printable(file)): \(verdict) (session \(status))"] + checks.map { "  checked: \($0)" }
    lines += problems.map { "  \(style.red("problem:")) \(printable($0))" }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What was checked, a line each.
  private var checks: [String] {
    let counts = [
      Figures.count(verification.orders, "order", "orders"), Figures.count(verification.fills, "fill", "fills"),
      Figures.count(verification.trades, "trade", "trades"),
    ]
    return [
      "the pages of the file and the references between its rows",
      "the hash of every commit over \(Figures.count(verification.records, "record", "records")) and "
        + "\(Figures.count(verification.journalEntries, "journaled event", "journaled events")), computed again",
      "\(counts.joined(separator: ", ")): quantities, fees and P&L add up from the fills, exactly",
    ]
  }

  func writeJSON(to writer: inout JSONWriter) {
    writer.value([
      "checked": .array(checks.map { .string($0) }), "file": .string(file), "fills": JSONValue(verification.fills),
      "journal_entries": RecordValue.whole(verification.journalEntries).json, "orders": JSONValue(verification.orders),
      "problems": .array(verification.problems.map { .string($0) }),
      "records": RecordValue.whole(verification.records).json, "schema": 1, "status": .string(status),
      "trades": JSONValue(verification.trades), "whole": .bool(verification.problems.isEmpty),
    ])
  }
}
