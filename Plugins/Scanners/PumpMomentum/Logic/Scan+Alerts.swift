import PluginSDK
import TradingTypes

extension Scan {
  mutating func tellAlerts() {
    let ranked = findings.sorted { $0.precedes($1, symbols: symbols) }
    findings.removeAll(keepingCapacity: true)
    for (place, finding) in ranked.enumerated() {
      alertCount += 1
      if finding.inputs.time >= decideFrom { tell(finding, isShown: place < Scan.shownAlerts) }
      track(finding)
    }
    let rest = ranked.dropFirst(Scan.shownAlerts)
    guard let first = rest.first, first.inputs.time >= decideFrom else { return }
    var digest = Observation(.digest, symbols[first.symbol].instrument.id, at: first.inputs.time)
    digest.text = Wording.digest(rest, symbols: symbols)
    reports.append(digest)
  }

  mutating func tell(_ finding: Finding, isShown: Bool) {
    let symbol = symbols[finding.symbol]
    let precision = precisions[finding.level.rawValue]
    var observation = Observation(.alert, symbol.instrument.id, at: finding.inputs.time)
    observation.number = alertCount
    observation.episode = finding.episode.number
    observation.level = finding.level.name
    observation.code = finding.reason.rawValue
    observation.price = finding.inputs.price
    observation.score = finding.score.isFinite ? finding.score : nil
    observation.fields =
      finding.inputs.fields + RiskFlags(finding.inputs, symbol.rules, .unknown).fields
      + [
        Field("episode", "opened_at", .time(finding.episode.openedAt)),
        .number("", "confidence", precision.confidence), .integer("", "labelled", precision.labelled),
      ]
    if isShown { observation.text = Wording.alert(finding, symbol: symbol.instrument.symbol, precision) }
    reports.append(observation)
  }
}
