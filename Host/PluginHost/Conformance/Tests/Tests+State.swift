extension ConformanceSuite {
  /// What an instance keeps across restarts, whole and damaged.
  static let stateTests = [
    ConformanceTest(
      "state-restored", .state, "What a session saved is read back by the next.", run: KeptState.restored),
    ConformanceTest(
      "state-deterministic", .state, "The same session saves the same bytes.", run: KeptState.deterministic),
    ConformanceTest("state-random", .state, "Random bytes in the state do no harm.", run: KeptState.random),
    ConformanceTest("state-truncated", .state, "Values cut short do no harm.", run: KeptState.truncated),
    ConformanceTest("state-emptied", .state, "Empty values do no harm.", run: KeptState.emptied),
    ConformanceTest("state-flipped", .state, "A turned bit in the state does no harm.", run: KeptState.flipped),
    ConformanceTest(
      "state-lengthened", .state, "Values longer than they were saved do no harm.", run: KeptState.lengthened),
    ConformanceTest(
      "state-strangers", .state, "Keys of another version of the plugin do no harm.", run: KeptState.strangers),
    ConformanceTest("state-quota", .state, "A state without room left does no harm.", run: KeptState.quota),
    ConformanceTest(
      "state-failed-commit", .state, "A call whose commit fails does not say that all is well.",
      run: KeptState.failedCommit),
  ]

  /// A host that fails.
  static let faultTests = [
    ConformanceTest(
      "faults-tables", .faults, "Each host table may be missing.", run: HostFaults.tables),
    ConformanceTest(
      "faults-config", .faults, "Every read of an option may fail.", run: HostFaults.config),
    ConformanceTest(
      "faults-state", .faults, "Every use of the state may fail.", run: HostFaults.state),
    ConformanceTest(
      "faults-calendar", .faults, "The calendar may fail.", run: HostFaults.calendar),
    ConformanceTest(
      "faults-portfolio", .faults, "The account and each holding may be unknown.", run: HostFaults.portfolio),
    ConformanceTest(
      "faults-unlisted-status", .faults, "A status that no header lists is a failure like others.", level: 3,
      run: HostFaults.unlisted),
    ConformanceTest(
      "faults-clock-jumps", .faults, "The clock may jump back and ahead.", run: HostFaults.clockJumps),
    ConformanceTest(
      "faults-clock-limits", .faults, "The clock may be at the first and the last instant.", level: 3,
      run: HostFaults.clockLimits),
    ConformanceTest(
      "faults-stuck-random", .faults, "Random numbers may repeat for ever.", run: HostFaults.stuckRandom),
  ]
}
