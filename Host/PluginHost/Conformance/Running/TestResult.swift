/// How a test ended, as its result shows it.
public enum Verdict: String, CaseIterable, Sendable {
  /// The plugin does what the contract says.
  case pass
  /// It does, but somebody should look at this.
  case warn
  /// It breaks the contract.
  case fail
  /// It ended the process: by a signal, or by leaving.
  case crash
  /// It did not answer in time.
  case timeout
  /// The test does not apply, or another failure makes it impossible.
  case skip

  /// Whether a plugin with this verdict is not fit for use.
  public var isFailure: Bool { self == .fail || self == .crash || self == .timeout }
}

/// What one test came to.
public struct TestResult: Sendable {
  /// The test.
  public var test: ConformanceTest
  /// How it ended.
  public var verdict: Verdict
  /// What was found, with the remedy; `nil` when there is nothing to say.
  public var detail: String?
  /// What the plugin wrote to standard output and error, cut; empty unless the test failed.
  public var output: String
  /// From the start of its process to its end; 0 when none was needed.
  public var seconds: Double

  init(_ test: ConformanceTest, _ verdict: Verdict, _ detail: String?, output: String = "", seconds: Double = 0) {
    self.test = test
    self.verdict = verdict
    self.detail = detail
    self.output = output
    self.seconds = seconds
  }
}

extension Outcome {
  var verdict: Verdict {
    switch self {
    case .pass: .pass
    case .warn: .warn
    case .fail: .fail
    case .skip: .skip
    }
  }

  var detail: String? {
    switch self {
    case .pass: nil
    case .warn(let text), .fail(let text), .skip(let text): text
    }
  }
}
