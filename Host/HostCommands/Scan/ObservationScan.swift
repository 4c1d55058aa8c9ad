import CommandLineKit
import TradingCore
import TradingTypes

/// What a scanner saw: episodes with their alerts, and how often an evaluation came to nothing.
struct ObservationScan: ScanReport {
  /// An alert with what became of it.
  struct Alert {
    var observation: Observation
    var labels: [Field] = []
  }

  /// Alerts that belong together.
  struct Episode {
    var number: UInt64
    var closedAt: Timestamp?
    var closeReason: String?
    var alerts: [Alert] = []
  }

  /// One instrument's part of the report.
  struct Part {
    var episodes: [Episode] = []
    var counts: [String: Int] = ["evaluated": 0, "filtered": 0, "insufficient_baseline": 0, "insufficient_history": 0]
    var evaluations: [Observation] = []
  }

  private var strategy: String
  private var symbols: [String]
  private var parts: [Part]
  let reportsAllBars: Bool
  /// Of bars that were followed; `nil` when none were to be.
  var steps: [ScanStep]?

  /// A report of nothing yet.
  init(_ setup: ScanSetup) {
    strategy = setup.plugin
    reportsAllBars = setup.reportsAllBars
    symbols = setup.data.universe.instruments.map(\.symbol)
    parts = [Part](repeating: Part(), count: symbols.count)
  }

  /// Takes an observation.
  mutating func take(_ observation: Observation) {
    parts[Int(observation.instrument.index)].take(observation, keepsEvaluations: reportsAllBars)
  }

  func text(for capabilities: TerminalCapabilities) -> String {
    // What was followed has been told as it came.
    guard steps == nil else { return "" }
    var table = TextTable([
      .init("SYMBOL"), .init("TIME"), .init("LEVEL"), .init("WHY"), .init("SCORE", .right), .init("PRICE", .right),
      .init("AFTER 60 MIN", .right),
    ])
    for (symbol, part) in zip(symbols, parts) {
      for alert in part.episodes.flatMap(\.alerts) {
        let after = alert.labels.first { $0.name == "r_60m" }?.value.plainText ?? ""
        table.append([
          .init(symbol), .init("\(alert.observation.time)"), .init(alert.observation.level),
          .init(alert.observation.code), .init(alert.observation.score.map { "\($0)" } ?? ""),
          .init(alert.observation.price.map { "\($0)" } ?? ""), .init(after),
        ])
      }
    }
    var text = table.rendered(for: capabilities)
    for (symbol, part) in zip(symbols, parts) {
      let counts = part.counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
      text += "\(symbol): \(part.episodes.count) episodes; bars: \(counts)\n"
    }
    return text
  }

  func writeJSON(to writer: inout JSONWriter) {
    var object: [String: JSONValue] = [:]
    for (symbol, part) in zip(symbols, parts) { object[symbol] = part.json(reportsAllBars) }
    var report: [String: JSONValue] = ["schema": 1, "strategy": .string(strategy), "symbols": .object(object)]
    report["steps"] = steps.map { .array($0.map(\.json)) }
    writer.value(.object(report))
  }
}

extension ObservationScan.Part {
  mutating func take(_ observation: Observation, keepsEvaluations: Bool) {
    switch observation.kind {
    case .alert:
      counts["evaluated", default: 0] += 1
      let index = episode(observation.episode)
      episodes[index].alerts.append(.init(observation: observation))
      if observation.level == "pump_fading" {
        episodes[index].closedAt = observation.time
        episodes[index].closeReason = "fading"
      }
    case .episodeClosed:
      let index = episode(observation.episode)
      episodes[index].closedAt = observation.time
      episodes[index].closeReason = observation.code
    case .label:
      for index in episodes.indices {
        for alert in episodes[index].alerts.indices
        where episodes[index].alerts[alert].observation.number == observation.number {
          episodes[index].alerts[alert].labels = observation.fields
        }
      }
    case .evaluated:
      counts[observation.code, default: 0] += 1
      if keepsEvaluations { evaluations.append(observation) }
    case .digest: break
    }
  }

  private mutating func episode(_ number: UInt64) -> Int {
    if let index = episodes.firstIndex(where: { $0.number == number }) { return index }
    episodes.append(.init(number: number))
    return episodes.count - 1
  }

  func json(_ withEvaluations: Bool) -> JSONValue {
    var object: [String: JSONValue] = [
      "counts": .object(counts.mapValues { JSONValue($0) }), "episodes": .array(episodes.map(\.json)),
    ]
    if withEvaluations {
      object["bars"] = .array(
        evaluations.map {
          var bar = $0.fields.jsonGroups
          bar["time"] = .string("\($0.time)")
          bar["outcome"] = .string($0.code)
          return .object(bar)
        })
    }
    return .object(object)
  }
}

extension ObservationScan.Episode {
  var json: JSONValue {
    [
      "alerts": .array(alerts.map(\.json)), "close_reason": JSONValue(closeReason),
      "closed_at": JSONValue(closedAt.map { "\($0)" }),
      "opened_at": JSONValue(alerts.first.map { "\($0.observation.time)" }),
    ]
  }
}

extension ObservationScan.Alert {
  var json: JSONValue {
    var object = observation.fields.jsonGroups
    object["time"] = .string("\(observation.time)")
    object["level"] = .string(observation.level)
    object["why"] = .string(observation.code)
    object["score"] = JSONValue(observation.score)
    object["price"] = JSONValue(observation.price)
    var values: [String: JSONValue] = [:]
    for field in labels { values[field.name] = field.value.labelJSON }
    object["labels"] = .object(values)
    return .object(object)
  }
}

extension Field.Value {
  /// A label: what is known to be so or not is a boolean, what is not yet known is null.
  fileprivate var labelJSON: JSONValue {
    guard case .flag(let flag) = self else { return json }
    return flag == .unknown ? .null : .bool(flag == .raised)
  }
}
