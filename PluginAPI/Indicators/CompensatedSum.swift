/// A running total that carries its own rounding error along, so that a million terms cost no digits.
///
/// Source: Neumaier 1974, the improved Kahan-Babuska algorithm (doi 10.1002/zamm.19740540106). The error is below two
/// roundings of the total plus `n` times 1e-32 of the sum of magnitudes.
@frozen
public struct CompensatedSum: Sendable {
  @usableFromInline var sum = 0.0
  @usableFromInline var compensation = 0.0

  /// Makes an empty sum.
  @inlinable public init() {}

  /// The total so far.
  @inlinable public var total: Double { sum + compensation }

  /// Adds a term.
  @inlinable public mutating func add(_ term: Double) {
    let next = sum + term
    compensation += abs(sum) >= abs(term) ? (sum - next) + term : (term - next) + sum
    sum = next
  }
}
