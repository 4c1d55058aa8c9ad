internal import WharfABI

/// A role that is offered bars, driven as a session does: each bar, then the instant when all of its bars are in.
class BarDrive: Drive {
  /// Calls `on_bar` of the role's table.
  func onBar(_ bar: UnsafePointer<wharf_bar>) -> Int32 { 0 }
  /// Calls `evaluate` of the role's table; `nil` when it is null.
  var evaluation: ((Int64) -> Int32)? { nil }
  /// What a session does before it offers a bar.
  func willOffer(_ bar: UnsafePointer<wharf_bar>) {}

  final override func stepCount(_ market: CheckMarket) -> Int { market.bars.count }

  final override func feed(_ market: CheckMarket, _ place: Int) {
    market.lend(place) { bar in
      willOffer(bar)
      if isUsable { offer(bar) }
    }
    if isUsable, market.completesInstant(place) { evaluate(at: market.bars[place].end) }
  }

  /// Offers a finished bar.
  @discardableResult
  final func offer(_ bar: UnsafePointer<wharf_bar>) -> Int32 {
    host.advance(to: bar.pointee.end)
    return offer("on_bar", bar) { onBar($0) }
  }

  /// Offers a finished bar.
  @discardableResult
  final func offer(_ bar: wharf_bar) -> Int32 { withUnsafePointer(to: bar) { offer($0) } }

  /// Tells that all bars of an instant are in; `nil` when the role does not want to know.
  @discardableResult
  final func evaluate(at time: Int64) -> Int32? {
    guard let evaluation else { return nil }
    host.advance(to: time)
    return perform("evaluate") { evaluation(time) }
  }
}
