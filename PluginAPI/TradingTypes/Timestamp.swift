/// An instant, in nanoseconds since 1970-01-01T00:00:00Z, without leap seconds (range 1677 to 2262).
@frozen
public struct Timestamp: Hashable, Comparable, Sendable {
  /// Nanoseconds since the Unix epoch, UTC.
  public let nanoseconds: Int64

  /// Makes an instant from nanoseconds since the Unix epoch.
  @inlinable public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// Makes an instant from whole seconds since the Unix epoch; `nil` when out of range.
  @inlinable public init?(seconds: Int64) {
    let (value, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    guard !overflow else { return nil }
    nanoseconds = value
  }

  @inlinable public static func < (a: Timestamp, b: Timestamp) -> Bool { a.nanoseconds < b.nanoseconds }

  /// The earliest representable instant.
  public static let distantPast = Timestamp(nanoseconds: .min)
  /// The latest representable instant.
  public static let distantFuture = Timestamp(nanoseconds: .max)

  /// This instant moved by a number of seconds, held at the ends of the range.
  @inlinable public func adding(seconds: Int64) -> Timestamp {
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    guard !overflow else { return seconds < 0 ? .distantPast : .distantFuture }
    let (sum, overflowed) = nanoseconds.addingReportingOverflow(product)
    return overflowed ? (seconds < 0 ? .distantPast : .distantFuture) : Timestamp(nanoseconds: sum)
  }

  /// Whole seconds since the Unix epoch, rounded down.
  @inlinable public var seconds: Int64 {
    let quotient = nanoseconds / 1_000_000_000
    return nanoseconds % 1_000_000_000 < 0 ? quotient - 1 : quotient
  }
}
