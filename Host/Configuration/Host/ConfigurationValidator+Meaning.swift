import TradingTypes

extension ConfigurationValidator {
  /// Checks what one option alone cannot tell.
  mutating func checkMeaning() {
    checkCurrencies()
    checkRankingWeights()
    checkActive(ConfigurationKey("broker", "active"), role: "broker")
    checkActive(ConfigurationKey("llm", "active"), role: nil)
    checkDisabled()
    checkBudgets()
    checkCommands()
  }

  private mutating func checkCurrencies() {
    for setting in settings where setting.key.segments.first == "instruments" && setting.schema.name == "currency" {
      guard let value = setting.value, let code = value.value.text, Currency(code) == nil else { continue }
      faults.append(
        ConfigurationFault(
          .wrongValue, at: value.origin.place, key: setting.key, what: "wrong value",
          expected: "a currency of 1 to 8 capital letters or digits", found: quoted(code),
          remedy: "write for example USD"))
    }
  }

  private mutating func checkRankingWeights() {
    let weights = HostSchema.rankingWeights
    let settings = weights.compactMap { table["orchestrator", "ranking_weights", $0.name] }
    guard settings.count == weights.count, settings.allSatisfy({ $0.value.decimal?.exact == .zero }) else { return }
    faults.append(
      ConfigurationFault(
        .conflict, at: settings[0].origin.place, key: ConfigurationKey("orchestrator", "ranking_weights"),
        what: "nothing to rank by", expected: "one weight above 0", found: "all of them 0",
        remedy: "set one, or remove the section"))
  }

  private mutating func checkActive(_ key: ConfigurationKey, role: String?) {
    guard let active = table.values[key], active.origin != .builtIn, let id = active.value.text else { return }
    let ids = plugins.filter { role == nil || $0.roles.contains(role ?? "") }.map(\.id)
    if let plugin = plugins.first(where: { $0.id == id }) {
      if let role, !plugin.roles.contains(role) {
        faults.append(
          ConfigurationFault(
            .conflict, at: active.origin.place, key: key, what: "this plugin is no \(role)",
            expected: "one of " + ids.joined(separator: ", "), found: quoted(id)))
      }
    } else {
      faults.append(
        ConfigurationFault(
          .unknownPlugin, at: active.origin.place, key: key, what: "no plugin with this id is installed",
          found: quoted(id),
          remedy: suggestion(for: id, among: ids).map { "did you mean \($0)" }
            ?? "run host list-plugins to see which are"))
    }
  }

  private mutating func checkDisabled() {
    guard let disabled = table["plugins", "disabled"], let ids = disabled.value.list else { return }
    let key = ConfigurationKey("plugins", "disabled")
    for section in ["broker", "llm"] {
      guard let id = table[section, "active"]?.value.text, ids.contains(id) else { continue }
      faults.append(
        ConfigurationFault(
          .conflict, at: disabled.origin.place, key: key, what: "\(quoted(id)) is disabled and is \(section).active",
          remedy: "remove it here, or set \(section).active to another"))
    }
    for id in ids where !plugins.contains(where: { $0.id == id }) {
      faults.append(
        ConfigurationFault(
          .unknownPlugin, at: disabled.origin.place, key: key, what: "no plugin \(quoted(id)) is installed",
          remedy: suggestion(for: id, among: plugins.map(\.id)).map { "did you mean \($0)" }, severity: .warning))
    }
  }
}
