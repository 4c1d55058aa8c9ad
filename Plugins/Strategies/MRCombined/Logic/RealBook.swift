import TradingTypes

/// One symbol's position made with money, as told by the strategy's own fills.
struct RealBook {
  /// A position the strategy entered.
  struct Position: Equatable {
    let signalTime: Timestamp
    /// The signal's score; `nil` when the signal is not remembered.
    let score: Double?
    /// Money and quantity of the buys and the sells, in billionths of billionths and billionths.
    fileprivate var paid: Int128 = 0
    fileprivate var bought: Int128 = 0
    fileprivate var received: Int128 = 0
    fileprivate var sold: Int128 = 0
    /// A close was above the mean of five: the next open ends it.
    var exitDue = false

    /// Mean sale price over mean purchase price - 1, before costs; `nil` unless both happened.
    fileprivate var grossReturn: Double? {
      guard bought > 0, sold > 0, paid > 0 else { return nil }
      return (Double(received) / Double(sold)) / (Double(paid) / Double(bought)) - 1
    }
  }

  /// A position that was closed.
  struct Closed: Equatable {
    let signalTime: Timestamp
    let score: Double
    let grossReturn: Double
  }

  /// The open position.
  private(set) var position: Position?
  /// When a stop filled that no bar has yet given a session number to.
  private var stopFilledAt: Timestamp?
  private var lastStopSession: Int?
  /// Signals raised lately, oldest first; a few, so that a late fill still finds its own.
  private(set) var raised: [RaisedSignal] = []

  /// Remembers a raised signal.
  mutating func remember(_ signal: RaisedSignal) {
    if raised.count == 4 { raised.removeFirst() }
    raised.append(signal)
  }

  /// The remembered signal of a bar.
  func signal(of barTime: Timestamp) -> RaisedSignal? { raised.last { $0.barTime == barTime } }

  /// Takes a fill; returns the trade it closed, unless its signal is not remembered.
  mutating func take(
    isBuy: Bool, isStop: Bool, signalTime: Timestamp, time: Timestamp, price: Price, quantity: Quantity, held: Quantity
  ) -> Closed? {
    let value = Int128(price.nanos) * Int128(quantity.nanos)
    if isBuy {
      var open = position ?? Position(signalTime: signalTime, score: signal(of: signalTime)?.score)
      open.paid += value
      open.bought += Int128(quantity.nanos)
      position = open
      return nil
    }
    if isStop { stopFilledAt = time }
    position?.received += value
    position?.sold += Int128(quantity.nanos)
    guard held.nanos <= 0, let ended = position else { return nil }
    position = nil
    guard let score = ended.score, let grossReturn = ended.grossReturn else { return nil }
    return Closed(signalTime: ended.signalTime, score: score, grossReturn: grossReturn)
  }

  /// Notes a close: numbers the session of a stop fill, and makes an exit due once the close is above the mean of five.
  mutating func close(_ bar: Bar, session: Int, sma5: Double) {
    if let filled = stopFilledAt, filled <= bar.end {
      lastStopSession = session
      stopFilledAt = nil
    }
    if position != nil, Limit.above(bar.close, sma5) { position?.exitDue = true }
  }

  /// Sessions since the last stop fill as of a session; `nil` without one.
  func sessionsSinceStop(_ session: Int) -> Int? {
    stopFilledAt != nil ? 0 : lastStopSession.map { session - $0 }
  }
}
