extension ConfigurationValidator {
  /// Settles the named commands; every key of the section is the name of one.
  mutating func checkProcesses(_ node: YAMLNode?) {
    let section = ConfigurationKey("processes")
    let written = entries(of: node, section).map(\.key)
    let names = Set(written).union(overridden(below: "processes"))
    let options = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { name in
      OptionSchema(name, .list, isRequired: true, help: "the file and first arguments of this command")
    }
    check(section, options, in: node)
  }

  /// Checks the texts that name rates.
  mutating func checkBudgets() {
    let rateForm = "a number of requests per a number of seconds, such as 120 per 60"
    if let rate = table["http", "rate"], let text = rate.value.text, RequestRate(text) == nil {
      reportWrong(rate, "http", "rate", rateForm, text)
    }
    guard let rates = table["http", "rates"], let texts = rates.value.list else { return }
    for text in texts where DestinationRate(text) == nil {
      reportWrong(rates, "http", "rates", "a destination and \(rateForm): api.example.com/orders 50 per 60", text)
    }
  }

  /// Checks that every named command can be run without a shell and without a search for it.
  mutating func checkCommands() {
    for command in table.commands {
      guard let setting = table["processes", command.name] else { continue }
      if !isCommandName(command.name) {
        reportWrong(
          setting, "processes", command.name, "a name of letters, digits, -, _ and ., not beginning with - or .",
          command.name)
      }
      if command.arguments.first?.utf8.first != UInt8(ascii: "/") {
        reportWrong(
          setting, "processes", command.name, "the full path of a file, then its arguments",
          command.arguments.first ?? "")
      }
      if let broken = command.arguments.first(where: { $0.utf8.contains(0) }) {
        reportWrong(setting, "processes", command.name, "texts without NUL", broken)
      }
    }
  }

  private mutating func reportWrong(
    _ setting: Setting<OptionValue>, _ section: String, _ name: String, _ expected: String, _ found: String
  ) {
    faults.append(
      ConfigurationFault(
        .wrongValue, at: setting.origin.place, key: ConfigurationKey(section, name), what: "wrong value",
        expected: expected, found: quoted(found)))
  }

  private func isCommandName(_ name: String) -> Bool {
    let bytes = name.utf8
    guard let first = bytes.first, bytes.count <= 128, first != UInt8(ascii: "."), first != UInt8(ascii: "-") else {
      return false
    }
    return bytes.allSatisfy {
      (97...122).contains($0) || (65...90).contains($0) || (48...57).contains($0) || "-_.".utf8.contains($0)
    }
  }
}
