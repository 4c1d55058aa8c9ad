/// Comparisons with a limit that forgive rounding: a value within 1e-9 (relative) of the limit counts as equal to it.
///
/// So `atLeast` and `atMost` hold there, and `above` and `below` do not. A value that is not a number satisfies none.
enum Limit {
  /// How far from a limit a value still counts as equal to it, relative to the limit.
  static let tolerance = 1e-9

  /// `value >= limit`.
  @inline(__always)
  static func atLeast(_ value: Double, _ limit: Double) -> Bool { value >= limit - abs(limit) * tolerance }

  /// `value <= limit`.
  @inline(__always)
  static func atMost(_ value: Double, _ limit: Double) -> Bool { value <= limit + abs(limit) * tolerance }

  /// `value > limit`.
  @inline(__always)
  static func above(_ value: Double, _ limit: Double) -> Bool { value > limit + abs(limit) * tolerance }
}
