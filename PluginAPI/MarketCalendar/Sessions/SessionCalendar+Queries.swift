import TradingTypes

extension SessionCalendar {
  /// The session of a date; `nil` also on a day without one.
  public func session(on date: CivilDate) -> Session? {
    guard let session = session(onOrAfter: date), session.date == date else { return nil }
    return session
  }

  /// The first session on or after a date.
  public func session(onOrAfter date: CivilDate) -> Session? {
    guard knownDates.contains(date) else { return nil }
    return session(at: index(onOrAfter: date))
  }

  /// The session that an instant is in; `nil` also when the market is closed. The close is no longer in it.
  public func session(containing instant: Timestamp) -> Session? {
    guard let session = nextClose(after: instant), session.open <= instant else { return nil }
    return session
  }

  /// The last session that has closed by an instant; one that closes at that instant counts.
  public func lastCompleted(at instant: Timestamp) -> Session? {
    guard knows(instant) else { return nil }
    return session(at: index(closingAfter: instant) - 1)
  }

  /// The first session that opens after an instant.
  public func next(after instant: Timestamp) -> Session? {
    guard knows(instant) else { return nil }
    return session(at: index(openingAtOrAfter: Timestamp(nanoseconds: instant.nanoseconds + 1)))
  }

  /// The first session that opens at or after an instant.
  public func next(atOrAfter instant: Timestamp) -> Session? {
    guard knows(instant) else { return nil }
    return session(at: index(openingAtOrAfter: instant))
  }

  /// The session whose close is the first one after an instant: the running one, else the next.
  public func nextClose(after instant: Timestamp) -> Session? {
    guard knows(instant) else { return nil }
    return session(at: index(closingAfter: instant))
  }

  /// The session so many sessions after another one; before it when negative.
  public func session(_ distance: Int, after session: Session) -> Session? {
    let (index, overflow) = session.index.addingReportingOverflow(distance)
    return overflow ? nil : self.session(at: index)
  }

  /// How many sessions close after one instant and not after another.
  ///
  /// From an entry at or after an open, this counts the entry's own session too. `nil` when an instant is unknown or
  /// they are in the wrong order.
  public func closes(after start: Timestamp, through end: Timestamp) -> Int? {
    guard knows(start), knows(end), start <= end else { return nil }
    return index(closingAfter: end) - index(closingAfter: start)
  }

  /// Whether the market is open at an instant; `nil` when the calendar does not know, which is not "closed".
  public func isOpen(at instant: Timestamp) -> Bool? {
    guard knows(instant) else { return nil }
    return session(containing: instant) != nil
  }
}
