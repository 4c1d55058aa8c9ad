import PluginSDK
import TradingTypes

/// A bar's prices in billionths.
private struct Span {
  var open: Int64
  var high: Int64
  var low: Int64
  var close: Int64
  var end: Int64

  init?(_ bar: Bar) {
    guard let open = Price(bar.open)?.nanos, let high = Price(bar.high)?.nanos, let low = Price(bar.low)?.nanos,
      let close = Price(bar.close)?.nanos, low > 0
    else { return nil }
    self.open = open
    self.high = high
    self.low = low
    self.close = close
    end = bar.end.nanoseconds
  }
}

extension PaperVenue {
  /// Takes a finished bar and lets its range work on the orders from before its end, in the order that is worst for the
  /// account: stops at their old level, then trailing stops after the bar's extreme, then limits, then the close.
  ///
  /// When no quote came since the last bar, the bar's open stands in for it first. A bar at or before the last one
  /// processed changes nothing and is told again. False: not a usable bar.
  public mutating func onBar(_ bar: Bar, session: SessionFlags, into told: inout Told) -> Bool {
    takeQuietly(bar, session) || take(bar, session, into: &told)
  }

  /// Takes a bar that concerns no order; false: it does, or it is not usable.
  @inline(__always)
  mutating func takeQuietly(_ bar: Bar, _ session: SessionFlags) -> Bool {
    let b = Int(bar.instrument.index)
    guard b < books.count else { return false }
    detach()
    return books[b].takeQuietly(bar, session)
  }

  /// Takes a bar after ``takeQuietly(_:_:)`` did not.
  mutating func take(_ bar: Bar, _ session: SessionFlags, into told: inout Told) -> Bool {
    let b = Int(bar.instrument.index)
    guard b < books.count, bar.isUsable, session.rawValue <= 3, let span = Span(bar) else { return false }
    guard span.end > books[b].lastBar else {
      tellEvent(.bar, b, span.end, into: &told)
      return true
    }
    work(b, span, bar, session)
    tellCall(into: &told)
    return true
  }

  private mutating func work(_ b: Int, _ span: Span, _ bar: Bar, _ session: SessionFlags) {
    beginCall()
    moment.cause = .bar
    moment.time = span.end
    let begins = books[b].begins(withBar: session.contains(.first))
    if begins {
      moment.since = span.end - 1
      if books[b].isInSession { endSession(b, upTo: .max) }
      books[b].beginSession()
    }
    let share = settings.share(of: bar.volume, step: books[b].step)
    moment.volume = share == .max ? .max : max(0, share - books[b].used)
    moment.low = span.low
    moment.high = span.high
    if books[b].last == 0 { meetOpen(b, span.open, isOpening: begins) }
    moment.isPrice = false
    moment.since = span.end
    workStops(b, span)
    workLimits(b, .sell, span)
    workLimits(b, .buy, span)
    if session.contains(.last) {
      workAtClose(b, .sell, span)
      workAtClose(b, .buy, span)
      endSession(b, upTo: span.end)
    }
    books[b].close(at: bar.close, volume: bar.volume, end: span.end, isLast: session.contains(.last))
    sweep(b)
  }

  /// Nobody quoted the open of this bar: orders meet it now.
  private mutating func meetOpen(_ b: Int, _ open: Int64, isOpening: Bool) {
    moment.isPrice = true
    moment.since = moment.time - 1
    (moment.last, moment.bid, moment.ask) = (open, open, open)
    (moment.hasBid, moment.hasAsk, moment.isOpening) = (false, false, isOpening)
    workAllAtPrice(b)
  }

  /// Whether a bar's range works on an order: it was in the market before the bar ended.
  private func isExposed(_ n: Int, _ span: Span) -> Bool {
    orders[n].isWorking && resting[Int(orders[n].slot)].acceptedAt < span.end
  }

