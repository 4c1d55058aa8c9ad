/// Every test there is, in the order in which results are shown.
public enum ConformanceSuite {
  /// All tests; their names are unique.
  public static let tests: [ConformanceTest] =
    imageTests + linkingTests + importTests + manifestTests + loadingTests + entryTests + tableTests
    + configTests + sessionTests + isolationTests

  /// The test of a name.
  public static func test(named name: String) -> ConformanceTest? { tests.first { $0.name == name } }

  /// The level at which a plugin is checked when nobody says otherwise.
  public static let defaultLevel = 5
  /// The levels there are. Each runs twice the repetitions and random inputs of the one below it, and the tests that
  /// begin at it.
  public static let levels = 1...10
}
