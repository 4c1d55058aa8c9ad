/// A number that a workload must give, and the one that came out.
public struct Claim: Sendable, Equatable {
  /// What the number is, such as `fills`.
  public var name: String
  /// What the document says.
  public var expected: String
  /// What came out.
  public var found: String
  /// Whether the two agree as closely as the document asks.
  public var holds: Bool

  /// Two texts that must be the same.
  public init(_ name: String, expected: some CustomStringConvertible, found: some CustomStringConvertible) {
    self.name = name
    (self.expected, self.found) = (expected.description, found.description)
    holds = self.expected == self.found
  }

  /// Two numbers that must be no further apart than `tolerance`.
  public init(_ name: String, expected: Double, found: Double, tolerance: Double) {
    self.name = name
    (self.expected, self.found) = ("\(expected)", "\(found)")
    holds = (expected - found).magnitude <= tolerance
  }
}