  private mutating func workStops(_ b: Int, _ span: Span) {
    var place = books[b].firstWorking
    while place != Order.none {
      let n = Int(place)
      defer { place = orders[n].nextWorking }
      guard isExposed(n, span), conduct(of: n) == .stop else { continue }
      let (side, slot) = (orders[n].side, Int(orders[n].slot))
      if isTouched(resting[slot].stop, side, by: side == .sell ? span.low : span.high) {
        fillStop(n, at: resting[slot].stop)
      } else if orders[n].type == .trailingStop {
        // It followed the bar's best price; a close beyond it proves that the price came back through it.
        trail(n, side == .sell ? span.high : span.low)
        if isTouched(resting[slot].stop, side, by: span.close) { fillStop(n, at: resting[slot].stop) }
      }
    }
  }

  private func isTouched(_ stop: Int64, _ side: Side, by price: Int64) -> Bool {
    stop != 0 && (side == .sell ? price <= stop : price >= stop)
  }

  private mutating func fillStop(_ n: Int, at stop: Int64) {
    let side = orders[n].side
    trigger(n)
    let base = min(max(stop, moment.low), moment.high)
    let limit = orders[n].type == .stopLimit ? resting[Int(orders[n].slot)].limit : nil
    if let limit, side == .buy ? base > limit : base < limit { return }
    execute(n, at: bounded(settings.marketable(side, base: base, isTwoSided: false) ?? .max, side, limit))
  }

  private mutating func workLimits(_ b: Int, _ side: Side, _ span: Span) {
    var place = books[b].firstWorking
    while place != Order.none {
      let n = Int(place)
      defer { place = orders[n].nextWorking }
      guard orders[n].side == side, isExposed(n, span), conduct(of: n) == .limit,
        orders[n].timeInForce == .day || orders[n].timeInForce == .gtc
      else { continue }
      let slot = Int(orders[n].slot)
      let limit = resting[slot].limit
      // A stop-limit that triggered in this bar waits: whether its limit traded afterwards is not known.
      guard resting[slot].triggeredAt < span.end, side == .buy ? span.low <= limit : span.high >= limit else {
        continue
      }
      execute(n, at: min(max(limit, span.low), span.high))
    }
  }

  /// Orders for the session's closing price.
  private mutating func workAtClose(_ b: Int, _ side: Side, _ span: Span) {
    var place = books[b].firstWorking
    while place != Order.none {
      let n = Int(place)
      defer { place = orders[n].nextWorking }
      guard orders[n].side == side, isExposed(n, span), orders[n].timeInForce == .cls else { continue }
      let limit = orders[n].type == .limit ? resting[Int(orders[n].slot)].limit : nil
      if let limit, side == .buy ? span.close > limit : span.close < limit { continue }
      let price = settings.marketable(side, base: span.close, isTwoSided: false) ?? .max
      execute(n, at: bounded(price, side, limit))
    }
  }

  /// The exit that an entry filled inside this bar brought: the bar's low is taken to have come after the entry, its
  /// high before.
  mutating func workAfterEntry(_ n: Int, at entry: Int64) {
    guard conduct(of: n) == .stop else { return }
    let stop = resting[Int(orders[n].slot)].stop
    if moment.low <= stop { fillStop(n, at: min(stop, entry)) }
  }

  /// Ends what lived for the session, unless it came at or after an instant.
  mutating func endSession(_ b: Int, upTo end: Int64) {
    var place = books[b].firstWorking
    while place != Order.none {
      let n = Int(place)
      defer { place = orders[n].nextWorking }
      guard orders[n].isWorking else { continue }
      switch orders[n].timeInForce {
      case .day, .opg, .cls:
        let slot = Int(orders[n].slot)
        // At a bar's end, what came before it; at the next open of a session whose end nobody told, what was of it.
        if end != .max ? resting[slot].acceptedAt < end : resting[slot].session <= books[b].session {
          close(n, .expired, .sessionEnded)
        }
      case .gtc, .ioc, .fok: break
      }
    }
  }
}
