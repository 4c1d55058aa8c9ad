import PluginHost

extension ConformanceSuite {
  /// Arguments at the limits of what the contract allows, and beyond.
  static let valueTests = [
    ConformanceTest(
      "values-answers", .values, "Every answer of a session is one that a session accepts.", run: Values.answers),
    ConformanceTest(
      "values-sinks", .values, "Answers go to the sink of the call that is running.", run: Values.sinks),
    ConformanceTest(
      "values-unterminated-texts", .values, "Nothing is read behind the length of a text.",
      run: Values.unterminatedTexts),
    ConformanceTest(
      "values-null-texts", .values, "An empty text may be a null pointer.", run: Values.nullTexts),
    ConformanceTest(
      "values-kept-arguments", .values, "Arguments are not read after their call has returned.",
      run: Values.keptArguments),
    ConformanceTest(
      "values-unknown-market", .values, "An unlisted kind of market is refused or does not matter.",
      roles: startedRoles, run: Values.unknownEnumerators),
    ConformanceTest(
      "values-odd-symbols", .values, "Symbols may be long, empty, and of any character, NUL too.",
      roles: startedRoles, run: Values.oddSymbols),
    ConformanceTest(
      "values-not-utf8", .values, "Bytes that are no UTF-8 do no harm.", roles: allRoles.subtracting([.marketData]),
      run: Values.notUTF8),
    ConformanceTest(
      "values-no-instruments", .values, "A session without instruments is possible.", roles: startedRoles,
      run: Values.noInstruments),
    ConformanceTest(
      "values-many-instruments", .values, "A session has hundreds of instruments.", level: 3, roles: startedRoles,
      run: Values.manyInstruments),
    ConformanceTest(
      "values-decide-from", .values, "Decisions may begin at any instant, the first and the last too.",
      roles: startedRoles, run: Values.decideFrom),
    ConformanceTest(
      "values-instants", .values, "Any instant may be evaluated, the first and the last too.", level: 4,
      roles: barRoles, run: Values.instants),
  ]

  /// Bars as sources give them on bad days.
  static let barTests = [
    ConformanceTest(
      "bars-duplicate", .values, "A bar that comes twice does no harm.", roles: barRoles, run: Bars.duplicate),
    ConformanceTest("bars-late", .values, "A bar that comes late does no harm.", roles: barRoles, run: Bars.late),
    ConformanceTest(
      "bars-after-instant", .values, "A bar of an instant that was evaluated does no harm.", roles: barRoles,
      run: Bars.afterInstant),
    ConformanceTest(
      "bars-missing", .values, "Missing bars, of one instrument or of all, are nothing special.", roles: barRoles,
      run: Bars.missing),
    ConformanceTest(
      "bars-unknown-instrument", .values, "A bar of an instrument that start did not name is refused.",
      roles: barRoles, run: Bars.unknownInstrument),
    ConformanceTest(
      "bars-still", .values, "A market without moves and volume is followed.", roles: barRoles, run: Bars.still),
    ConformanceTest(
      "bars-tiny", .values, "Prices of a few billionths are followed.", roles: barRoles, run: Bars.tiny),
    ConformanceTest(
      "bars-huge", .values, "Prices that are too large for an order lead to no false answer.", roles: barRoles,
      run: Bars.huge),
    ConformanceTest(
      "bars-jump", .values, "Prices that jump as by a split lead to no false answer.", roles: barRoles,
      run: Bars.jump),
    ConformanceTest(
      "bars-not-finite", .values, "Bars with NaN, infinity, zero and negative numbers do no harm.", level: 4,
      roles: barRoles, run: Bars.notFinite),
  ]
}
