import CommandLineKit
import PluginHost
import TradingTypes

/// What came out of a test for look-ahead, in both forms.
struct LookaheadReport: CommandReport {
  let setup: LookaheadSetup
  let seed: UInt64
  let outcome: LookaheadCheck.Outcome

  private var instruments: [Instrument] { setup.universe.instruments }

  func text(for capabilities: TerminalCapabilities) -> String {
    let style = Style(capabilities)
    let id = setup.plugin.identity.id
    let symbols =
      instruments.count <= 3 ? instruments.map(\.symbol).joined(separator: ", ") : "\(instruments.count) symbols"
    var lines = [
      style.bold("look-ahead of \(id) on \(symbols)"),
      "  \(setup.timeline.bars.count) bars, \(outcome.answers) answers"
        + (setup.plan == nil ? "" : ", \(outcome.decisions) rows of the backtest's decision log"),
    ]
    guard outcome.repetition.difference == nil else {
      lines.append("  the same bars gave another result when they were walked again, so nothing can be compared")
      return (lines + difference(outcome.repetition, "first time", "second time")).joined(separator: "\n") + "\n"
    }
    var table = TextTable([
      .init("AFTER"), .init("BARS ARE"), .init("ANSWERS", .right), .init("DECISIONS", .right), .init("EQUAL"),
    ])
    for cut in outcome.cuts {
      table.append([
        .init("\(cut.at)"), .init(cut.kind.rawValue), .init("\(cut.answers)"), .init("\(cut.decisions)"),
        .init(cut.difference == nil ? "yes" : "NO"),
      ])
    }
    lines.append(table.rendered(for: capabilities))
    if let cut = outcome.firstDifference {
      lines.append("decisions change with what comes after them:")
      lines += difference(cut, "with future", "without")
    } else {
      lines.append(
        "every answer at or before \(outcome.cuts.count / 2) instants is the same with the bars after it cut or poisoned"
      )
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func difference(_ cut: LookaheadCheck.Cut, _ with: String, _ without: String) -> [String] {
    guard let difference = cut.difference else { return [] }
    let place = [difference.symbol, difference.time.map { "\($0)" }].compactMap(\.self).joined(separator: " at ")
    let bound = cut.at == .distantFuture ? "" : ", bars after \(cut.at) \(cut.kind.rawValue)"
    return [
      "  first difference: \(difference.log.rawValue) \(difference.index + 1)\(place.isEmpty ? "" : ", \(place)")\(bound)",
      "  \(difference.name.isEmpty ? "whole" : difference.name)",
      "    \(with): \(difference.withFuture ?? Figures.missing)",
      "    \(without): \(difference.withoutFuture ?? Figures.missing)",
    ]
  }

  func writeJSON(to writer: inout JSONWriter) {
    writer.value([
      "answers": JSONValue(outcome.answers), "bars": JSONValue(setup.timeline.bars.count),
      "cuts": .array(outcome.cuts.map(\.json)), "decisions": JSONValue(outcome.decisions),
      "equal": .bool(outcome.isEqual), "first_difference": outcome.firstDifference?.differenceJSON ?? .null,
      "repeatable": .bool(outcome.repetition.difference == nil), "schema": 1, "seed": .integer(Int64(seed)),
      "strategy": .string(setup.plugin.identity.id), "symbol_names": .array(instruments.map { .string($0.symbol) }),
      "symbols": JSONValue(instruments.count),
    ])
  }
}

extension LookaheadCheck.Cut {
  fileprivate var json: JSONValue {
    [
      "answers": JSONValue(answers), "at": .string("\(at)"), "compared": JSONValue(answers + decisions),
      "decisions": JSONValue(decisions), "equal": .bool(difference == nil), "kind": .string(kind.rawValue),
    ]
  }

  fileprivate var differenceJSON: JSONValue {
    guard let difference else { return .null }
    return [
      "at": JSONValue(difference.time.map { "\($0)" }), "cut_at": at == .distantFuture ? .null : .string("\(at)"),
      "index": JSONValue(difference.index), "kind": at == .distantFuture ? "repeated" : .string(kind.rawValue),
      "log": .string(difference.log.rawValue), "name": .string(difference.name), "symbol": JSONValue(difference.symbol),
      "with_future": JSONValue(difference.withFuture), "without_future": JSONValue(difference.withoutFuture),
    ]
  }
}
