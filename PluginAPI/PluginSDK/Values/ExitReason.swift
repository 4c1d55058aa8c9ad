/// Why a position is left.
public enum ExitReason: Int32, Hashable, Sendable, CaseIterable {
  /// Its protective stop traded.
  case stop = 1
  /// Its target traded.
  case target = 2
  /// Its trailing stop traded.
  case trailing = 3
  /// The strategy asked.
  case strategy = 4
  /// Its time was over.
  case time = 5
  /// Everything was closed at once.
  case flatten = 6
  /// A person asked.
  case manual = 7
}
