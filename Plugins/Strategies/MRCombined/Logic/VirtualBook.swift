import TradingTypes

/// A signal as the virtual book follows it.
struct FollowedSignal: Equatable {
  /// Start of the bar decided on, when it was decided, and the number of its session.
  let time: Timestamp
  let decidedAt: Timestamp
  let session: Int
  let score: Double
  let plan: Plan
}

/// A round trip that was followed without money.
struct FollowedTrade: Equatable {
  /// Why it ended.
  enum Reason: Equatable {
    case sma5, time, stop, target
  }

  let signal: FollowedSignal
  let entryTime: Timestamp
  let entry: Price
  let stop: Price
  let exitTime: Timestamp
  let exit: Price
  let reason: Reason
  /// Session closes it was held over.
  let closes: Int

  /// exit / entry - 1, before costs.
  var grossReturn: Double { exit.double / entry.double - 1 }
}

/// One symbol's walk-forward trades: one position at a time, entered and left on daily bars.
///
/// A bar is a sequence: its open ends a trade whose exit is due, then lets a pending signal in (stop and target are set
/// from that fill), then its low may reach the stop, then its high the target, then its close may make an exit due. A
/// stop that the bar opened beyond fills at the open; a bar that reaches both legs fills the stop.
struct VirtualBook {
  private struct Position {
    let signal: FollowedSignal
    let entryTime: Timestamp
    let entrySession: Int
    let entry: Price
    let stop: Price
    let target: Price?
    var due: FollowedTrade.Reason?

    func closed(_ bar: Bar, at price: Price, _ reason: FollowedTrade.Reason, _ closes: Int) -> FollowedTrade {
      FollowedTrade(
        signal: signal, entryTime: entryTime, entry: entry, stop: stop, exitTime: bar.start, exit: price,
        reason: reason, closes: closes)
    }
  }

  private enum State {
    case flat
    case pending(FollowedSignal)
    case open(Position)
  }

  private var state = State.flat
  private var lastStopSession: Int?

  /// Whether a position is open, also one whose exit is due.
  var isOpen: Bool { if case .open = state { true } else { false } }

  /// Sessions since the last stop fill as of a session; `nil` without one.
  func sessionsSinceStop(_ session: Int) -> Int? { lastStopSession.map { session - $0 } }

  /// Lets a signal enter at the next session. Only a flat book takes one.
  mutating func follow(_ signal: FollowedSignal) {
    if case .flat = state { state = .pending(signal) }
  }

  /// Takes the next bar of the symbol and its mean of five closes; returns the trade that ended in it.
  mutating func step(
    _ bar: Bar, session: Int, sma5: Double, _ instrument: Instrument, _ parameters: Parameters
  ) -> FollowedTrade? {
    switch state {
    case .flat: return nil
    case .pending(let signal):
      state = .flat
      // A signal whose session passed without a bar has expired.
      guard session == signal.session + 1,
        let position = VirtualBook.enter(signal, bar, session, instrument, parameters)
      else { return nil }
      return hold(position, bar, session, sma5, parameters)
    case .open(var position):
      if position.due == nil, session - position.entrySession >= parameters.timeStopCloses { position.due = .time }
      if let reason = position.due {
        state = .flat
        return Price(bar.open).map { position.closed(bar, at: $0, reason, session - position.entrySession) }
      }
      return hold(position, bar, session, sma5, parameters)
    }
  }

  private static func enter(
    _ signal: FollowedSignal, _ bar: Bar, _ session: Int, _ instrument: Instrument, _ parameters: Parameters
  ) -> Position? {
    guard let open = Price(bar.open), let low = Price(bar.low) else { return nil }
    let entry: Price
    switch parameters.entry {
    case .market: entry = open
    case .limit:
      guard low <= signal.plan.limitEntry else { return nil }
      entry = min(open, signal.plan.limitEntry)
    }
    guard let stop = Plan.stop(entry, signal.plan.stopDistance, instrument) else { return nil }
    return Position(
      signal: signal, entryTime: bar.start, entrySession: session, entry: entry, stop: stop,
      target: parameters.target
        ? Plan.target(entry, signal.plan.targetFloor, signal.plan.targetDistance, instrument) : nil)
  }

  private mutating func hold(
    _ held: Position, _ bar: Bar, _ session: Int, _ sma5: Double, _ parameters: Parameters
  ) -> FollowedTrade? {
    var position = held
    let closes = session - position.entrySession
    guard let open = Price(bar.open), let high = Price(bar.high), let low = Price(bar.low) else {
      state = .open(position)
      return nil
    }
    if low <= position.stop {
      state = .flat
      lastStopSession = session
      return position.closed(bar, at: min(open, position.stop), .stop, closes)
    }
    // Where a limit let the trade in during this bar, its high may lie before the entry.
    let heldFromOpen = position.entryTime != bar.start || position.entry == open
    if let target = position.target, heldFromOpen, high >= target {
      state = .flat
      return position.closed(bar, at: max(open, target), .target, closes)
    }
    if Limit.above(bar.close, sma5) {
      position.due = .sma5
    } else if closes + 1 >= parameters.timeStopCloses {
      position.due = .time
    }
    state = .open(position)
    return nil
  }
}
