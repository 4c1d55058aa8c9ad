/// How often alerts of one level were followed by a higher price an hour later; never an expected value.
struct Precision: Hashable, Sendable {
  /// What is believed before the first label: as if so many alerts had been labelled, half of them continued.
  static let priorAlerts = 30

  private(set) var labelled = 0
  private(set) var continued = 0

  mutating func add(continued: Bool) {
    labelled += 1
    if continued { self.continued += 1 }
  }

  /// (continued + 15) / (n + 30).
  var confidence: Double {
    Double(continued + Precision.priorAlerts / 2) / Double(labelled + Precision.priorAlerts)
  }
}
