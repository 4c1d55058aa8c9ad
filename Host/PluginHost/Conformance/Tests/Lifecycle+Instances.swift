import PluginHost

extension Lifecycle {
  static func twoInstances(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.eachRole(allRoles, &random) { plugin, role, first in
      var other = SeededGenerator(seed: subject.seed &+ 1, stream: "another market")
      let markets = [first, plugin.market(role, &other)]
      let alone = try markets.map { market in
        let drive = try plugin.drive(role)
        drive.walk(market)
        return drive.events
      }
      let together = try markets.map { try plugin.begun(role, $0) }
      let steps = zip(together, markets).map { $0.stepCount($1) }
      for place in 0..<max(steps[0], steps[1]) {
        for index in 0...1 where place < steps[index] && together[index].isUsable {
          together[index].feed(markets[index], place)
        }
      }
      for drive in together where drive.isUsable { drive.conclude() }
      for drive in together { drive.destroy() }
      for index in 0...1 {
        guard let difference = DriveEvent.difference(alone[index], together[index].events) else { continue }
        throw Finding(
          role.rawValue, expected: "of an instance beside another what it answers alone: \(difference.expected)",
          found: difference.found, remedy: "keep all state in the instance, none in variables of the file")
      }
      return .pass
    }
  }

  static func ownHost(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.eachRole(allRoles, &random) { plugin, role, market in
      let market = market.prefix(180)
      let drives = try (0...1).map { _ in try plugin.begun(role, market) }
      for place in 0..<drives[0].stepCount(market) {
        for drive in drives where drive.isUsable { drive.feed(market, place) }
      }
      let count = drives.reduce(0) { sum, drive in sum + drive.host.with { $0.strayCalls } }
      guard count > 0 else { return .pass }
      throw Finding(
        role.rawValue, expected: "calls into the host that the instance was created with",
        found: "\(count) calls into the host of another instance",
        remedy: "keep the host pointer of create in the instance, not in a variable of the file")
    }
  }

  static func silenceAfterDestroy(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.eachRole(allRoles, &random) { plugin, role, market in
      let market = market.prefix(180)
      let drives = try (0..<3).map { _ in
        let drive = try plugin.drive(role)
        drive.walk(market)
        return drive
      }
      let count = drives.reduce(0) { sum, drive in sum + drive.host.with { $0.callsAfterEnd } }
      guard count > 0 else { return .pass }
      throw Finding(
        "\(role.rawValue).destroy", expected: "no call into a host after its instance's destroy returned",
        found: "\(count) calls", remedy: "forget the host and end all threads of the instance in destroy")
    }
  }

  static func threadChanges(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.eachRole(allRoles, &random) { plugin, role, market in
      let market = market.prefix(150)
      let records = try [false, true].map { changes in
        let drive = try plugin.drive(role)
        drive.changesThreads = changes
        drive.walk(market)
        return drive.events
      }
      guard let difference = DriveEvent.difference(records[0], records[1]) else { return .pass }
      throw Finding(
        role.rawValue, expected: "the same from calls by changing threads as by one: \(difference.expected)",
        found: difference.found, remedy: "keep no state in thread-local variables")
    }
  }

  static func createLeavesOut(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.eachRole(allRoles, &random) { plugin, role, _ in
      var refusals = 0
      for tables in DriverTables.names.map({ [$0] }) + [DriverTables.names] {
        var script = plugin.script
        script.refusedTables = Set(tables)
        let drive = try plugin.drive(role, script)
        if drive.create() == Status.ok {
          guard drive.handle != nil else {
            throw Finding(
              drive.place("create"), expected: "an instance with ok, or another status",
              found: "ok with no instance, on a host without \(tables.joined(separator: ", "))",
              remedy: "answer WHARF_E_UNSUPPORTED when a host table that is needed is missing")
          }
        } else {
          refusals += 1
          guard !drive.wroteOnFailure else {
            throw Finding(
              drive.place("create"), expected: "out_instance untouched on failure", found: "it was written",
              remedy: "write to out_instance only right before answering WHARF_OK")
          }
        }
      }
      return refusals == 0 ? .skip("create never fails for want of a host table") : .pass
    }
  }
}
