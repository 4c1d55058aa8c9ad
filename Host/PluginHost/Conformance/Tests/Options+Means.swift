import Configuration
import PluginHost
import TradingTypes

/// What the checks of options are made of.
extension Options {
  /// The values at the edges of what an option may be.
  static func extremes(_ option: OptionSchema) -> [OptionValue] {
    var values: [OptionValue] = option.allowsUnlimited ? [.unlimited] : []
    switch option.type {
    case .integer:
      values += [option.minimum, option.maximum].compactMap { $0.map { .integer($0.nanos / 1_000_000_000) } }
    case .decimal, .duration:
      values += [option.minimum, option.maximum].compactMap { $0.flatMap { DecimalValue("\($0)") } }.map {
        .decimal($0)
      }
    case .boolean: values += [.boolean(false), .boolean(true)]
    case .choice(let choices): values += choices.map { .text($0) }
    case .text, .list, .secret: break
    }
    return values
  }

  /// Scripts that a plugin with options may well refuse: none of them set, each missing, each of another type.
  static func unusableScripts(_ plugin: DrivenPlugin) -> [HostScript] {
    var none = plugin.script
    none.options = [:]
    var scripts = [none]
    for option in plugin.manifest.options {
      for value in [nil, option.type == .boolean ? OptionValue.text("x") : .boolean(true)] {
        var script = plugin.script
        script.options[option.name] = value
        scripts.append(script)
      }
    }
    return scripts
  }

  /// The functions that can read an option of a type.
  static func functions(_ type: OptionType) -> [HostFunction] {
    switch type {
    case .integer: [.configInteger]
    case .decimal: [.configDecimal]
    case .duration: [.configInteger, .configDecimal]
    case .boolean: [.configBoolean]
    case .text, .choice, .list: [.configText]
    case .secret: []
    }
  }

  /// Judges which options all roles of the plugin read in a session.
  static func readings(
    _ subject: CheckSubject, _ random: inout SeededGenerator,
    _ judge: (Manifest, [OptionWatch.Reading]) -> Outcome
  ) throws -> Outcome {
    let watch = OptionWatch()
    _ = try subject.eachRole(allRoles, &random) { plugin, role, market in
      var script = plugin.script
      script.optionWatch = watch
      try plugin.drive(role, script).walk(market)
      return .pass
    }
    return judge(try subject.usableManifest(), watch.all)
  }

  /// Does something with each option that holds text.
  static func withTextOptions(
    _ subject: CheckSubject, _ random: inout SeededGenerator,
    _ body: (DrivenPlugin, PluginRole, CheckMarket, OptionSchema) throws -> Void
  ) throws -> Outcome {
    let options = try subject.usableManifest().options.filter { $0.type == .text || $0.type == .list }
    guard !options.isEmpty else { throw Unusable("the manifest declares no option that holds text") }
    return try subject.eachRole(allRoles, &random) { plugin, role, market in
      for option in options { try body(plugin, role, market, option) }
      return .pass
    }
  }

  /// Leads all roles through a session in which texts are lent strictly; whoever takes more crashes.
  static func lending(
    _ texts: OptionWatch.Texts, _ subject: CheckSubject, _ random: inout SeededGenerator
  ) throws -> Outcome {
    let options = try subject.usableManifest().options
    let hasText = options.contains { option in
      if case .choice = option.type { true } else { option.type == .text || option.type == .list }
    }
    guard hasText else { throw Unusable("the manifest declares no option that holds text") }
    return try subject.eachRole(allRoles, &random) { plugin, role, market in
      var script = plugin.script
      for option in options where option.type == .text && script.options[option.name] == nil {
        script.options[option.name] = .text("x")
      }
      script.optionWatch = OptionWatch(texts: texts)
      try plugin.drive(role, script).walk(market)
      return .pass
    }
  }

  /// Fails when an instance beside one with other options answers something else than alone.
  static func compareInstances(
    _ plugin: DrivenPlugin, _ role: PluginRole, _ market: CheckMarket, _ alone: [DriveEvent], _ other: HostScript,
    _ difference: String
  ) throws {
    let (first, second) = (try plugin.drive(role), try plugin.drive(role, other))
    first.create()
    second.create()
    for drive in [first, second] where drive.isUsable && drive.begin(market) == Status.ok { drive.run(market) }
    first.destroy()
    second.destroy()
    guard let found = DriveEvent.difference(alone, first.events) else { return }
    throw Finding(
      role.rawValue, expected: "beside an instance with \(difference) what it answers alone: \(found.expected)",
      found: found.found, remedy: "keep options in the instance, not in variables of the file")
  }
}
