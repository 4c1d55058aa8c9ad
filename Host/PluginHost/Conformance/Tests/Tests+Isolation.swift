extension ConformanceSuite {
  /// That a plugin does the same behind the wall as in the host's own process.
  static let isolationTests: [ConformanceTest] = [
    ConformanceTest(
      "isolated-equals-in-process", .isolation, "Each role answers the same in a process of its own.", deadline: 30,
      run: IsolatedSession.compare)
  ]
}
