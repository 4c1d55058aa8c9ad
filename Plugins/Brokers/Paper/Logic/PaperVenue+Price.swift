import PluginSDK
import TradingTypes

extension PaperVenue {
  /// Takes a price: a session's or bar's open, or a live quote.
  ///
  /// Orders meet it in this order: market sells, market buys, stops, limits. A due exit is thus out before the stop is
  /// looked at, and a stop that the market jumped over fills here, at the price and not at the stop. A quote at or
  /// before the last one processed changes nothing and is told again. False: not a usable quote.
  public mutating func onQuote(_ quote: Quote, into told: inout Told) -> Bool {
    takeQuietly(quote) || take(quote, into: &told)
  }

  /// Takes a quote that concerns no order; false: it does, or it is not usable.
  @inline(__always)
  mutating func takeQuietly(_ quote: Quote) -> Bool {
    let b = Int(quote.instrument.index)
    guard b < books.count else { return false }
    detach()
    return books[b].takeQuietly(quote)
  }

  /// Takes a quote after ``takeQuietly(_:)`` did not.
  @inline(__always)
  mutating func take(_ quote: Quote, into told: inout Told) -> Bool {
    let b = Int(quote.instrument.index)
    guard b < books.count, quote.isUsable else { return false }
    let time = quote.time.nanoseconds
    guard time > books[b].lastQuote, time >= books[b].lastBar else {
      tellEvent(.quote, b, time, into: &told)
      return true
    }
    beginCall()
    moment.cause = .quote
    moment.time = time
    moment.since = time
    let isOpening = quote.session.contains(.first)
    if isOpening {
      if books[b].isInSession { endSession(b, upTo: .max) }
      books[b].beginSession()
    }
    books[b].observe(quote, isOpening: isOpening)
    meetPresentQuote(b)
    workAllAtPrice(b)
    sweep(b)
    tellCall(into: &told)
    return true
  }

  /// Sets the moment to the present quote of an instrument.
  @inline(__always)
  mutating func meetPresentQuote(_ b: Int) {
    let book = books.address(b)
    moment.isPrice = true
    moment.last = book.pointee.last
    moment.bid = book.pointee.bid != 0 ? book.pointee.bid : book.pointee.last
    moment.ask = book.pointee.ask != 0 ? book.pointee.ask : book.pointee.last
    moment.hasBid = book.pointee.bid != 0
    moment.hasAsk = book.pointee.ask != 0
    moment.isOpening = book.pointee.isOpening
    moment.low = 0
    moment.high = .max
    // The bar's own volume is not known before its end: the share is of the bar before.
    let volume = book.pointee.previousVolume
    if settings.volumeShareNanos == 0 || volume < 0 {
      moment.volume = .max
    } else {
      moment.volume = max(0, settings.share(of: volume, step: book.pointee.step) - book.pointee.used)
    }
  }

  /// Lets every working order meet the price, then ends those that only wanted this one.
  @inline(__always)
  mutating func workAllAtPrice(_ b: Int) {
    let book = books.address(b)
    if book.pointee.firstWorking == book.pointee.lastWorking {
      guard !book.pointee.isQuiet else { return }
      let n = Int(book.pointee.firstWorking)
      let order = orders.address(n)
      guard order.pointee.isWorking else { return }
      if order.pointee.type == .market { workMarketOrder(n) } else { workAtPrice(n) }
      endImmediate(n)
      // A bracket's exits have met the price when they came.
    } else {
      workManyAtPrice(b)
    }
  }

  @inline(never)
  private mutating func workManyAtPrice(_ b: Int) {
    for turn in 0..<6 {
      var place = books[b].firstWorking
      while place != Order.none {
        let n = Int(place)
        defer { place = orders[n].nextWorking }
        if orders[n].isWorking, self.turn(of: n) == turn { workAtPrice(n) }
      }
    }
    var place = books[b].firstWorking
    while place != Order.none {
      let n = Int(place)
      endImmediate(n)
      place = orders[n].nextWorking
    }
  }

  @inline(__always)
  private func turn(of n: Int) -> Int {
    let side = orders[n].side == .sell ? 0 : 1
    switch conduct(of: n) {
    case .market: return side
    case .stop: return 2 + side
    case .limit: return 4 + side
    }
  }

