import MarketCalendar
import Testing
import TradingTypes

@testable import MRCombinedLogic

/// An instrument of the New York Stock Exchange with daily bars, whole shares and no known tick.
func equity(_ symbol: String, id: UInt32 = 0) -> Instrument {
  Instrument(
    id: InstrumentID(id), symbol: symbol, currency: .usd, market: .equity, exchange: "XNYS", tick: nil,
    step: Quantity(nanos: 1_000_000_000), barSeconds: 86_400)
}

func price(_ text: String) -> Price { Price(text)! }

func date(_ text: String) -> CivilDate { CivilDate(text)! }

func instant(_ text: String) -> Timestamp { Timestamp(rfc3339: text)! }

/// Whether two numbers agree to so many relative parts.
func close(_ a: Double, _ b: Double, within relative: Double) -> Bool { abs(a - b) <= relative * max(abs(a), abs(b)) }

extension Bar {
  /// A bar on a session of New York.
  static func on(
    _ session: Session, open: Double, high: Double, low: Double, close: Double, volume: Double = 1_000_000,
    id: UInt32 = 0
  ) -> Bar {
    Bar(
      start: session.date.midnightUTC, end: session.close, open: open, high: high, low: low, close: close,
      volume: volume, instrument: InstrumentID(id))
  }
}

extension Universe {
  /// A universe of New York symbols.
  init(
    _ symbols: [String], _ parameters: Parameters = Parameters(), explains: Bool = true,
    calendar: SessionCalendar? = .xnys
  ) {
    var unreadable: [String] = []
    let earnings = EarningsCalendar(parameters.earnings, unreadable: &unreadable)
    self.init(
      symbols.enumerated().map { equity($1, id: UInt32($0)) }, parameters, earnings: earnings, explains: explains
    ) { _ in calendar }
  }
}

extension AccountView {
  /// An account with cash and nothing else.
  static func flat(_ cash: String = "100000") -> AccountView {
    let money = Money(cash, .usd)!
    return AccountView(funds: Funds(equity: money, cash: money), breakerTripped: false) { _ in [] }
  }
}

/// A steady rise of 242 sessions and then a sharp fall: the last bar is the only candidate, with every gate passed.
enum Weakness {
  static let first = 500
  static let count = 243

  /// The session of the bar `index` bars after the first.
  static func session(_ index: Int) -> Session { SessionCalendar.xnys.session(at: first + index)! }

  /// The bars, and further ones that repeat the last close.
  static func bars(id: UInt32 = 0, scale: Double = 1, extra: Int = 0) -> [Bar] {
    var level = 100.0 * scale
    return (0..<count + extra).map { index in
      let open = level
      switch index {
      case ..<(count - 1): level *= index % 2 == 0 ? 1.006 : 0.998
      case ..<count: level *= 0.96
      default: break
      }
      let low = min(open, level) * (index < count - 1 ? 0.995 : 0.9999)
      return .on(session(index), open: open, high: max(open, level) * 1.003, low: low, close: level, id: id)
    }
  }
}
