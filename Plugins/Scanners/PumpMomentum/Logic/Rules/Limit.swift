/// Comparisons that forgive rounding: a value within 1e-9 of its limit (relative to the limit) counts as equal to it, so
/// the inclusive ones hold and the strict ones do not. What is not a number never holds.
enum Limit {
  @inline(__always) static func isAtLeast(_ value: Double, _ limit: Double) -> Bool { value >= limit - slack(limit) }
  @inline(__always) static func isAtMost(_ value: Double, _ limit: Double) -> Bool { value <= limit + slack(limit) }
  @inline(__always) static func isAbove(_ value: Double, _ limit: Double) -> Bool { value > limit + slack(limit) }
  @inline(__always) static func isBelow(_ value: Double, _ limit: Double) -> Bool { value < limit - slack(limit) }

  @inline(__always) private static func slack(_ limit: Double) -> Double { limit.magnitude * 1e-9 }

  /// Holds a value in 0 to 1; what is not a number stays none.
  static func clamp(_ value: Double) -> Double { value < 0 ? 0 : value > 1 ? 1 : value }
}
