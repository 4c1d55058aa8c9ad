import PluginSDK
import TradingTypes

// What the venue refuses, and why.
//
// Nothing here changes the venue. What every order runs through is mutating all the same: a call that only reads a value
// of this size copies it first.
extension PaperVenue {
  /// Checks a request and works out its terms.
  @inline(never)
  mutating func check(_ request: OrderRequest, _ terms: inout Resting) throws(Refusal) {
    try checkInstrument(request)
    try checkPrices(request, &terms)
    if !request.ocoGroup.isEmpty {
      terms.group = request.ocoGroup
      try checkGroup(request)
    }
    terms.reserved = try checkMeans(
      request, limit: terms.limit, stop: terms.stop, distance: terms.distance, group: terms.group)
  }

  /// Checks a market order that names nothing else, and answers the cash to hold back.
  @inline(__always)
  mutating func checkPlain(_ request: OrderRequest) throws(Refusal) -> Int64 {
    try checkInstrument(request)
    return try checkMeans(request, limit: 0, stop: 0, distance: 0, group: ShortText())
  }

  @inline(__always)
  private mutating func checkInstrument(_ request: OrderRequest) throws(Refusal) {
    let b = Int(request.instrument.index)
    guard b < books.count else {
      throw Refusal(reason: .unknownInstrument, expected: Int64(books.count), found: Int64(b))
    }
    guard books[b].isPayable else { throw Refusal(reason: .currencyMismatch) }
    try checkQuantity(request.quantity.nanos, b)
  }

  /// Checks that the account can pay for a buy or has what is to be sold; answers the cash to hold back.
  @inline(__always)
  private mutating func checkMeans(
    _ request: OrderRequest, limit: Int64, stop: Int64, distance: Int64, group: ShortText
  ) throws(Refusal) -> Int64 {
    let b = Int(request.instrument.index)
    guard request.side == .buy else {
      try checkSale(of: request.quantity.nanos, group: group, except: nil, b)
      return 0
    }
    let reserved = try need(
      of: request.quantity.nanos, type: request.type, limit: limit, stop: stop, distance: distance, b)
    guard reserved <= buyingPowerNanos else {
      throw Refusal(reason: .insufficientBuyingPower, expected: buyingPowerNanos, found: reserved)
    }
    return reserved
  }

  @inline(__always)
  mutating func checkQuantity(_ quantity: Int64, _ b: Int) throws(Refusal) {
    guard quantity > 0 else { throw Refusal(reason: .quantityNotPositive, found: quantity) }
    guard quantity % books[b].step == 0 else {
      throw Refusal(reason: .quantityOffStep, expected: books[b].step, found: quantity)
    }
  }

  private mutating func checkPrices(_ request: OrderRequest, _ terms: inout Resting) throws(Refusal) {
    let b = Int(request.instrument.index)
    let usesLimit = request.type == .limit || request.type == .stopLimit
    let usesStop = request.type == .stop || request.type == .stopLimit
    let isTrailing = request.type == .trailingStop
    terms.limit = try price(request.limitPrice, isUsed: usesLimit, isNeeded: usesLimit, b)
    terms.stop = try price(request.stopPrice, isUsed: usesStop || isTrailing, isNeeded: usesStop, b)
    terms.distance = try distance(request.trailingDistance, isUsed: isTrailing)
    if usesStop || isTrailing {
      guard request.timeInForce == .day || request.timeInForce == .gtc else {
        throw Refusal(reason: .timeInForceUnsupported)
      }
    }
    if isTrailing, terms.stop == 0, books[b].reference != 0 {
      terms.stop = trailed(request.side, stop: 0, distance: terms.distance, price: books[b].reference, b)
    }
    if request.takeProfitPrice != nil || request.stopLossPrice != nil { terms.bracket = try bracket(request) }
  }

  private mutating func bracket(_ request: OrderRequest) throws(Refusal) -> Bracket {
    let b = Int(request.instrument.index)
    guard request.side == .buy else { throw Refusal(reason: .bracketNeedsBuy) }
    var bracket = Bracket()
    bracket.takeProfit = try price(request.takeProfitPrice, isUsed: true, isNeeded: false, b)
    bracket.stopLoss = try price(request.stopLossPrice, isUsed: true, isNeeded: false, b)
    guard bracket.takeProfit == 0 || bracket.takeProfit > bracket.stopLoss else {
      throw Refusal(reason: .bracketCrossed, expected: bracket.stopLoss, found: bracket.takeProfit)
    }
    let id = request.clientOrderID
    guard let takeProfit = id.appending("-tp"), let stopLoss = id.appending("-sl") else {
      throw Refusal(reason: .clientIDTooLong, expected: Int64(ShortText.capacity - 3), found: Int64(id.count))
    }
    guard bracket.takeProfit == 0 || index.find(takeProfit, in: orders) == nil,
      bracket.stopLoss == 0 || index.find(stopLoss, in: orders) == nil
    else { throw Refusal(reason: .clientIDTaken) }
    return bracket
  }

