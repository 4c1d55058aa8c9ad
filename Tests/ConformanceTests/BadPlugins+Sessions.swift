/// Faults of strategies in sessions; one switch each in `strategy-session.c`.
extension BadPlugin {
  static let sessions = lifecycle + values + state + faults + strategy + scanner + broker + marketData + notifier

  static let lifecycle =
    strategies([
      ("lifecycle-session", "REFUSES_RECHECKS"), ("lifecycle-evaluate-without-bars", "NEEDS_BARS"),
      ("lifecycle-two-instances", "SHARED_STATE"), ("lifecycle-own-host", "OTHER_HOST"),
      ("lifecycle-silence-after-destroy", "CALLS_THE_DEAD"), ("lifecycle-thread-changes", "THREAD_LOCAL"),
      ("lifecycle-create-failure", "WRITES_ON_FAILURE"), ("lifecycle-restart-memory", "LEAKS_MEMORY"),
      ("lifecycle-restart-threads", "LEAKS_THREADS"), ("lifecycle-restart-descriptors", "LEAKS_DESCRIPTORS"),
      ("lifecycle-standard-output", "PRINTS"), ("lifecycle-process-state", "HANDLES_SIGNALS"),
    ])
    + strategies(
      [
        ("lifecycle-destroy-after-create", "NEEDS_START"), ("lifecycle-bars-before-start", "EARLY_BARS"),
        ("lifecycle-fills-before-start", "EARLY_FILLS"), ("lifecycle-start-twice", "STARTS_ONCE"),
      ], verdict: "crash")
    + [
      BadPlugin("lifecycle-broker-before-start", "broker-session.c", "BAD_EARLY_ORDERS"),
      BadPlugin("lifecycle-read-before-open", "market_data-session.c", "BAD_READS_CLOSED"),
    ]

  static let values =
    strategies([
      ("values-answers", "WRONG_SCORE"), ("values-sinks", "KEEPS_SINK"), ("bars-missing", "MISSING_BARS"),
      ("bars-unknown-instrument", "ANY_INSTRUMENT"), ("bars-huge", "OVERFLOWS"),
    ])
    + strategies(
      [
        ("values-unterminated-texts", "TERMINATED_TEXTS"), ("values-null-texts", "NULL_TEXTS"),
        ("values-kept-arguments", "KEEPS_BARS"), ("values-unknown-market", "LISTED_MARKETS"),
        ("values-odd-symbols", "SHORT_SYMBOLS"), ("values-not-utf8", "UTF8_ONLY"),
        ("values-no-instruments", "NEEDS_INSTRUMENTS"), ("values-many-instruments", "FEW_INSTRUMENTS"),
        ("values-decide-from", "DECIDES_ONE_BEFORE"), ("values-instants", "LAST_INSTANT"),
        ("bars-duplicate", "DUPLICATE_BARS"), ("bars-late", "LATE_BARS"), ("bars-after-instant", "BARS_AFTER_INSTANT"),
        ("bars-still", "STILL_BARS"), ("bars-tiny", "TINY_BARS"), ("bars-jump", "JUMPING_BARS"),
        ("bars-not-finite", "NOT_FINITE"),
      ], verdict: "crash")

  static let state =
    strategies([
      ("state-restored", "FORGETS_ITS_FORM"), ("state-deterministic", "SAVES_COUNTS"),
      ("state-failed-commit", "IGNORES_COMMIT"),
    ])
    + strategies(
      [
        ("state-random", "STRANGE_STATE"), ("state-truncated", "SHORT_STATE"), ("state-emptied", "EMPTY_STATE"),
        ("state-flipped", "FLIPPED_STATE"), ("state-lengthened", "LONG_STATE"), ("state-strangers", "COUNTS_KEYS"),
        ("state-quota", "TRUSTS_QUOTA"),
      ], verdict: "crash")

  static let faults = strategies(
    [
      ("faults-tables", "NEEDS_RANDOM"), ("faults-config", "TRUSTS_OPTIONS"), ("faults-state", "TRUSTS_STATE"),
      ("faults-calendar", "TRUSTS_CALENDAR"), ("faults-portfolio", "NEEDS_ACCOUNT"),
      ("faults-unlisted-status", "LISTED_ONLY"), ("faults-clock-jumps", "CLOCK_BACK"),
      ("faults-clock-limits", "CLOCK_LIMIT"), ("faults-stuck-random", "STUCK_RANDOM"),
    ], verdict: "crash")

  static let strategy =
    strategies([
      ("strategy-deterministic", "RANDOM_SCORE"), ("strategy-explains", "EXPLAINS_ALWAYS"),
      ("strategy-names-its-bar", "DECIDES_LATER"), ("strategy-bounded-memory", "GROWS"),
    ])
    + strategies(
      [
        ("strategy-unknown-recheck", "KNOWN_RECHECKS"), ("strategy-unasked-fills", "UNASKED_FILLS"),
        ("strategy-unknown-fills", "UNLISTED_FILLS"), ("strategy-strange-fills", "STRANGE_FILLS"),
      ], verdict: "crash")

  private static func strategies(_ faults: [(test: String, define: String)], verdict: String = "fail") -> [BadPlugin] {
    faults.map { BadPlugin($0.test, "strategy-session.c", "BAD_" + $0.define, verdict: verdict) }
  }
}
