import PluginHost

extension ConformanceSuite {
  /// Everything that drives instances like a host, or unlike one.
  static let sessionTests =
    lifecycleTests + valueTests + barTests + stateTests + faultTests + strategyTests + scannerTests + brokerTests
    + marketDataTests + notifierTests

  /// Orders of calls, restarts, and several instances beside each other.
  static let lifecycleTests = [
    ConformanceTest(
      "lifecycle-session", .lifecycle, "A session with the default options and ordinary data gets ok throughout.",
      run: Lifecycle.session),
    ConformanceTest(
      "lifecycle-destroy-after-create", .lifecycle, "An instance that was never started can be destroyed.",
      run: Lifecycle.destroyAfterCreate),
    ConformanceTest(
      "lifecycle-bars-before-start", .lifecycle, "Bars before start are refused or ignored.", roles: barRoles,
      run: Lifecycle.barsBeforeStart),
    ConformanceTest(
      "lifecycle-fills-before-start", .lifecycle, "Fills and rechecks before start are refused or ignored.",
      roles: [.strategy], run: Lifecycle.fillsBeforeStart),
    ConformanceTest(
      "lifecycle-evaluate-without-bars", .lifecycle, "An instant without any bar is evaluated.", roles: barRoles,
      run: Lifecycle.evaluateWithoutBars),
    ConformanceTest(
      "lifecycle-start-twice", .lifecycle, "A second start is refused, or begins again.", roles: startedRoles,
      run: Lifecycle.startTwice),
    ConformanceTest(
      "lifecycle-broker-before-start", .lifecycle, "A broker takes no order before it knows its instruments.",
      roles: [.broker], run: Lifecycle.brokerBeforeStart),
    ConformanceTest(
      "lifecycle-read-before-open", .lifecycle, "A source that is not open gives no bars.", roles: [.marketData],
      run: Lifecycle.readBeforeOpen),
    ConformanceTest(
      "lifecycle-two-instances", .lifecycle, "Each of two instances answers what it answers alone.",
      run: Lifecycle.twoInstances),
    ConformanceTest(
      "lifecycle-own-host", .lifecycle, "An instance calls only the host that it was created with.",
      run: Lifecycle.ownHost),
    ConformanceTest(
      "lifecycle-silence-after-destroy", .lifecycle, "A host is not called after its instance was destroyed.",
      run: Lifecycle.silenceAfterDestroy),
    ConformanceTest(
      "lifecycle-thread-changes", .lifecycle, "Calls by changing threads get what calls by one thread get.", level: 2,
      run: Lifecycle.threadChanges),
    ConformanceTest(
      "lifecycle-create-failure", .lifecycle, "A create that fails leaves its output alone; one that works fills it.",
      run: Lifecycle.createLeavesOut),
    ConformanceTest(
      "lifecycle-restart-memory", .lifecycle, "A hundred restarts leave no memory behind.", level: 3, deadline: 20,
      run: Lifecycle.memory),
    ConformanceTest(
      "lifecycle-restart-threads", .lifecycle, "A hundred restarts leave no thread behind.", level: 3, deadline: 20,
      run: Lifecycle.threads),
    ConformanceTest(
      "lifecycle-restart-descriptors", .lifecycle, "A hundred restarts leave no descriptor open.", level: 3,
      deadline: 20, run: Lifecycle.descriptors),
    ConformanceTest(
      "lifecycle-standard-output", .lifecycle, "Nothing is written to standard output.", run: Lifecycle.standardOutput),
    ConformanceTest(
      "lifecycle-process-state", .lifecycle, "Signal handlers, locale, folder and rounding stay as they were.",
      run: Lifecycle.processState),
  ]
}
