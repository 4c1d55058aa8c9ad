import TradingTypes

/// The instants at which a zone's wall clock shows a given date and time.
@frozen
public enum LocalResolution: Hashable, Sendable {
  /// The clock shows it once.
  case unique(Timestamp)
  /// The clock never shows it: it was put forward over it, at this instant, the first one after the gap.
  case gap(resumesAt: Timestamp)
  /// The clock shows it twice, because it was put back.
  case overlap(first: Timestamp, second: Timestamp)

  /// The rule for planning: the instant itself, the first instant after a gap, the first of two in an overlap.
  @inlinable public var earliest: Timestamp {
    switch self {
    case .unique(let instant): instant
    case .gap(let resumesAt): resumesAt
    case .overlap(let first, _): first
    }
  }
}
