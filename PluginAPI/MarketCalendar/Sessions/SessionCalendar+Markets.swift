import TradingTypes

extension SessionCalendar {
  /// New York Stock Exchange, 2010 to 2027.
  public static let xnys = SessionCalendar(table: .xnys)
  /// London Stock Exchange, 2010 to 2027.
  public static let xlon = SessionCalendar(table: .xlon)
  /// Xetra, 2010 to 2027.
  public static let xetr = SessionCalendar(table: .xetr)
  /// Euronext Amsterdam, 2010 to 2027.
  public static let xams = SessionCalendar(table: .xams)

  /// A market that never closes: a session is the UTC day, 1678 to 2261.
  public static let aroundTheClock: SessionCalendar = {
    let first = CivilDate(daysSinceEpoch: -106_650)
    let last = CivilDate(daysSinceEpoch: 106_650)
    return SessionCalendar(
      backing: .aroundTheClock, knownDates: first...last,
      knownInstants: first.midnightUTC..<last.adding(days: 1).midnightUTC)
  }()

  /// The codes of the tabled exchanges.
  public static let exchangeCodes: [String] = ["XNYS", "XLON", "XETR", "XAMS"]

  /// The calendar of an exchange by its market identifier code; `nil` when there is no table for it.
  public static func exchange(_ code: some StringProtocol) -> SessionCalendar? {
    switch code {
    case "XNYS": .xnys
    case "XLON": .xlon
    case "XETR": .xetr
    case "XAMS": .xams
    default: nil
    }
  }

  /// The same calendar with a session, at regular hours, on each given date before the tables begin.
  ///
  /// The dates are those on which a loaded symbol has a bar, in any order and any number of times; dates inside or
  /// after the tables are left alone, because the tables know better. With at least one earlier date all the time
  /// before the tables counts as known: no bar, no session. Around the clock nothing changes. O(n log n).
  public func extended(withDates dates: [CivilDate]) -> SessionCalendar {
    guard case .exchange(let table) = backing else { return self }
    let exchange = table.exchange
    let tabled = table.sessions[table.fromDataCount...]
    let known = table.sessions[..<table.fromDataCount].map(\.date)
    let earlier = Set(dates.filter { $0 < exchange.firstDate } + known).sorted()
    guard earlier.count > known.count else { return self }
    let sessions = earlier.enumerated().map { place, date in
      exchange.session(
        place - earlier.count, date, opens: exchange.opens, closes: exchange.closes, isFromData: true)
    }
    return SessionCalendar(
      backing: .exchange(SessionTable(exchange, sessions: sessions + tabled, fromDataCount: earlier.count)),
      knownDates: SessionCalendar.aroundTheClock.knownDates.lowerBound...knownDates.upperBound,
      knownInstants: .distantPast..<knownInstants.upperBound)
  }

  init(table: ExchangeTable) {
    let end = table.zone.resolve(table.lastDate.adding(days: 1), .midnight).earliest
    self.init(
      backing: .exchange(SessionTable(table, sessions: table.sessions(), fromDataCount: 0)),
      knownDates: table.firstDate...table.lastDate,
      knownInstants: table.zone.resolve(table.firstDate, .midnight).earliest..<end)
  }
}
