import PluginSDK
import TradingTypes

@testable import PaperLogic

/// SplitMix64, so that a seed names a scenario for ever.
struct Dice {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed }

  mutating func below(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    z ^= z >> 31
    return Int(((z >> 32) &* UInt64(bound)) >> 32)
  }

  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
  mutating func of<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }
}

/// What the market or the host does next.
enum Step {
  case quote(Quote)
  case bar(Bar, SessionFlags)
  case place(OrderRequest)
  case cancel(ShortText)
  case replace(ShortText, Quantity, Price?, Price?)
}

/// A random market of a few instruments and a random host, fixed by a seed; it does not look at any outcome.
struct Scenario {
  static let instruments = 3
  private(set) var steps: [Step] = []
  private var dice: Dice
  private var cents = [1000, 2500, 90]
  private var ids: [String] = []
  private var now: Int64 = 0

  init(seed: UInt64, sessions: Int) {
    dice = Dice(seed)
    for _ in 0..<sessions { session() }
  }

  private mutating func session() {
    let bars = dice.chance(50) ? 1 : 1 + dice.below(3)
    for bar in 0..<bars {
      let last = bar == bars - 1
      now += 1_000_000
      let opens = cents.map { gap($0) }
      let present = opens.map { _ in !dice.chance(10) }
      for (place, open) in opens.enumerated() where present[place] && !dice.chance(8) {
        quote(place, open, bar == 0 ? .first : [])
        requests(place)
      }
      now += 1_000_000
      for place in 0..<Scenario.instruments where present[place] {
        endBar(place, open: opens[place], bar == 0 ? (last ? [.first, .last] : .first) : (last ? .last : []))
        requests(place)
      }
    }
  }

  private mutating func gap(_ cents: Int) -> Int { max(5, cents + cents * (dice.below(81) - 40) / 1000) }

  private mutating func quote(_ place: Int, _ open: Int, _ session: SessionFlags) {
    var quote = Quote(
      instrument: InstrumentID(UInt32(place)), time: Timestamp(nanoseconds: now), last: price(open), session: session)
    if dice.chance(15) {
      quote.bid = price(open - 1)
      quote.ask = price(open + 1)
    }
    steps.append(.quote(quote))
  }

  private mutating func endBar(_ place: Int, open: Int, _ session: SessionFlags) {
    let close = gap(open)
    let high = max(open, close) * (1000 + dice.below(30)) / 1000
    let low = max(4, min(open, close) * (1000 - dice.below(30)) / 1000)
    let volume = dice.chance(5) ? 0 : Double(dice.below(4000))
    steps.append(
      .bar(
        Bar(
          start: Timestamp(nanoseconds: now - 1_000_000), end: Timestamp(nanoseconds: now), open: price(open).double,
          high: price(high).double, low: price(low).double, close: price(close).double, volume: volume,
          instrument: InstrumentID(UInt32(place))), session))
    cents[place] = close
  }

  private func price(_ cents: Int) -> Price { Price(nanos: Int64(max(cents, 1)) * 10_000_000) }

  private mutating func requests(_ place: Int) {
    while dice.chance(55) {
      now += 1
      switch dice.below(10) {
      case 0 where !ids.isEmpty: steps.append(.cancel(ShortText(dice.of(ids))!))
      case 1 where !ids.isEmpty, 2 where !ids.isEmpty: replace(place)
      case 3, 4: protect(place)
      default: steps.append(.place(order(place, dice.chance(60) ? .buy : .sell, group: "")))
      }
    }
  }

  private mutating func replace(_ place: Int) {
    let id = dice.of(ids)
    steps.append(
      .replace(
        ShortText(id)!, Quantity(nanos: Int64(1 + dice.below(150)) * 1_000_000_000),
        dice.chance(50) ? price(gap(cents[place])) : nil, dice.chance(30) ? price(gap(cents[place])) : nil))
  }

  /// A stop and a target in one group, sometimes with an exit that joins it.
  private mutating func protect(_ place: Int) {
    let group = "g\(ids.count)"
    let quantity = 1 + dice.below(120)
    for kind in 0..<(dice.chance(30) ? 3 : 2) {
      var request = order(place, .sell, group: group)
      request.quantity = Quantity(nanos: Int64(quantity) * 1_000_000_000)
      request.type = kind == 0 ? .stop : kind == 1 ? .limit : .market
      request.timeInForce = .gtc
      request.trailingDistance = nil
      request.stopPrice = kind == 0 ? price(cents[place] * 98 / 100) : nil
      request.limitPrice = kind == 1 ? price(cents[place] * 102 / 100) : nil
      steps.append(.place(request))
    }
  }

  private mutating func order(_ place: Int, _ side: Side, group: String) -> OrderRequest {
    let type = dice.of(OrderType.allCases)
    let isStop = type == .stop || type == .stopLimit || type == .trailingStop
    var request = OrderRequest(
      clientOrderID: ShortText("o\(ids.count)")!, instrument: InstrumentID(UInt32(place)), side: side, type: type,
      timeInForce: isStop ? dice.of([.day, .gtc]) : dice.of(TimeInForce.allCases),
      quantity: Quantity(nanos: Int64(1 + dice.below(150)) * 1_000_000_000), ocoGroup: ShortText(group)!,
      createdAt: Timestamp(nanoseconds: now))
    ids.append(request.clientOrderID.description)
    if type == .limit || type == .stopLimit { request.limitPrice = price(gap(cents[place])) }
    if type == .stop || type == .stopLimit { request.stopPrice = price(gap(cents[place])) }
    if type == .trailingStop { request.trailingDistance = price(1 + dice.below(max(2, cents[place] / 20))) }
    if side == .buy, dice.chance(40) {
      request.stopLossPrice = price(cents[place] * (94 + dice.below(5)) / 100)
      if dice.chance(60) {
        request.takeProfitPrice = price(cents[place] * (102 + dice.below(5)) / 100)
        // Now and then the host touches the target; never the stop-loss, which is what must hold.
        ids.append("\(request.clientOrderID)-tp")
      }
    }
    return request
  }
}
