import TradingTypes

/// The closed trades the strategy judges itself by, of all symbols together, in the order they closed.
///
/// A real trade takes the place of the virtual one of the same signal, whichever closes first.
struct TradeStore {
  /// Names the signal a trade came from.
  struct Key: Hashable {
    let instrument: InstrumentID
    let signalTime: Timestamp
  }

  private struct Outcome {
    let score: Double
    /// exit / entry - 1, before costs.
    let grossReturn: Double
  }

  private var outcomes: [Outcome] = []
  private var places: [Key: Int] = [:]
  private var real: Set<Key> = []

  /// The number of trades.
  var count: Int { outcomes.count }

  /// Adds a trade that was followed without money; a real one of the same signal stays.
  mutating func addVirtual(_ key: Key, score: Double, grossReturn: Double) {
    guard !real.contains(key) else { return }
    places[key] = outcomes.count
    outcomes.append(Outcome(score: score, grossReturn: grossReturn))
  }

  /// Adds a trade made with money, in place of the virtual one of the same signal.
  mutating func addReal(_ key: Key, score: Double, grossReturn: Double) {
    let outcome = Outcome(score: score, grossReturn: grossReturn)
    real.insert(key)
    if let place = places[key] {
      outcomes[place] = outcome
    } else {
      places[key] = outcomes.count
      outcomes.append(outcome)
    }
  }

  /// What the trades near a score say. Linear in the number of trades; a gain of zero is a loss.
  func evidence(near score: Double, _ parameters: Parameters) -> Evidence {
    var count = 0
    var wins = 0
    var sumOfWins = 0.0
    var sumOfLosses = 0.0
    for outcome in outcomes where Limit.atMost(abs(outcome.score - score), parameters.near) {
      count += 1
      if outcome.grossReturn > 0 {
        wins += 1
        sumOfWins += outcome.grossReturn
      } else {
        sumOfLosses -= outcome.grossReturn
      }
    }
    return Evidence(count: count, wins: wins, sumOfWins: sumOfWins, sumOfLosses: sumOfLosses, parameters)
  }
}
