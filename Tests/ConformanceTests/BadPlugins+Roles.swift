/// Faults of the other roles; one switch each in the fixture of the role.
extension BadPlugin {
  static let scanner = bad(
    "scanner-session.c",
    [
      ("scanner-no-order-words", "ORDER_WORDS"), ("scanner-numbers", "SAME_NUMBERS"),
      ("scanner-episodes", "CLOSES_TWICE"), ("scanner-instants", "LATE_STAMP"), ("scanner-finish", "FINISHES_AGAIN"),
    ])

  static let broker =
    bad(
      "broker-session.c",
      [
        ("broker-place-twice", "FORGETS_IDS"), ("broker-unknown-order", "CANCELS_ANYTHING"),
        ("broker-history", "FORGETS_HISTORY"), ("broker-fills", "WRONG_SUM"), ("broker-report-ids", "NEW_TIMES"),
        ("broker-cancel", "FILLS_CANCELLED"), ("broker-cancel-after-fill", "CANCELS_FILLED"),
        ("broker-replace", "KEEPS_QUANTITY"), ("broker-unknown-enumerators", "ANY_SIDE"),
        ("broker-bad-quantities", "ANY_QUANTITY"), ("broker-unknown-instrument", "ANY_INSTRUMENT"),
        ("broker-unsupported-types", "ANY_TYPE"), ("broker-client-ids", "SHORT_IDS"),
        ("broker-rejection-reason", "SILENT_REJECTIONS"), ("broker-capabilities", "STRANGE_CAPABILITIES"),
        ("broker-account-room", "ANY_ROOM"), ("broker-positions", "FORGETS_SALES"),
        ("broker-repeated-prices", "FILLS_AGAIN"), ("broker-restart", "FORGETS_POSITIONS"),
        ("broker-failed-save", "SAYS_NOT_SENT"), ("broker-exit-legs", "BOTH_LEGS"),
      ])
    + bad(
      "broker-network.c",
      [
        ("broker-failed-queries", "READS_FLAT"), ("broker-lost-placement", "SAYS_NOT_SENT"),
        ("broker-lost-lookup", "FINDS_NOTHING"),
      ])
    + [BadPlugin("broker-extremes", "broker-session.c", "BAD_OVERFLOWS", verdict: "crash")]

  static let marketData = bad(
    "market_data-session.c",
    [
      ("data-order", "MIXES_DAYS"), ("data-plausible", "HIGH_BELOW_LOW"), ("data-series", "WRONG_COUNT"),
      ("data-rewind", "REWINDS_SHORT"), ("data-capacity", "SKIPS_SINGLE"), ("data-room", "OVERRUNS"),
      ("data-end", "ENDS_BADLY"), ("data-fingerprint", "NEW_FINGERPRINT"), ("data-unknown-symbol", "ANY_SYMBOL"),
      ("data-selection", "OPENS_ALL"),
    ])

  static let notifier =
    bad(
      "notifier-session.c",
      [
        ("notifier-severities", "KNOWN_TOPICS"), ("notifier-unknown-severity", "ANY_SEVERITY"),
        ("notifier-burst", "KEEPS_TEXTS"),
      ])
    + [
      BadPlugin("notifier-odd-texts", "notifier-session.c", "BAD_PLAIN_TEXTS", verdict: "crash"),
      BadPlugin("notifier-long-text", "notifier-session.c", "BAD_SHORT_TEXTS", verdict: "crash"),
    ]

  private static func bad(_ source: String, _ faults: [(test: String, define: String)]) -> [BadPlugin] {
    faults.map { BadPlugin($0.test, source, "BAD_" + $0.define) }
  }
}
