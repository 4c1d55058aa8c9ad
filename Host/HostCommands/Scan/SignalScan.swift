import CommandLineKit
import PluginHost
import Runtime
import TradingCore
import TradingTypes

/// What a strategy concluded bar by bar, and its virtual trades.
struct SignalScan: CommandReport {
  private var strategy: String
  private var symbols: [String]
  private var signals: [[SignalProposal]]
  private var trades: [[VirtualTrade]]

  /// Walks the data. A strategy that stops ends the scan with an error.
  init(_ setup: ScanSetup) throws {
    strategy = setup.plugin
    symbols = setup.data.universe.instruments.map(\.symbol)
    var signals = [[SignalProposal]](repeating: [], count: symbols.count)
    var trades = [[VirtualTrade]](repeating: [], count: symbols.count)
    let image = try setup.rack.image(setup.plugin, role: .strategy)
    let services = try setup.rack.services(setup.plugin)
    let instance = try setup.rack.make(setup.plugin) { () throws(PluginFault) in
      let instance = try StrategyInstance(image, services)
      try instance.start(setup.data.universe.instruments, decideFrom: setup.from, isExplaining: true)
      return instance
    }
    let (from, all) = (setup.from, setup.reportsAllBars)
    func collect() {
      for signal in instance.signals where signal.decidedAt >= from && (all || signal.barGatesPass) {
        signals[Int(signal.instrument.index)].append(signal)
      }
      for trade in instance.virtualTrades { trades[Int(trade.instrument.index)].append(trade) }
      instance.clearAnswers()
    }
    try setup.walk { bar in
      _ = instance.onBar(at: bar)
      if instance.hasAnswers { collect() }
    } evaluate: { time in
      _ = instance.evaluate(at: time)
      if instance.hasAnswers { collect() }
    }
    if instance.isStopped { throw StoppedScan(plugin: setup.plugin).failure }
    self.signals = signals
    self.trades = trades
  }

  func text(for capabilities: TerminalCapabilities) -> String {
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
