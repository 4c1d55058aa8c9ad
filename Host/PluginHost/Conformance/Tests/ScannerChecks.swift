import PluginHost
import TradingCore
import TradingTypes

internal import WharfABI

/// What only scanners promise.
enum ScannerChecks {
  /// All observations of a session, with what is left at its end.
  private static func observed(
    _ subject: CheckSubject, _ random: inout SeededGenerator,
    _ body: (ScannerDrive, [Observation], CheckMarket) throws -> Outcome
  ) throws -> Outcome {
    try subject.eachRole([.scanner], &random) { plugin, role, market in
      guard let drive = try plugin.drive(role) as? ScannerDrive else { return .pass }
      drive.walk(market)
      let observations = drive.answers.compactMap {
        if case .observation(let observation) = $0 { observation } else { nil }
      }
      return try body(drive, observations, market)
    }
  }

  static func noOrderWords(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try observed(subject, &random) { drive, _, _ in
      guard let refusal = drive.refusals.first(where: \.isSecurityEvent) else { return .pass }
      throw Finding(
        "scanner: \(refusal.what)", expected: refusal.expected, found: refusal.found,
        remedy: "a scanner alerts and never trades; name what it saw in other words")
    }
  }

  static func numbers(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try observed(subject, &random) { _, observations, _ in
      var last: UInt64 = 0
      for observation in observations {
        switch observation.kind {
        case .alert:
          guard observation.number > last else {
            throw finding("number", "above \(last), the number of the alert before", "\(observation.number)")
          }
          last = observation.number
        case .label:
          guard (1...max(last, 1)).contains(observation.number) else {
            throw finding("number", "that of an alert, 1 to \(last), in a label", "\(observation.number)")
          }
        case .digest, .evaluated:
          guard observation.number == 0 else {
            throw finding("number", "0 in a digest or evaluation", "\(observation.number)")
          }
        case .episodeClosed: break
        }
      }
      return .pass
    }
  }

  static func episodes(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try observed(subject, &random) { _, observations, _ in
      var closed: Set<UInt64> = []
      var known: Set<UInt64> = []
      for observation in observations where observation.episode != 0 {
        switch observation.kind {
        case .alert:
          guard !closed.contains(observation.episode) else {
            throw finding("episode", "one that is not closed, in an alert", "\(observation.episode)")
          }
          known.insert(observation.episode)
        case .episodeClosed:
          guard known.contains(observation.episode), closed.insert(observation.episode).inserted else {
            throw finding("episode", "an open one, closed once", "\(observation.episode)")
          }
        case .label, .digest, .evaluated: break
        }
      }
      return .pass
    }
  }

  static func instants(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try observed(subject, &random) { _, observations, market in
      let ends = Set(market.bars.map(\.end))
      for observation in observations where observation.kind == .alert || observation.kind == .evaluated {
        guard ends.contains(observation.time.nanoseconds) else {
          throw finding("time", "the end of a bar that was offered", "\(observation.time)")
        }
      }
      return .pass
    }
  }

  static func finish(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.eachRole([.scanner], &random) { plugin, role, market in
      guard let drive = try plugin.begun(role, market) as? ScannerDrive else { return .pass }
      drive.run(market)
      guard drive.isUsable else { return .pass }
      let before = drive.answers.count
      guard drive.finish() != nil else { return .skip("the scanner has no finish") }
      let again = drive.answers.count - before
      drive.destroy()
      try drive.requireListed("when finish comes twice")
      guard again == 0 else {
        throw Finding(
          "scanner.finish", expected: "nothing new the second time", found: "\(again) observations",
          remedy: "forget what was reported as still open")
      }
      return .pass
    }
  }

  private static func finding(_ what: String, _ expected: String, _ found: String) -> Finding {
    Finding(
      "scanner: observation.\(what)", expected: expected, found: found,
      remedy: "count alerts and episodes from 1 within the instance, and stamp them with the bar's end")
  }
}
