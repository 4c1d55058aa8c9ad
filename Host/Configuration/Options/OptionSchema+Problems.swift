import TradingTypes

extension OptionSchema {
  /// Everything that makes this declaration unusable, each as one sentence part; empty when it is sound.
  public var problems: [String] {
    var problems: [String] = []
    func check(_ holds: Bool, _ problem: String) {
      if !holds { problems.append("option \(quoted(name)): " + problem) }
    }
    check(isName(name), "a name has small letters, digits and _, and starts with a letter")
    if case .choice(let choices) = type {
      check(!choices.isEmpty, "a choice needs something to choose from")
      check(Set(choices).count == choices.count, "a choice is listed twice")
    }
    check(type.isNumeric || minimum == nil && maximum == nil, "bounds need a number")
    check(type.isNumeric || !allowsUnlimited, "unlimited needs a number")
    if let minimum, let maximum { check(minimum <= maximum, "the minimum is above the maximum") }
    check(defaultValue == nil || !isRequired, "a required option has no default")
    check(defaultValue == nil || type != .secret, "a secret has no default")
    if let defaultValue { check(accepts(defaultValue), "the default \(quoted("\(defaultValue)")) is not allowed") }
    return problems
  }

  private func accepts(_ value: OptionValue) -> Bool {
    switch (type, value) {
    case (.list, .list): true
    case (.text, .text(let text)), (.choice, .text(let text)): (try? self.value(of: text)) == value
    case (.integer, .integer), (.decimal, .decimal), (.duration, .decimal), (.boolean, .boolean), (_, .unlimited):
      (try? self.value(of: value.description)) == value
    default: false
    }
  }
}

extension PluginSchema {
  /// Everything that makes these declarations unusable; empty when they are sound.
  public var problems: [String] {
    var problems = options.flatMap(\.problems)
    var names: Set<String> = []
    for option in options where !names.insert(option.name).inserted {
      problems.append("option \(quoted(option.name)): declared twice")
    }
    if PluginSchema.reservedIDs.contains(id) { problems.append("id \(quoted(id)): a key of the section plugins") }
    return problems
  }
}

/// Whether a text is an option's name: small letters, digits and `_`, starting with a letter, at most 64.
private func isName(_ text: String) -> Bool {
  let bytes = text.utf8
  guard let first = bytes.first, (97...122).contains(first), bytes.count <= 64 else { return false }
  return bytes.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 0x5F }
}
