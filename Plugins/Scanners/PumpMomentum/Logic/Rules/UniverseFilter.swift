/// The conditions of the universe that one bar does not meet.
struct FailedFilters: OptionSet, Hashable, Sendable {
  let rawValue: UInt8

  static let price = FailedFilters(rawValue: 1)
  /// Neither volume nor traded value is enough.
  static let volume = FailedFilters(rawValue: 2)
  /// Neither ATR nor ATR as a fraction is enough.
  static let atr = FailedFilters(rawValue: 4)
  static let spread = FailedFilters(rawValue: 8)
  static let halted = FailedFilters(rawValue: 16)
  /// There is nothing to compare the 15-minute volume with.
  static let zeroBaseline = FailedFilters(rawValue: 32)

  private static let names: [(FailedFilters, String)] = [
    (.price, "price"), (.volume, "volume"), (.atr, "atr"), (.spread, "spread"), (.halted, "halted"),
    (.zeroBaseline, "zero_baseline"),
  ]

  /// The name of each.
  var names: [String] { FailedFilters.names.filter { contains($0.0) }.map(\.1) }
}

extension FilterBounds {
  /// Which conditions fail; only an unknown spread or halt passes.
  func failures(
    price: Double, base15: Double, _ daily: DailyFigures, _ surroundings: Surroundings
  ) -> FailedFilters {
    var failed: FailedFilters = []
    if let least = self.price, !Limit.isAtLeast(price, least) { failed.insert(.price) }
    if volume != nil || tradedValue != nil, !reaches(daily.volume, volume), !reaches(daily.tradedValue, tradedValue) {
      failed.insert(.volume)
    }
    if !reaches(daily.atr, atr), !Limit.isAtLeast(daily.atrShare, atrShare) { failed.insert(.atr) }
    if let spread = surroundings.spread, !Limit.isAtMost(spread, self.spread) { failed.insert(.spread) }
    if surroundings.isHalted == true { failed.insert(.halted) }
    if !(base15 > 0) { failed.insert(.zeroBaseline) }
    return failed
  }

  private func reaches(_ value: Double, _ least: Double?) -> Bool {
    guard let least else { return false }
    return Limit.isAtLeast(value, least)
  }
}
