import PluginHost

/// A host that fails.
enum HostFaults {
  /// Lets each of some functions fail, at the first call, at the second, and at every one.
  private static func each(
    _ functions: [HostFunction], _ status: Int32, _ subject: CheckSubject, _ random: inout SeededGenerator
  ) throws -> Outcome {
    try subject.eachRole(allRoles, &random) { plugin, role, market in
      let market = market.prefix(150)
      let plain = try plugin.drive(role)
      plain.walk(market)
      let used = functions.filter { plain.host.count($0) > 0 }
      guard !used.isEmpty else {
        return .skip("a session uses none of " + functions.map(\.rawValue).joined(separator: ", "))
      }
      for function in used {
        var injections: [Injection] = [.only(1, status), .every(status)]
        let count = plain.host.count(function)
        if count > 1 { injections += [.only(2, status), .only(count, status)] }
        for injection in injections {
          let drive = try plugin.drive(role, plugin.script.failing(function, injection))
          drive.walk(market)
          try drive.requireListed("when \(function.rawValue) answers \(Status.name(status))")
        }
      }
      return .pass
    }
  }

  static func config(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    for status in [Status.notFound, Status.invalid, Status.io] {
      let outcome = try each(HostFunction.config, status, subject, &random)
      guard outcome == .pass else { return outcome }
    }
    return .pass
  }

  static func state(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try each(HostFunction.state, Status.io, subject, &random)
  }

  static func calendar(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try each([.calendarSessions], Status.io, subject, &random)
  }

  static func portfolio(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try each(HostFunction.portfolio, Status.notFound, subject, &random)
  }

  static func unlisted(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    let functions =
      HostFunction.config + HostFunction.state + HostFunction.portfolio + [.calendarSessions, .stateCommit]
    return try each(functions, 77, subject, &random)
  }

  static func tables(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.eachRole(allRoles, &random) { plugin, role, market in
      let market = market.prefix(60)
      for table in DriverTables.names {
        var script = plugin.script
        script.refusedTables = [table]
        let drive = try plugin.drive(role, script)
        drive.walk(market)
        try drive.requireListed("on a host without \(table)")
      }
      return .pass
    }
  }

  /// A clock that goes wrong; a plugin that never asks for the time is not concerned.
  private static func clock(
    _ clocks: [HostScript.Clock], _ situation: String, _ subject: CheckSubject, _ random: inout SeededGenerator
  ) throws -> Outcome {
    try subject.eachRole(allRoles, &random) { plugin, role, market in
      let market = market.prefix(120)
      for clock in clocks {
        var script = plugin.script
        script.clock = clock
        let drive = try plugin.drive(role, script)
        drive.walk(market)
        guard drive.host.count(.clockNow) > 0 else { return .skip("a session does not ask for the time") }
        try drive.requireListed(situation)
      }
      return .pass
    }
  }

  static func clockJumps(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    let day = 86_400 * CheckMarket.second
    return try clock([.jumping(-day), .jumping(400 * day), .jumping(-1)], "when the clock jumps", subject, &random)
  }

  static func clockLimits(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try clock([.stuck(.max), .stuck(.min), .stuck(0)], "when the clock is at its limits", subject, &random)
  }

  static func stuckRandom(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.eachRole(allRoles, &random) { plugin, role, market in
      let market = market.prefix(120)
      for number in [UInt64(0), .max, 0x5555_5555_5555_5555] {
        var script = plugin.script
        script.stuckRandom = number
        let drive = try plugin.drive(role, script)
        drive.walk(market)
        guard drive.host.count(.randomNext) > 0 else { return .skip("a session does not ask for random numbers") }
        try drive.requireListed("when random numbers repeat")
      }
      return .pass
    }
  }
}
