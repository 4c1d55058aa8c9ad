/// Why a sweep cannot be made as it was asked for.
public struct SweepFault: Error, Hashable, Sendable {
  /// The kind: `bad_parameter`, `parameter_twice`, `too_many_trials`, `bad_walk_forward`.
  public var code: String
  /// What is wrong, starting in lower case.
  public var message: String
  /// The option it is about, as it was written: `--param fast=5:x:5`.
  public var place: String
  /// What would have been right.
  public var expected: String
  /// What was there instead.
  public var found: String
  /// The next step.
  public var remedy: String

  init(code: String, _ message: String, at place: String, expected: String, found: String, remedy: String) {
    self.code = code
    self.message = message
    self.place = place
    self.expected = expected
    self.found = found
    self.remedy = remedy
  }
}
