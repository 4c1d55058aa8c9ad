import CommandLineKit
import Configuration
import MarketCalendar
import TradingCore
import TradingTypes

/// The instruments of a session and the calendars they trade by.
struct Universe {
  var instruments: [Instrument]
  /// One an exchange in use, with the sessions that only the data knows.
  var calendars: [String: SessionCalendar]

  /// The calendar the account's day follows: the first exchange in use, else around the clock.
  var referenceCalendar: SessionCalendar {
    instruments.lazy.compactMap { $0.market == .equity ? calendars[$0.exchange] : nil }.first ?? .aroundTheClock
  }

  /// Puts together what the source offers, what the configuration says and what the command line asked for.
  ///
  /// - Parameter market: where instruments trade unless the configuration says otherwise for one of them.
  init(series: [Series], configuration: HostConfiguration, market: Market, quoteCurrency: Currency?) throws {
    instruments = []
    calendars = [:]
    for (index, series) in series.enumerated() {
      let said = configuration.instrument(series.symbol)
      let market = said?.market?.value ?? market
      let exchange = market == .equity ? "XNYS" : ""
      if !exchange.isEmpty, calendars[exchange] == nil { calendars[exchange] = SessionCalendar.exchange(exchange) }
      let fallback: Currency = market == .crypto ? quoteCurrency ?? .usd : .usd
      instruments.append(
        Instrument(
          id: InstrumentID(UInt32(index)), symbol: series.symbol,
          currency: said?.currency?.value ?? series.currency ?? fallback, market: market, exchange: exchange,
          tick: said?.tick?.value, step: said?.step?.value ?? series.step ?? Universe.wholeUnit,
          barSeconds: series.barSeconds))
    }
  }

  /// What a person should know of instruments priced in another currency than the account's, if there are any.
  func foreignRemark(account: Currency) -> String? {
    let foreign = instruments.filter { $0.currency != account }
    return foreign.first.map { first in
      "\(foreign.count) symbols (\(first.symbol) first) are priced in another currency than the account's and cannot "
        + "be traded: no exchange rate is known"
    }
  }

  /// Whether sessions must be taken from the data, because it begins before the calendars do.
  func needsDates(_ series: [Series]) -> Bool {
    zip(instruments, series).contains { instrument, series in
      instrument.market == .equity
        && (calendars[instrument.exchange].map { CivilDate(utc: series.firstStart) < $0.knownDates.lowerBound } ?? false)
    }
  }

  /// Adds the sessions that only the data knows: the days on which an instrument of the exchange has a bar.
  mutating func extendCalendars(with dates: [String: Set<CivilDate>]) {
    for (exchange, dates) in dates {
      calendars[exchange] = calendars[exchange]?.extended(withDates: dates.sorted())
    }
  }

  private static let wholeUnit = Quantity(nanos: 1_000_000_000)
}
