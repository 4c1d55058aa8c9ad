/// Running sums of per-bar returns that are not 0.
///
/// Power sums about 0: returns of bars scatter around it so closely that their mean takes no digits away, and, other
/// than sums about a running mean, they cost nothing where equity stands still.
@frozen
@usableFromInline
struct ReturnSums: Sendable {
  @usableFromInline var first = 0.0
  @usableFromInline var second = 0.0
  @usableFromInline var third = 0.0
  @usableFromInline var fourth = 0.0
  /// Of the squares of negative returns.
  @usableFromInline var downside = 0.0

  @usableFromInline init() {}

  @inlinable mutating func add(_ value: Double) {
    let square = value * value
    first += value
    second += square
    third += square * value
    fourth += square * square
    downside += value < 0 ? square : 0
  }
}
