import MarketCalendar
import TradingTypes

internal import WharfABI

/// Instruments and their bars, as a host would offer them: made up from a seed, and the same for the same seed.
struct CheckMarket {
  /// An instrument before it has an address.
  struct Listing {
    var symbol: [UInt8]
    var currency = Array("USD".utf8)
    var exchange = Array(CheckMarket.exchange.utf8)
    var market = Int32(WHARF_MARKET_EQUITY)
    var barSeconds: Int32
    var tick: Int64 = 10_000_000
    var step: Int64 = 1_000_000_000

    init(_ symbol: String, barSeconds: Int32) {
      self.symbol = Array(symbol.utf8)
      self.barSeconds = barSeconds
    }
  }

  static let exchange = "XNYS"
  /// USD, packed.
  static let dollar: UInt64 = 0x44_5355
  static let day: Int32 = 86_400
  static let second: Int64 = 1_000_000_000
  /// Nanoseconds from a session's open to its close.
  static let sessionLength = 23_400 * second

  var listings: [Listing]
  /// In order of end, then instrument.
  var bars: [wharf_bar]
  /// Decisions before it only warm up.
  var decideFrom: Int64 = 0
  /// Whether every evaluation is to be reported.
  var explains = false

  /// All sessions of the exchange.
  static let sessions: [wharf_session] = {
    let calendar = SessionCalendar.xnys
    return calendar.indices.compactMap { calendar.session(at: $0) }
      .map { session in
        wharf_session(
          date: session.date.midnightUTC.nanoseconds, open: session.open.nanoseconds, close: session.close.nanoseconds,
          flags: session.isEarlyClose ? Int64(WHARF_SESSION_EARLY_CLOSE) : 0)
      }
  }()
  /// The place of the first session with bars.
  private static let firstSession = 2600

  /// Three shares with daily bars that rise with set-backs: enough of them to fill an average of 200.
  static func daily(_ random: inout SeededGenerator, count: Int = 280) -> CheckMarket {
    let listings = ["ALPHA", "BETA", "GAMMA"].map { Listing($0, barSeconds: day) }
    var walks = listings.indices.map { PriceWalk(price: 40 + 35 * Double($0), volume: 2_000_000) }
    var bars: [wharf_bar] = []
    bars.reserveCapacity(count * listings.count)
    for (number, session) in sessions[firstSession..<firstSession + count].enumerated() {
      for index in listings.indices {
        // A rise, and every few weeks some days of fall.
        let drift = (number + 5 * index) % 17 < 3 ? -0.022 : 0.0065
        bars.append(
          walks[index].bar(
            &random, start: session.date, end: session.close, drift: drift, noise: 0.009, instrument: UInt32(index),
            flags: UInt32(WHARF_SESSION_FIRST | WHARF_SESSION_LAST)))
      }
    }
    return CheckMarket(listings: listings, bars: bars)
  }

  /// Two shares with bars of five minutes, in which prices and volumes break out now and then.
  static func minutes(_ random: inout SeededGenerator, sessionCount: Int = 14) -> CheckMarket {
    let listings = ["ALPHA", "BETA"].map { Listing($0, barSeconds: 300) }
    var walks = listings.indices.map { PriceWalk(price: 50 + 30 * Double($0), volume: 60_000) }
    var bars: [wharf_bar] = []
    for (day, session) in sessions[firstSession..<firstSession + sessionCount].enumerated() {
      let length = 300 * second
      let count = Int((session.close - session.open) / length)
      for number in 0..<count {
        let start = session.open + Int64(number) * length
        for index in listings.indices {
          let phase = number - 30 - 9 * index
          let breaksOut = day >= 11 && (0..<4).contains(phase)
          let fades = day >= 11 && (4..<16).contains(phase)
          walks[index].volume = breaksOut ? 700_000 : fades ? 150_000 : 60_000
          let flags = (number == 0 ? WHARF_SESSION_FIRST : 0) | (number == count - 1 ? WHARF_SESSION_LAST : 0)
          bars.append(
            walks[index].bar(
              &random, start: start, end: start + length, drift: breaksOut ? 0.025 : fades ? -0.006 : 0, noise: 0.0025,
              instrument: UInt32(index), flags: UInt32(flags)))
        }
      }
    }
    return CheckMarket(listings: listings, bars: bars)
  }

  /// The first bars only, whole instants.
  func prefix(_ count: Int) -> CheckMarket {
    var shorter = self
    var end = min(count, bars.count)
    while end < bars.count, end > 0, bars[end].end == bars[end - 1].end { end += 1 }
    shorter.bars = Array(bars[..<end])
    return shorter
  }

  /// The end of the last bar.
  var lastEnd: Int64 { bars.last?.end ?? 0 }
}

/// A price that moves at random.
private struct PriceWalk {
  var price: Double
  var volume: Double

  mutating func bar(
    _ random: inout SeededGenerator, start: Int64, end: Int64, drift: Double, noise: Double, instrument: UInt32,
    flags: UInt32
  ) -> wharf_bar {
    // The sum of some uniform numbers is about normal.
    func normal() -> Double { (0..<4).reduce(0) { sum, _ in sum + random.unit - 0.5 } * 1.7 }
    let open = cents(price * (1 + 0.2 * noise * normal()))
    let close = cents(price * (1 + drift + noise * normal()))
    let high = cents(max(open, close) * (1 + 0.5 * noise * random.unit))
    let low = cents(min(open, close) * (1 - 0.5 * noise * random.unit))
    price = close
    return wharf_bar(
      start: start, end: end, open: open, high: max(high, open, close), low: min(low, open, close), close: close,
      volume: (volume * (0.7 + 0.6 * random.unit)).rounded(), instrument: instrument, flags: flags)
  }

  private func cents(_ price: Double) -> Double { max(0.01, (price * 100).rounded() / 100) }
}

extension SeededGenerator {
  /// From 0 to less than 1.
  mutating func unitNumber() -> Double { Double(next() >> 11) * 0x1p-53 }
  /// From 0 to less than 1.
  var unit: Double { mutating get { unitNumber() } }
}
