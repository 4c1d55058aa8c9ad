import TradingTypes

/// An alert before it has its number: what one symbol's bar led to.
struct Finding: Hashable, Sendable {
  /// The symbol's place in the list of instruments.
  let symbol: Int
  let level: Level
  let reason: AlertReason
  let inputs: Inputs
  let score: Double
  /// The episode as it is after the alert.
  let episode: Episode

  /// Whether it stands before another of the same scan: signal, watch, fading; then score, then symbol.
  func precedes(_ other: Finding, symbols: [ScannedSymbol]) -> Bool {
    if rank != other.rank { return rank < other.rank }
    let (own, others) = (score.isNaN ? -1 : score, other.score.isNaN ? -1 : other.score)
    if own != others { return own > others }
    let (name, otherName) = (symbols[symbol].instrument.symbol, symbols[other.symbol].instrument.symbol)
    return name == otherName ? symbol < other.symbol : name < otherName
  }

  private var rank: Int {
    switch level {
    case .signal: 0
    case .watch: 1
    case .fading: 2
    }
  }
}

/// An episode that ended without an alert.
struct Ending: Hashable, Sendable {
  /// Why.
  enum Reason: String, Hashable, Sendable { case quiet, sessionEnd = "session_end" }

  let symbol: Int
  let episode: Episode
  let reason: Reason
  let time: Timestamp
  let price: Double
}
