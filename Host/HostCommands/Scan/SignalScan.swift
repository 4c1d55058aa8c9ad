import CommandLineKit
import TradingCore
import TradingTypes

/// What a strategy concluded bar by bar, and its virtual trades.
struct SignalScan: ScanReport {
  private var strategy: String
  private var symbols: [String]
  private var signals: [[SignalProposal]]
  private var trades: [[VirtualTrade]]

  /// Of bars that were followed; `nil` when none were to be.
  var steps: [ScanStep]?
  private let reportsAllBars: Bool

  /// A report of nothing yet.
  init(_ setup: ScanSetup) {
    strategy = setup.plugin
    symbols = setup.data.universe.instruments.map(\.symbol)
    signals = [[SignalProposal]](repeating: [], count: symbols.count)
    trades = [[VirtualTrade]](repeating: [], count: symbols.count)
    reportsAllBars = setup.reportsAllBars
  }

  /// Takes a signal; answers whether it is one to report.
  mutating func take(_ signal: SignalProposal) -> Bool {
    guard reportsAllBars || signal.barGatesPass else { return false }
    signals[Int(signal.instrument.index)].append(signal)
    return true
  }

  mutating func take(_ trade: VirtualTrade) { trades[Int(trade.instrument.index)].append(trade) }

  func text(for capabilities: TerminalCapabilities) -> String {
    // What was followed has been told as it came.
    guard steps == nil else { return "" }
    var table = TextTable([
      .init("SYMBOL"), .init("BAR"), .init("CLOSE", .right), .init("SCORE", .right), .init("VERDICT"),
      .init("BLOCKED BY"), .init("NUMBERS", mayBeCut: true),
    ])
    for (symbol, signals) in zip(symbols, signals) {
      for signal in signals {
        let verdict = signal.verdict == .raised ? "raised" : signal.code
        let numbers = signal.fields.map { "\($0.name) \($0.value.plainText)" }.joined(separator: ", ")
        table.append([
          .init(symbol), .init("\(CivilDate(utc: signal.barTime))"), .init("\(signal.close)"), .init("\(signal.score)"),
          .init(verdict), .init(signal.blockedBy.joined(separator: ",")), .init(numbers),
        ])
      }
    }
    var virtual = TextTable([
      .init("SYMBOL"), .init("SIGNAL"), .init("ENTRY"), .init("AT", .right), .init("EXIT"), .init("AT", .right),
      .init("REASON"), .init("RETURN", .right),
    ])
    for (symbol, trades) in zip(symbols, trades) {
      for trade in trades {
        virtual.append([
          .init(symbol), .init("\(CivilDate(utc: trade.signalTime))"), .init("\(CivilDate(utc: trade.entryTime))"),
          .init("\(trade.entry)"), .init("\(CivilDate(utc: trade.exitTime))"), .init("\(trade.exit)"),
          .init(trade.reasonName), .init("\(trade.grossReturn)"),
        ])
      }
    }
    return table.rendered(for: capabilities) + "\nvirtual trades\n" + virtual.rendered(for: capabilities)
  }

  func writeJSON(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("schema")
    writer.value(1)
    if let steps {
      writer.key("steps")
      writer.value(.array(steps.map(\.json)))
    }
    writer.key("strategy")
    writer.value(.string(strategy))
    writer.key("symbols")
    writer.beginObject()
    for (index, symbol) in symbols.enumerated() {
      writer.key(symbol)
      writer.beginObject()
      writer.key("bars")
      writer.beginArray()
      for signal in signals[index] { writer.value(signal.scanJSON) }
      writer.endArray()
      writer.key("trades")
      writer.beginArray()
      for trade in trades[index] { writer.value(trade.scanJSON) }
      writer.endArray()
      writer.endObject()
    }
    writer.endObject()
    writer.endObject()
  }
}

/// A plugin that stopped during a scan.
struct StoppedScan {
  var plugin: String

  var failure: CommandFailure {
    CommandFailure(
      code: "plugin_stopped", message: "the plugin stopped during the scan", where: "plugin \(plugin)",
      expected: "an answer for every bar", found: "a stopped plugin", remedy: "read its log above",
      exitCode: .internalFault)
  }
}

extension SignalProposal {
  /// Whether every gate that needs nothing but bars holds.
  var barGatesPass: Bool {
    let gates = checks.filter { $0.kind == .bar }
    return !gates.isEmpty && gates.allSatisfy(\.passed)
  }

  /// The names of the gates that failed.
  var blockedBy: [String] { checks.filter { !$0.passed }.map(\.name) }

  /// A bar of `host scan`.
  var scanJSON: JSONValue {
    var object = fields.jsonGroups
    object["bar_time"] = .string("\(barTime)")
    object["at"] = .string("\(decidedAt)")
    object["close"] = .number(close)
    object["score"] = .number(score)
    object["gates"] = .array(
      checks.map {
        [
          "limit": JSONValue($0.limit), "name": .string($0.name), "note": .string($0.note), "pass": .bool($0.passed),
          "value": JSONValue($0.value),
        ]
      })
    object["bar_gates_pass"] = .bool(barGatesPass)
    object["blocked_by"] = .array(blockedBy.map { .string($0) })
    object["raised"] = .bool(verdict == .raised)
    object["code"] = .string(code)
    return .object(object)
  }
}

extension VirtualTrade {
  /// The strategy's own word for an exit of its own, else the reason's name.
  var reasonName: String { reason == .strategy && !code.isEmpty ? code : reason.name }

  /// A trade of `host scan`.
  var scanJSON: JSONValue {
    [
      "entry": .string("\(entry)"), "entry_time": .string("\(entryTime)"), "exit": .string("\(exit)"),
      "exit_time": .string("\(exitTime)"), "gross_return": .number(grossReturn), "reason": .string(reasonName),
      "sessions": .integer(Int64(sessionCloses)), "signal_time": .string("\(signalTime)"), "stop": .string("\(stop)"),
    ]
  }
}
