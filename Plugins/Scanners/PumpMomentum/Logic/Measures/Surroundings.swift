/// What is known of an instrument besides its bars. Everything may be unknown, and from bars alone everything is.
struct Surroundings: Hashable, Sendable {
  /// (ask - bid) / mid.
  var spread: Double?
  var isHalted: Bool?
  var wasHaltedToday: Bool?
  /// Whether news about it were found in the last 24 hours.
  var hasNews: Bool?
  /// Deviations by which mentions on Reddit exceed their mean.
  var mentionZ: Double?

  /// What bars alone tell: nothing.
  static let unknown = Surroundings()
}