  private mutating func price(_ price: Price?, isUsed: Bool, isNeeded: Bool, _ b: Int) throws(Refusal) -> Int64 {
    guard let nanos = price?.nanos else {
      guard !isNeeded else { throw Refusal(reason: .priceMissing) }
      return 0
    }
    guard isUsed else { throw Refusal(reason: .priceNotUsed, found: nanos) }
    try checkPrice(nanos, b)
    return nanos
  }

  mutating func checkPrice(_ nanos: Int64, _ b: Int) throws(Refusal) {
    guard nanos > 0 else { throw Refusal(reason: .priceNotPositive, found: nanos) }
    let tick = books[b].tick(at: nanos)
    guard nanos % tick == 0 else { throw Refusal(reason: .priceOffTick, expected: tick, found: nanos) }
  }

  private mutating func distance(_ distance: Price?, isUsed: Bool) throws(Refusal) -> Int64 {
    guard let nanos = distance?.nanos else {
      guard !isUsed else { throw Refusal(reason: .priceMissing) }
      return 0
    }
    guard isUsed else { throw Refusal(reason: .priceNotUsed, found: nanos) }
    guard nanos > 0 else { throw Refusal(reason: .priceNotPositive, found: nanos) }
    return nanos
  }

  private func checkGroup(_ request: OrderRequest) throws(Refusal) {
    for b in books.indices where !books[b].isQuiet {
      for place in working(b) {
        let order = orders[Int(place)]
        guard order.isWorking, resting[Int(order.slot)].group == request.ocoGroup else { continue }
        guard order.instrument == request.instrument.index, order.side == request.side else {
          throw Refusal(reason: .ocoGroupMixed)
        }
      }
    }
  }

  /// Long only: working sells never exceed the position; of an OCO group the largest order counts.
  @inline(__always)
  mutating func checkSale(of quantity: Int64, group: ShortText, except: Int?, _ b: Int) throws(Refusal) {
    guard !books[b].isQuiet else {
      guard quantity <= books[b].position else {
        throw Refusal(reason: .exceedsPosition, expected: books[b].position, found: quantity)
      }
      return
    }
    try checkSaleBesideOthers(of: quantity, group: group, except: except, b)
  }

  @inline(never)
  private mutating func checkSaleBesideOthers(
    of quantity: Int64, group: ShortText, except: Int?, _ b: Int
  ) throws(Refusal) {
    var others: Int64 = 0
    var ownGroup: Int64 = 0
    let working = working(b)
    for (at, place) in working.enumerated() {
      let n = Int(place)
      let order = orders[n]
      guard n != except, order.isWorking, order.side == .sell else { continue }
      let name = resting[Int(order.slot)].group
      if name.isEmpty {
        others += order.remaining
      } else if name == group {
        ownGroup = max(ownGroup, order.remaining)
      } else if isFirstOfGroup(name, in: working[..<at]) {
        others += largest(of: name, in: working)
      }
    }
    let free = books[b].position - others
    guard max(quantity, ownGroup) <= free else {
      throw Refusal(reason: .exceedsPosition, expected: max(free, 0), found: quantity)
    }
  }

  private func isFirstOfGroup(_ group: ShortText, in earlier: ArraySlice<UInt32>) -> Bool {
    !earlier.contains { place in
      let order = orders[Int(place)]
      return order.isWorking && resting[Int(order.slot)].group == group
    }
  }

  private func largest(of group: ShortText, in working: [UInt32]) -> Int64 {
    var largest: Int64 = 0
    for place in working {
      let order = orders[Int(place)]
      if order.isWorking, resting[Int(order.slot)].group == group { largest = max(largest, order.remaining) }
    }
    return largest
  }

  /// The cash that the rest of a buy is expected to take, fee included; 0 while no price is known.
  @inline(__always)
  mutating func need(
    of quantity: Int64, type: OrderType, limit: Int64, stop: Int64, distance: Int64, _ b: Int
  ) throws(Refusal) -> Int64 {
    let ask = books[b].last != 0 && books[b].ask != 0
    let market = ask ? books[b].ask : books[b].reference
    let price: Int64?
    switch type {
    case .limit, .stopLimit: price = limit
    case .market: price = settings.marketable(.buy, base: market, isTwoSided: ask)
    case .stop, .trailingStop: price = settings.marketable(.buy, base: stop, isTwoSided: false)
    }
    guard let price, let value = Exact.value(price, quantity, roundedUp: true), let fee = settings.fee(on: value)
    else { throw Refusal(reason: .valueOverflow, expected: price ?? .max, found: quantity) }
    let (sum, overflow) = value.addingReportingOverflow(fee)
    guard !overflow else { throw Refusal(reason: .valueOverflow, expected: price, found: quantity) }
    return sum
  }
}
