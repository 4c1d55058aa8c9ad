import TradingTypes

/// What an account can put into a trade, in the instrument's currency.
struct Funds: Equatable {
  var equity: Money
  var cash: Money
}

extension Plan {
  /// The quantity to buy: the least of what the risk, the greatest position and the cash above the reserve allow, down
  /// to the step.
  ///
  /// Zero when the account's currency is not the instrument's (no rate is known here), when nothing is left, or when a
  /// bound cannot be computed: what is unknown buys nothing.
  func quantity(_ funds: Funds, _ instrument: Instrument, _ parameters: Parameters) -> Quantity {
    guard funds.equity.currency == instrument.currency, funds.cash.currency == instrument.currency,
      let distance = entry.subtracting(stop), distance.nanos > 0, entry.nanos > 0, funds.equity.nanos > 0
    else { return .zero }
    let equity = Int128(funds.equity.nanos)
    let entry = Int128(entry.nanos)
    // Percentages are billionths of a per cent, so a share of an amount is amount * percent / 1e11, and a quantity in
    // billionths is amount * 1e9 / price: together a division by 100.
    let risk = equity * Int128(parameters.riskPercent.nanos) / (100 * Int128(distance.nanos))
    let position = equity * Int128(parameters.maximumPositionPercent.nanos) / (100 * entry)
    let free = Int128(funds.cash.nanos) * 100_000_000_000 - equity * Int128(parameters.reservePercent.nanos)
    let cash = max(0, free) / (100 * entry)
    guard let nanos = Int64(exactly: min(risk, position, cash)) else { return .zero }
    return Quantity(nanos: nanos).rounded(.down, to: instrument.step) ?? .zero
  }
}
