import TradingTypes

/// A known earnings report of one symbol.
struct EarningsReport: Equatable {
  /// When on its date it comes out, as far as it is known.
  enum Hour: String {
    case beforeOpen = "before_open"
    case afterClose = "after_close"
    case unknown
  }

  let symbol: String
  let date: CivilDate
  let hour: Hour

  /// Reads `SYMBOL:YYYY-MM-DD`, optionally with `:before_open` or `:after_close`; `nil` for any other text.
  init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2 || parts.count == 3, !parts[0].isEmpty, let date = CivilDate(parts[1]) else { return nil }
    guard let hour = parts.count == 2 ? .unknown : Hour(rawValue: String(parts[2])) else { return nil }
    symbol = String(parts[0])
    self.date = date
    self.hour = hour
  }

  /// The sessions it may move, counted from the session of a signal: a report before the open of a session moves that
  /// session, one after its close the next, one at an unknown hour either. On a day without a session it moves the next.
  ///
  /// `distance` is how many sessions after the signal's the first session on or after the report's date lies, and
  /// `isSession` whether that session is on the very date.
  func moved(distance: Int, isSession: Bool) -> ClosedRange<Int> {
    guard isSession else { return distance...distance }
    return switch hour {
    case .beforeOpen: distance...distance
    case .afterClose: distance + 1...distance + 1
    case .unknown: distance...distance + 1
    }
  }
}

/// The known reports, by symbol.
struct EarningsCalendar {
  private var reports: [String: [EarningsReport]] = [:]

  /// Keeps the reports that can be read and returns the texts that cannot.
  init(_ texts: [String], unreadable: inout [String]) {
    for text in texts {
      if let report = EarningsReport(text) {
        reports[report.symbol, default: []].append(report)
      } else {
        unreadable.append(text)
      }
    }
  }

  /// Sessions from a signal's session to the nearest later one that a report may move; `nil`: none is known.
  func sessionsToReport(of symbol: String, after date: CivilDate, _ clock: SessionClock) -> Int? {
    guard let known = reports[symbol] else { return nil }
    var nearest: Int?
    for report in known {
      // A report on the signal's own date may still move the next session; earlier ones cannot.
      guard report.date >= date,
        let distance = clock.distance(from: date, toSessionOnOrAfter: report.date)
      else { continue }
      let moved = report.moved(
        distance: distance, isSession: clock.hasSession(on: report.date))
      guard let next = moved.first(where: { $0 >= 1 }) else { continue }
      nearest = min(nearest ?? next, next)
    }
    return nearest
  }
}
