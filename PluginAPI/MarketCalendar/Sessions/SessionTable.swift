import TradingTypes

/// The sessions of one exchange with an index by day, so that each lookup is a step or two. Immutable.
final class SessionTable: Sendable {
  let exchange: ExchangeTable
  let sessions: [Session]
  /// How many of them come from data; they stand first.
  let fromDataCount: Int
  /// For each day from the first session's on, the place of the first session on or after it.
  private let placeByDay: [Int32]
  private let firstDay: Int

  init(_ exchange: ExchangeTable, sessions: [Session], fromDataCount: Int) {
    self.exchange = exchange
    self.sessions = sessions
    self.fromDataCount = fromDataCount
    firstDay = Int(sessions.first?.date.daysSinceEpoch ?? 0)
    var places: [Int32] = []
    for (place, session) in sessions.enumerated() {
      let day = Int(session.date.daysSinceEpoch) - firstDay
      while places.count <= day { places.append(Int32(place)) }
    }
    placeByDay = places
  }

  /// The place of the first session on or after a day since the epoch; `sessions.count` when there is none.
  func place(onOrAfter day: Int) -> Int {
    let offset = day - firstDay
    guard offset > 0 else { return 0 }
    return offset < placeByDay.count ? Int(placeByDay[offset]) : sessions.count
  }

  /// The place of the first session that opens at or after an instant.
  ///
  /// Sessions dated two UTC days before the instant are over in every zone, so the walk is short.
  func place(openingAtOrAfter instant: Timestamp) -> Int {
    var place = place(onOrAfter: Int(CivilDate(utc: instant).daysSinceEpoch) - 1)
    while place < sessions.count, sessions[place].open < instant { place += 1 }
    return place
  }

  /// The place of the first session that closes after an instant.
  func place(closingAfter instant: Timestamp) -> Int {
    var place = place(onOrAfter: Int(CivilDate(utc: instant).daysSinceEpoch) - 1)
    while place < sessions.count, sessions[place].close <= instant { place += 1 }
    return place
  }
}
