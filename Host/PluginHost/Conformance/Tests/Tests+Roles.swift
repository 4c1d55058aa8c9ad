import PluginHost

extension ConformanceSuite {
  /// What only strategies promise; some of it scanners too.
  static let strategyTests = [
    ConformanceTest(
      "strategy-deterministic", .strategy, "The same bars give the same answers, each time.", roles: barRoles,
      deadline: 20,
      run: StrategyChecks.deterministic),
    ConformanceTest(
      "strategy-explains", .strategy, "Evaluations are sent only while explain is 1.", roles: barRoles,
      run: StrategyChecks.explains),
    ConformanceTest(
      "strategy-names-its-bar", .strategy, "A signal names the bar it was decided on, with its end and close.",
      roles: [.strategy], run: StrategyChecks.namesItsBar),
    ConformanceTest(
      "strategy-unknown-recheck", .strategy, "A recheck of a signal that was never raised does no harm.",
      roles: [.strategy], run: StrategyChecks.unknownRecheck),
    ConformanceTest(
      "strategy-unasked-fills", .strategy, "Fills that were not asked for do no harm.", roles: [.strategy],
      run: StrategyChecks.unaskedFills),
    ConformanceTest(
      "strategy-unknown-fills", .strategy, "Fills with an unlisted side or reason do no harm.", roles: [.strategy],
      run: StrategyChecks.unknownFills),
    ConformanceTest(
      "strategy-strange-fills", .strategy, "Fills of instruments that start did not name do no harm.",
      roles: [.strategy], run: StrategyChecks.strangeFills),
    ConformanceTest(
      "strategy-bounded-memory", .strategy, "Bars leave no memory behind in the steady state.", level: 4,
      roles: barRoles, deadline: 20, run: StrategyChecks.boundedMemory),
  ]

  /// What only scanners promise.
  static let scannerTests = [
    ConformanceTest(
      "scanner-no-order-words", .scanner, "No observation speaks of an order.", roles: [.scanner],
      run: ScannerChecks.noOrderWords),
    ConformanceTest(
      "scanner-numbers", .scanner, "Alerts are numbered upwards, and labels name an alert.", roles: [.scanner],
      run: ScannerChecks.numbers),
    ConformanceTest(
      "scanner-episodes", .scanner, "An episode is closed once, and gives no alert afterwards.", roles: [.scanner],
      run: ScannerChecks.episodes),
    ConformanceTest(
      "scanner-instants", .scanner, "Alerts and evaluations are stamped with the end of a bar.", roles: [.scanner],
      run: ScannerChecks.instants),
    ConformanceTest(
      "scanner-finish", .scanner, "A second finish tells nothing again.", roles: [.scanner],
      run: ScannerChecks.finish),
  ]

  /// What only sources of market data promise.
  static let marketDataTests = [
    ConformanceTest(
      "data-order", .marketData, "Bars come in order of start, then instrument.", roles: [.marketData],
      run: MarketDataChecks.order),
    ConformanceTest(
      "data-plausible", .marketData, "Every bar is one that can be.", roles: [.marketData],
      run: MarketDataChecks.plausible),
    ConformanceTest(
      "data-series", .marketData, "Series are in order of symbol and say how many bars they have.",
      roles: [.marketData], run: MarketDataChecks.series),
    ConformanceTest(
      "data-rewind", .marketData, "After rewind the same bars come again.", roles: [.marketData],
      run: MarketDataChecks.rewind),
    ConformanceTest(
      "data-capacity", .marketData, "Bars read one by one are those read at once.", roles: [.marketData],
      run: MarketDataChecks.capacity),
    ConformanceTest(
      "data-room", .marketData, "No more bars are written than there is room for.", roles: [.marketData],
      run: MarketDataChecks.room),
    ConformanceTest(
      "data-end", .marketData, "The end is told again each time it is asked for.", roles: [.marketData],
      run: MarketDataChecks.end),
    ConformanceTest(
      "data-fingerprint", .marketData, "There is one fingerprint, the same for the same bars.",
      roles: [.marketData], run: MarketDataChecks.fingerprint),
    ConformanceTest(
      "data-unknown-symbol", .marketData, "A symbol that does not exist is not found.", roles: [.marketData],
      run: MarketDataChecks.unknownSymbol),
    ConformanceTest(
      "data-selection", .marketData, "A symbol opened alone has the bars it has among others.",
      roles: [.marketData], run: MarketDataChecks.selection),
  ]

  /// What only notifiers promise.
  static let notifierTests = [
    ConformanceTest(
      "notifier-severities", .notifier, "Every listed severity and any topic is delivered.", roles: [.notifier],
      run: NotifierChecks.severities),
    ConformanceTest(
      "notifier-unknown-severity", .notifier, "An unlisted severity is refused.", roles: [.notifier],
      run: NotifierChecks.unknownSeverity),
    ConformanceTest(
      "notifier-odd-texts", .notifier, "Texts with controls, templates and any script are delivered.",
      roles: [.notifier], run: NotifierChecks.oddTexts),
    ConformanceTest(
      "notifier-long-text", .notifier, "A text of a megabyte is delivered, cut or refused by the way out.",
      roles: [.notifier], run: NotifierChecks.longText),
    ConformanceTest(
      "notifier-burst", .notifier, "Thousands of messages leave no memory behind.", level: 3, roles: [.notifier],
      run: NotifierChecks.burst),
  ]
}
