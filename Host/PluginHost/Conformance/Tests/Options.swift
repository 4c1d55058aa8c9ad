import Configuration
import PluginHost
import TradingTypes

/// The checks of the group config.
enum Options {
  /// What an instance may answer to options that the host has validated.
  private static let polite: Set<Int32> = [Status.ok, Status.configuration]

  /// Makes the instance of a script and leads it through a session; answers what create said.
  private static func session(
    _ plugin: DrivenPlugin, _ role: PluginRole, _ script: HostScript, _ market: CheckMarket
  ) throws -> (drive: Drive, status: Int32) {
    let drive = try plugin.drive(role, script)
    let status = drive.create()
    if drive.isUsable, drive.begin(market) == Status.ok { drive.run(market) }
    drive.destroy()
    return (drive, status)
  }

  static func bounds(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.eachRole(allRoles, &random) { plugin, role, market in
      let market = market.prefix(60)
      for option in plugin.manifest.options {
        for value in extremes(option) {
          var script = plugin.script
          script.options[option.name] = value
          let (drive, status) = try session(plugin, role, script, market)
          let situation = "with \(option.name) = \(value), which the manifest allows"
          try drive.require(
            "create", status, in: polite, situation,
            remedy: "use it, or narrow the option's bounds; refuse what does not go together as configuration")
          try drive.requireListed(situation)
        }
      }
      return .pass
    }
  }

  static func refusalExplained(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    guard try !subject.usableManifest().options.isEmpty else { throw Unusable("the manifest declares no options") }
    return try subject.eachRole(allRoles, &random) { plugin, role, _ in
      var hasRefused = false
      for script in unusableScripts(plugin) {
        let drive = try plugin.drive(role, script)
        let status = drive.create()
        drive.destroy()
        guard status == Status.configuration else { continue }
        hasRefused = true
        guard drive.host.count(.logWrite) == 0 else { continue }
        throw Finding(
          "\(role.rawValue).create", expected: "a line in the log that names the option",
          found: "configuration, no line",
          remedy: "write with wharf.log/1 which option cannot be used, what was expected and what was found")
      }
      return hasRefused ? .pass : .skip("it starts without any of its options")
    }
  }

  static func declaredOnly(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try readings(subject, &random) { manifest, readings in
      let declared = Set(manifest.options.map(\.name))
      guard let stray = readings.first(where: { !declared.contains($0.name) }) else { return .pass }
      return .fail(
        Finding(
          stray.function.rawValue, expected: "an option of the manifest", found: "\"\(stray.name)\"",
          remedy: "declare the option in the manifest, or correct its name"))
    }
  }

  static func rightType(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try readings(subject, &random) { manifest, readings in
      for reading in readings {
        guard let option = manifest.options.first(where: { $0.name == reading.name }), option.type != .secret,
          !functions(option.type).contains(reading.function)
        else { continue }
        return .fail(
          Finding(
            reading.function.rawValue,
            expected: "\(option.name) read by " + functions(option.type).map(\.rawValue).joined(separator: " or "),
            found: "it is of type \(option.type.name), so this always answers invalid",
            remedy: "read it as the type it has, or declare it with the other"))
      }
      return .pass
    }
  }

  static func allRead(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try readings(subject, &random) { manifest, readings in
      let read = Set(readings.map(\.name))
      let unread = manifest.options.filter { $0.type != .secret && !read.contains($0.name) }.map(\.name)
      guard !unread.isEmpty else { return .pass }
      return .warn(
        Finding(
          "manifest.options", expected: "options that have an effect",
          found: ConformanceSuite.list(unread) + " never read", remedy: "read it in create, or remove it"))
    }
  }

  static func noSecrets(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try readings(subject, &random) { manifest, readings in
      let secrets = Set(manifest.options.filter { $0.type == .secret }.map(\.name))
      guard let reading = readings.first(where: { secrets.contains($0.name) }) else { return .pass }
      return .fail(
        Finding(
          reading.function.rawValue, expected: "secrets left to the host", found: "a read of \(reading.name)",
          remedy: "write ${secret:NAME} into a header of a request; the host puts it in on the way out"))
    }
  }

  static func texts(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    let strange = [
      "", " ", String(repeating: "é", count: 3000), String(repeating: "x", count: 100_000), "a\u{0}b", "line\nline",
      "../../etc/passwd", "%s%n%d", "\u{202E}txt", "${HOME}", "1e999", "NaN",
    ]
    return try withTextOptions(subject, &random) { plugin, role, market, option in
      for text in strange {
        var script = plugin.script
        script.options[option.name] = option.type == .list ? .list(["", text, "x"]) : .text(text)
        let (drive, status) = try session(plugin, role, script, market.prefix(10))
        let situation = "with a strange \(option.name) of \(text.utf8.count) bytes"
        try drive.require(
          "create", status, in: polite, situation, remedy: "refuse a text that cannot be used as configuration")
        try drive.requireListed(situation)
      }
    }
  }

  static func textLength(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try lending(.guarded, subject, &random)
  }

  static func textBorrowed(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try lending(.revoked, subject, &random)
  }

  static func perInstance(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.eachRole(allRoles, &random) { plugin, role, market in
      let plain = try session(plugin, role, plugin.script, market).drive.events
      for option in plugin.manifest.options {
        for value in extremes(option) {
          var script = plugin.script
          script.options[option.name] = value
          let (other, status) = try session(plugin, role, script, market)
          guard status == Status.ok, other.events != plain else { continue }
          try compareInstances(plugin, role, market, plain, script, "\(option.name) = \(value)")
          return .pass
        }
      }
      return .skip("no single option changes what a session does")
    }
  }
}
