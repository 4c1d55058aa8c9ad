import MarketCalendar
import TradingTypes

/// A market of five-minute bars in which nothing happens but one swing of 4 % a session, until a script says so.
///
/// Its price is 20, its ATR 0.8 (4 %), its volume 60,000 a bar; the deviation of its volume is zero.
struct QuietMarket {
  static let volume = 60_000.0
  var calendar = SessionCalendar.xnys
  var first = "2022-03-01"

  /// Sessions before the scripted one.
  static let history = 14

  /// The scripted session, and later ones.
  func session(_ distance: Int = 0) -> Session {
    calendar.sessions(from: first, count: Self.history + 1 + distance).last!
  }

  /// Every bar of the sessions before the scripted one, but for those left out.
  func history(id: UInt32 = 0, price: Double = 20, volume: Double = Self.volume, without: Set<Int> = []) -> [Bar] {
    calendar.sessions(from: first, count: Self.history).enumerated().flatMap { place, session -> [Bar] in
      without.contains(place) ? [] : quiet(session, id: id, price: price, volume: volume)
    }
  }

  /// One whole session.
  func quiet(_ session: Session, id: UInt32 = 0, price: Double = 20, volume: Double = Self.volume) -> [Bar] {
    (0..<session.minutes / 5).map { slot in
      var bar = bar(session, slot, id, price, volume)
      if slot == 0 { (bar.high, bar.low) = (price * 1.02, price * 0.98) }
      return bar
    }
  }

  /// Bars of the scripted session (or one after it) from a slot on: the price as a multiple of the quiet one, and the
  /// volume.
  func script(
    _ steps: [(price: Double, volume: Double)], from slot: Int = 0, id: UInt32 = 0, session distance: Int = 0
  ) -> [Bar] {
    var last = 20.0
    return steps.enumerated().map { place, step in
      var bar = bar(session(distance), slot + place, id, 20 * step.price, Self.volume * step.volume)
      (bar.open, bar.high, bar.low) = (last, max(last, bar.close), min(last, bar.close))
      last = bar.close
      return bar
    }
  }

  private func bar(_ session: Session, _ slot: Int, _ id: UInt32, _ price: Double, _ volume: Double) -> Bar {
    let start = session.open.adding(seconds: Int64(slot) * 300)
    return Bar(
      start: start, end: start.adding(seconds: 300), open: price, high: price, low: price, close: price,
      volume: volume, instrument: InstrumentID(id))
  }
}
