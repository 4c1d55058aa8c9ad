import PluginHost

/// What an instance keeps across restarts, whole and damaged.
enum KeptState {
  typealias Saved = [[UInt8]: [UInt8]]

  /// What a session leaves behind; throws ``Unusable`` when the plugin keeps nothing.
  private static func saved(_ plugin: DrivenPlugin, _ role: PluginRole, _ market: CheckMarket) throws -> Saved {
    let drive = try plugin.drive(role)
    drive.walk(market)
    let saved = drive.host.saved
    guard !saved.isEmpty else { throw Unusable("a session keeps nothing in wharf.state/1") }
    return saved
  }

  /// Walks over a market with something kept from before; what the plugin does wrong crashes.
  private static func judge(
    _ situation: String, _ subject: CheckSubject, _ random: inout SeededGenerator,
    _ damage: (Saved, inout SeededGenerator) -> [Saved]
  ) throws -> Outcome {
    var generator = random
    return try subject.eachRole(allRoles, &random) { plugin, role, market in
      let market = market.prefix(120)
      let whole = try saved(plugin, role, market)
      for state in damage(whole, &generator) {
        var script = plugin.script
        script.state = state
        let drive = try plugin.drive(role, script)
        drive.walk(market.prefix(24))
        try drive.requireListed(situation)
      }
      return .pass
    }
  }

  static func restored(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.eachRole(allRoles, &random) { plugin, role, market in
      let market = market.prefix(120)
      var script = plugin.script
      script.state = try saved(plugin, role, market)
      let drive = try plugin.drive(role, script)
      drive.create()
      guard drive.isUsable, drive.begin(market) == Status.ok else {
        throw Finding(
          "\(role.rawValue).start", expected: "ok with the state that the plugin itself saved",
          found: drive.events.last?.description ?? "no instance",
          remedy: "read back what was written, in the version that writes it")
      }
      return .pass
    }
  }

  static func deterministic(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.eachRole(allRoles, &random) { plugin, role, market in
      let market = market.prefix(150)
      let first = try saved(plugin, role, market)
      let second = try saved(plugin, role, market)
      for key in Set(first.keys).union(second.keys).sorted(by: { $0.lexicographicallyPrecedes($1) })
      where first[key] != second[key] {
        throw Finding(
          "state \(String(decoding: key, as: UTF8.self))", expected: "the same bytes after the same session",
          found: difference(first[key], second[key]),
          remedy: "save no addresses, no padding, no wall time, and dictionaries in a fixed order")
      }
      return .pass
    }
  }

  private static func difference(_ first: [UInt8]?, _ second: [UInt8]?) -> String {
    guard let first, let second else { return "a value in one session only" }
    guard first.count == second.count else { return "\(first.count) and \(second.count) bytes" }
    return "another byte at \(zip(first, second).prefix { $0 == $1 }.count) of \(first.count)"
  }

  static func random(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try judge("with random bytes kept", subject, &random) { whole, random in
      (0..<subject.rounds(12)).map { _ in
        whole.mapValues { value in value.map { _ in UInt8(truncatingIfNeeded: random.next()) } }
      }
    }
  }

  static func truncated(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try judge("with a value cut short", subject, &random) { whole, random in
      (0..<subject.rounds(12)).map { round in
        whole.mapValues { value in
          value.count < 2
            ? value : Array(value.prefix(round == 0 ? value.count - 1 : 1 + random.below(value.count - 1)))
        }
      }
    }
  }

  static func emptied(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try judge("with empty values kept", subject, &random) { whole, _ in [whole.mapValues { _ in [] }] }
  }

  static func flipped(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try judge("with a bit of a value turned", subject, &random) { whole, random in
      (0..<subject.rounds(24)).map { _ in
        whole.mapValues { value in
          guard !value.isEmpty else { return value }
          var value = value
          value[random.below(value.count)] ^= 1 << UInt8(random.below(8))
          return value
        }
      }
    }
  }

  static func lengthened(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try judge("with a value that is longer than it was", subject, &random) { whole, _ in
      [whole.mapValues { $0 + $0 + [0] }, whole.mapValues { $0 + Array(repeating: 0x7b, count: (1 << 20) - $0.count) }]
    }
  }

  static func strangers(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try judge("with keys of another version kept", subject, &random) { whole, _ in
      var more = whole
      for (key, value) in whole {
        more[key + Array("/2".utf8)] = value
        more[Array("z-".utf8) + key] = []
      }
      more[Array("later-version".utf8)] = Array("{\"version\":99}".utf8)
      for number in 0..<2000 { more[Array("later/\(number)".utf8)] = [UInt8(truncatingIfNeeded: number)] }
      return [more]
    }
  }

  static func quota(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.eachRole(allRoles, &random) { plugin, role, market in
      let market = market.prefix(120)
      _ = try saved(plugin, role, market)
      for quota in [0, 8] {
        var script = plugin.script
        script.stateQuota = quota
        let drive = try plugin.drive(role, script)
        drive.walk(market)
        try drive.requireListed("when the state has no more room")
      }
      return .pass
    }
  }

  static func failedCommit(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.eachRole(allRoles, &random) { plugin, role, market in
      let market = market.prefix(120)
      let whole = try plugin.drive(role)
      whole.walk(market)
      let count = whole.host.count(.stateCommit)
      guard count > 0 else { throw Unusable("a session commits nothing to wharf.state/1") }
      for number in Set([1, 2, count / 2, count]) where (1...count).contains(number) {
        let drive = try plugin.drive(role, plugin.script.failing(.stateCommit, .only(number, Status.io)))
        drive.walk(market)
        try drive.requireListed("when a commit fails")
        if let call = drive.callsDespiteFailedCommit.first {
          throw Finding(
            drive.place(call), expected: "a failure of the call whose commit failed", found: "ok",
            remedy: "answer WHARF_E_IO when wharf.state/1 commit does, and tell nothing that was not saved")
        }
      }
      return .pass
    }
  }
}

extension SeededGenerator {
  /// A number from 0 to less than a limit above 0.
  mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }
}
