extension ConformanceSuite {
  /// What a plugin makes of its options.
  static let configTests: [ConformanceTest] = [
    ConformanceTest(
      "config-bounds", .config, "Every value the manifest allows is used or politely refused.", run: Options.bounds),
    ConformanceTest(
      "config-refusal-explained", .config, "A plugin that refuses its options says in the log why.",
      run: Options.refusalExplained),
    ConformanceTest(
      "config-declared-only", .config, "The plugin reads no option that its manifest does not declare.",
      run: Options.declaredOnly),
    ConformanceTest(
      "config-right-type", .config, "Each option is read as the type it is declared with.", run: Options.rightType),
    ConformanceTest(
      "config-all-read", .config, "No option is declared that the plugin never reads.", run: Options.allRead),
    ConformanceTest(
      "config-no-secrets", .config, "The plugin does not try to read a secret.", run: Options.noSecrets),
    ConformanceTest(
      "config-texts", .config, "Empty, long and strange texts do no harm.", run: Options.texts),
    ConformanceTest(
      "config-text-length", .config, "A text ends where its length says; nothing behind it is read.",
      run: Options.textLength),
    ConformanceTest(
      "config-text-borrowed", .config, "A text is copied, not kept, when it is given.", run: Options.textBorrowed),
    ConformanceTest(
      "config-per-instance", .config, "Each instance goes by its own options.", run: Options.perInstance),
  ]
}
