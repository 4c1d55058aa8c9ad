extension CommandSpecification {
  /// What is wrong with the specification itself, for a test to require that nothing is: names that clash, a missing
  /// abstract, arguments that cannot be told apart.
  public func faults() -> [String] { CommandPath([self]).specificationFaults() }
}

extension CommandPath {
  fileprivate func specificationFaults() -> [String] {
    var faults: [String] = []
    func require(_ condition: Bool, _ fault: String) {
      if !condition { faults.append("\(name): \(fault)") }
    }
    var seen: Set<String> = ["help"]
    for option in options {
      for word in [option.name] + option.aliases {
        require(seen.insert(word).inserted, "option '\(word)' is there twice")
        require(!word.isEmpty && !word.hasPrefix("-") && !word.contains("="), "option '\(word)' cannot be typed")
      }
      require(!option.help.isEmpty, "option '\(option.name)' has no help")
    }
    require(!command.abstract.isEmpty, "no abstract")
    require(command.subcommands.isEmpty || command.arguments.isEmpty, "both arguments and subcommands")
    require(Set(command.arguments.map(\.name)).count == command.arguments.count, "two arguments of one name")
    require(Set(command.subcommands.map(\.name)).count == command.subcommands.count, "two subcommands of one name")
    for (argument, next) in zip(command.arguments, command.arguments.dropFirst()) {
      require(!argument.isRepeatable, "argument \(argument.name) takes what \(next.name) should get")
      require(!argument.isOptional || next.isOptional, "argument \(next.name) is required after an optional one")
    }
    return faults + command.subcommands.flatMap { appending($0).specificationFaults() }
  }
}
