import MarketCalendar
import TradingTypes

/// When each instrument trades, from the calendars of the configuration.
struct MarketHours: Sendable {
  private let calendars: [SessionCalendar?]
  private let markets: [Market]

  init(_ configuration: CoreConfiguration) {
    markets = configuration.instruments.map(\.market)
    calendars = configuration.instruments.map { instrument in
      instrument.market == .equity ? configuration.calendars[instrument.exchange] : nil
    }
  }

  /// Whether a session is under way; always, without a calendar. What the calendar does not know is closed.
  func isOpen(_ instrument: InstrumentID, at time: Timestamp) -> Bool {
    guard let calendar = calendars[Int(instrument.index)] else { return true }
    return calendar.isOpen(at: time) ?? false
  }

  /// The first session close after an instant; a day later without a calendar or beyond its range.
  func nextClose(_ instrument: InstrumentID, after time: Timestamp) -> Timestamp {
    calendars[Int(instrument.index)]?.nextClose(after: time)?.close ?? time.adding(seconds: 86_400)
  }

  /// How many sessions closed after one instant and by another; `nil` where there are none or they are not known.
  func closes(_ instrument: InstrumentID, after start: Timestamp, through end: Timestamp) -> Int? {
    switch markets[Int(instrument.index)] {
    case .equity: calendars[Int(instrument.index)]?.closes(after: start, through: end)
    case .crypto: Int(CivilDate(utc: end).daysSinceEpoch - CivilDate(utc: start).daysSinceEpoch)
    case .unfiltered: nil
    }
  }
}
