/// One hard condition of a signal, with the numbers that decided it.
struct Gate: Equatable {
  /// The gates in the order they are reported; the first that fails names a refusal.
  enum Name: String, CaseIterable {
    case trend, score
    case relativeVolume = "relative_volume"
    case price
    case tradedValue = "traded_value"
    case spread
    case stopPositive = "stop_positive"
    case earnings, free, cooldown, breaker, calendar

    /// Whether the gate needs nothing but bars.
    var needsOnlyBars: Bool {
      switch self {
      case .trend, .score, .relativeVolume, .price, .tradedValue, .stopPositive: true
      case .spread, .earnings, .free, .cooldown, .breaker, .calendar: false
      }
    }
  }

  var name: Name
  var passed: Bool
  /// What was looked at; not a number when unknown or when it has none.
  var value = Double.nan
  /// What it was held against.
  var limit = Double.nan
  /// `unknown`, `from_data`, `not_computable`, or a detail.
  var note = ""
}

/// The gates that need nothing but bars.
struct BarGates {
  let inputs: Inputs
  let score: Double
  /// The planned stop, in the instrument's currency; not a number without a plan.
  let stop: Double
  let parameters: Parameters

  /// Whether every bar gate passes. Allocates nothing.
  var pass: Bool {
    trend && scored && volume && price && value && stop > 0
  }

  private var trend: Bool { Limit.above(inputs.close, inputs.sma200) }
  private var scored: Bool { Limit.atLeast(score, parameters.scoreMinimum) }
  private var volume: Bool {
    Limit.atLeast(inputs.rv, parameters.volumeMinimum) && Limit.atMost(inputs.rv, parameters.volumeMaximum)
  }
  private var price: Bool { Limit.atLeast(inputs.close, parameters.priceMinimum) }
  private var value: Bool { Limit.atLeast(inputs.tradedValue, parameters.valueMinimum) }

  /// One of them as it is reported; `nil` for a gate that needs more than bars.
  func gate(_ name: Gate.Name) -> Gate? {
    switch name {
    case .trend: made(name, trend, inputs.close, inputs.sma200)
    case .score: made(name, scored, score, parameters.scoreMinimum)
    case .relativeVolume: made(name, volume, inputs.rv, volumeLimit)
    case .price: made(name, price, inputs.close, parameters.priceMinimum)
    case .tradedValue: made(name, value, inputs.tradedValue, parameters.valueMinimum)
    case .stopPositive: made(name, stop > 0, stop, 0)
    case .spread, .earnings, .free, .cooldown, .breaker, .calendar: nil
    }
  }

  /// The bound that the volume broke; else the one on its side of normal.
  private var volumeLimit: Double {
    if !Limit.atLeast(inputs.rv, parameters.volumeMinimum) { return parameters.volumeMinimum }
    if !Limit.atMost(inputs.rv, parameters.volumeMaximum) { return parameters.volumeMaximum }
    return inputs.rv > 1 ? parameters.volumeMaximum : parameters.volumeMinimum
  }

  private func made(_ name: Gate.Name, _ passed: Bool, _ value: Double, _ limit: Double) -> Gate {
    let computable = !value.isNaN && !limit.isNaN
    return Gate(
      name: name, passed: passed && computable, value: value, limit: limit, note: computable ? "" : "not_computable")
  }
}
