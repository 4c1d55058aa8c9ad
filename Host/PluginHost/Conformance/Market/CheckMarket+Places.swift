internal import WharfABI

extension CheckMarket {
  /// Lends the bar at a place; it stays there as long as the market does.
  func lend(_ place: Int, _ body: (UnsafePointer<wharf_bar>) -> Void) {
    bars.withUnsafeBufferPointer { body($0.baseAddress! + place) }
  }

  /// Whether the bar at a place is the first that ends when it does.
  func beginsInstant(_ place: Int) -> Bool { place == 0 || bars[place - 1].end != bars[place].end }

  /// The bars from a place on that end when the one there does.
  func instant(_ place: Int) -> ArraySlice<wharf_bar> { bars[place...].prefix { $0.end == bars[place].end } }

  /// Whether the bar at a place is the last that ends when it does.
  func completesInstant(_ place: Int) -> Bool {
    place + 1 == bars.count || bars[place + 1].end != bars[place].end
  }
}