  @inline(__always)
  func conduct(of n: Int) -> Conduct {
    switch orders[n].type {
    case .market: .market
    case .limit: .limit
    case .stop, .trailingStop: resting[Int(orders[n].slot)].isTriggered ? .market : .stop
    case .stopLimit: resting[Int(orders[n].slot)].isTriggered ? .limit : .stop
    }
  }

  /// Lets one working market order meet the price.
  @inline(__always)
  private mutating func workMarketOrder(_ n: Int) {
    if isForAnotherPrice(n) { return }
    fillAtPrice(n, limit: nil)
  }

  /// Whether an order waits for another price of the session.
  @inline(__always)
  private func isForAnotherPrice(_ n: Int) -> Bool {
    let timeInForce = orders[n].timeInForce
    return timeInForce == .cls || timeInForce == .opg && !moment.isOpening
  }

  /// Lets one working order meet the price.
  @inline(never)
  mutating func workAtPrice(_ n: Int) {
    if isForAnotherPrice(n) { return }
    let slot = Int(orders[n].slot)
    switch conduct(of: n) {
    case .market: fillAtPrice(n, limit: nil)
    case .limit: fillAtPrice(n, limit: resting[slot].limit)
    case .stop:
      let stop = resting[slot].stop
      if stop != 0, orders[n].side == .sell ? moment.last <= stop : moment.last >= stop {
        trigger(n)
        fillAtPrice(n, limit: orders[n].type == .stopLimit ? resting[slot].limit : nil)
      } else if orders[n].type == .trailingStop {
        trail(n, moment.last)
      }
    }
  }

  @inline(__always)
  private mutating func fillAtPrice(_ n: Int, limit: Int64?) {
    let side = orders[n].side
    let base = side == .buy ? moment.ask : moment.bid
    if let limit, side == .buy ? base > limit : base < limit { return }
    let isTwoSided = side == .buy ? moment.hasAsk : moment.hasBid
    let price = settings.marketable(side, base: base, isTwoSided: isTwoSided) ?? .max
    execute(n, at: bounded(price, side, limit))
  }

  /// A price inside the bar's range and not worse than a limit.
  @inline(__always)
  func bounded(_ price: Int64, _ side: Side, _ limit: Int64?) -> Int64 {
    var price = min(max(price, moment.low), moment.high)
    if let limit { price = side == .buy ? min(price, limit) : max(price, limit) }
    return max(price, 1)
  }

  /// What was to fill at once or at the open ends with the first price it met.
  @inline(__always)
  mutating func endImmediate(_ n: Int) {
    let order = orders.address(n)
    guard order.pointee.isWorking else { return }
    switch order.pointee.timeInForce {
    case .ioc: close(n, .cancelled, .immediateOrCancel)
    case .fok: close(n, .cancelled, .fillOrKill)
    case .opg where moment.isOpening: close(n, .expired, .notAtOpen)
    default: break
    }
  }
}

// MARK: - Stops

extension PaperVenue {
  mutating func trigger(_ n: Int) {
    resting[Int(orders[n].slot)].triggeredAt = moment.since
    log(.triggered, n)
  }

  /// Moves a trailing stop after a price, never away from it.
  mutating func trail(_ n: Int, _ price: Int64) {
    let slot = Int(orders[n].slot)
    let stop = resting[slot].stop
    let b = Int(orders[n].instrument)
    let moved = trailed(orders[n].side, stop: stop, distance: resting[slot].distance, price: price, b)
    guard moved != stop else { return }
    resting[slot].stop = moved
    log(.replaced, n)
  }

  /// Where a trailing stop stands after a price: the distance away, rounded to the tick toward the price but short of
  /// it; never looser than it stood.
  func trailed(_ side: Side, stop: Int64, distance: Int64, price: Int64, _ b: Int) -> Int64 {
    switch side {
    case .sell:
      let (raw, overflow) = price.subtractingReportingOverflow(distance)
      guard !overflow, raw > 0 else { return stop }
      let tick = books[b].tick(at: raw)
      let near = Exact.ceiling(raw, to: tick)
      return max(stop, near < price ? near : Exact.floor(raw, to: tick))
    case .buy:
      let (raw, overflow) = price.addingReportingOverflow(distance)
      guard !overflow else { return stop }
      let tick = books[b].tick(at: raw)
      let near = Exact.floor(raw, to: tick)
      let candidate = near > price ? near : Exact.ceiling(raw, to: tick)
      return stop == 0 ? candidate : min(stop, candidate)
    }
  }
}
