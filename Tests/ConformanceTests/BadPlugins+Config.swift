extension BadPlugin {
  private static let source = "strategy-options.c"
  private static let unread = #"{"name":"unread","type":"boolean","default":"true","help":"Nobody asks for it."}"#

  static let config: [BadPlugin] = [
    BadPlugin("config-bounds", source, "BAD_OPTION_AT_MAXIMUM"),
    BadPlugin("config-refusal-explained", source, "BAD_REFUSAL_SILENT"),
    BadPlugin("config-declared-only", source, "BAD_OPTION_UNDECLARED"),
    BadPlugin("config-right-type", source, "BAD_OPTION_TYPE"),
    BadPlugin(
      "config-all-read", source, verdict: "warn",
      manifest: ["options": Fixture.options(source).dropLast() + "," + unread + "]"]),
    BadPlugin("config-no-secrets", source, "BAD_OPTION_SECRET"),
    BadPlugin("config-texts", source, "BAD_LONG_TEXT", verdict: "crash"),
    BadPlugin("config-text-length", source, "BAD_TEXT_OVERREAD", verdict: "crash"),
    BadPlugin("config-text-borrowed", source, "BAD_TEXT_KEPT", verdict: "crash"),
    BadPlugin("config-per-instance", source, "BAD_OPTION_SHARED"),
  ]

  static let isolation = [BadPlugin("isolated-equals-in-process", "strategy.c", "BAD_ISOLATED")]
}
