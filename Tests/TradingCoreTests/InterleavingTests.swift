import Testing
import TradingTypes

@testable import TradingCore

/// A venue that fills, cancels, rejects and forgets at random, without help from OCO: the hardest one to be right on.
private struct RandomVenue {
  struct Working {
    var order: (number: OrderNumber, request: OrderRequest)
    var quantity: Int64
    var filled: Int64 = 0
  }

  var working: [Working] = []
  var bought: Int64 = 0
  var sold: Int64 = 0

  var exits: Int64 {
    working.filter { $0.order.request.side == .sell }.reduce(0) { $0 + $1.quantity - $1.filled }
  }
}

@Suite struct `Random interleavings` {
  private static func units(_ nanos: Int64) -> String { Quantity(nanos: nanos).description }

  /// One step of the venue: something happens to one working order.
  private static func act(_ venue: inout RandomVenue, _ h: CoreHarness, _ random: inout SplitMix64) {
    guard !venue.working.isEmpty else { return }
    let index = Int(random.below(UInt64(venue.working.count)))
    let item = venue.working[index]
    let isBuy = item.order.request.side == .buy
    let held = venue.bought - venue.sold
    switch random.below(6) {
    case 0:
      venue.working.remove(at: index)
      h.report(item.order, .cancelled)
    case 1 where item.filled == 0 && isBuy:
      venue.working.remove(at: index)
      h.report(item.order, .rejected)
    default:
      let open = item.quantity - item.filled
      var amount = min(open, Int64(1 + random.below(5)) * 1_000_000_000)
      if !isBuy { amount = min(amount, held) }
      guard amount > 0 else { return }
      venue.working[index].filled += amount
      if isBuy { venue.bought += amount } else { venue.sold += amount }
      let done = venue.working[index].filled == item.quantity
      let cumulative = venue.working[index].filled
      if done { venue.working.remove(at: index) }
      // What one leg of a group fills, the others shrink by.
      if !isBuy { shrink(&venue, by: amount, except: item.order.number, h) }
      h.fill(item.order, units(amount), at: "100", cumulative: units(cumulative))
    }
  }

  private static func shrink(
    _ venue: inout RandomVenue, by amount: Int64, except number: OrderNumber, _ h: CoreHarness
  ) {
    for index in venue.working.indices.reversed()
    where venue.working[index].order.request.side == .sell && venue.working[index].order.number != number {
      venue.working[index].quantity -= amount
      if venue.working[index].quantity <= venue.working[index].filled {
        let gone = venue.working.remove(at: index)
        h.report(gone.order, .cancelled)
      } else {
        h.report(venue.working[index].order, .replaced, units(venue.working[index].quantity))
      }
    }
  }

  private static func settle(_ venue: inout RandomVenue, _ h: CoreHarness) {
    for order in h.takePlaced() {
      venue.working.append(.init(order: order, quantity: order.request.quantity.nanos))
      h.accept(order)
    }
    let rest = h.effects
    h.effects.removeAll()
    for effect in rest {
      switch effect {
      case .replace(let number, _, let quantity, let stop):
        guard let index = venue.working.firstIndex(where: { $0.order.number == number }) else {
          h.external(.replaced(number, .notFound, reason: ""))
          continue
        }
        venue.working[index].quantity = quantity.nanos
        h.report(venue.working[index].order, .replaced, units(quantity.nanos), stop: stop.description)
      case .cancel(let number, _):
        guard let index = venue.working.firstIndex(where: { $0.order.number == number }) else {
          h.external(.cancelled(number, .notFound, reason: ""))
          continue
        }
        let gone = venue.working.remove(at: index)
        h.report(gone.order, .cancelled)
      default: break
      }
    }
    if !h.takePlacedIsEmpty { settle(&venue, h) }
  }

  /// A random session: entries with stops, targets, trailing stops and time stops, exits, and a market that moves.
  private static func play(_ seed: Int, looksAtEveryInstant: Bool) -> (history: [String], counters: Counters) {
    var random = SplitMix64(seed: UInt64(seed))
    let h = CoreHarness(symbols: ["AAA"])
    h.looksAtEveryInstant = looksAtEveryInstant
    var venue = RandomVenue()
    var price = 100.0
    for _ in 0..<120 {
      price += (Double(random.below(201)) - 100) / 100
      h.bar(price, high: price + Double(random.below(100)) / 100)
      settle(&venue, h)
      act(&venue, h, &random)
      settle(&venue, h)
      guard random.below(4) == 0 else { continue }
      var wish = h.proposal(
        quantity: "10", close: price, stop: random.below(2) == 0 ? "0" : "90",
        target: random.below(3) == 0 ? "130" : "0")
      if random.below(3) == 0 { wish.trailingDistance = Price("2")! }
      if random.below(3) == 0 { wish.timeStopCloses = UInt32(1 + random.below(9)) }
      if random.below(3) == 0 {
        wish.action = .exit
        wish.exitReason = .strategy
      }
      h.raise(wish)
      settle(&venue, h)
    }
    return (h.history, h.counters)
  }

  @Test(arguments: 0..<200) func `a quiet core finds nothing to do`(_ seed: Int) {
    let sparing = Self.play(seed, looksAtEveryInstant: false)
    let thorough = Self.play(seed, looksAtEveryInstant: true)
    #expect(sparing.counters == thorough.counters, "seed \(seed)")
    let difference = zip(sparing.history, thorough.history).first { $0 != $1 }
    #expect(difference == nil, "seed \(seed)")
    #expect(sparing.history.count == thorough.history.count, "seed \(seed)")
  }

  @Test(arguments: 0..<400) func `exits never exceed the position and no filled part stays naked`(_ seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let h = CoreHarness(symbols: ["AAA"])
    var venue = RandomVenue()
    h.bar(100)
    h.raise(h.proposal(quantity: "10", stop: "90", target: random.below(2) == 0 ? "120" : "0"))
    for _ in 0..<60 {
      Self.settle(&venue, h)
      let held = venue.bought - venue.sold
      for kind in [OrderType.stop, .limit, .market] {
        let leg = venue.working.filter { $0.order.request.side == .sell && $0.order.request.type == kind }
        let open = leg.reduce(0) { $0 + $1.quantity - $1.filled }
        #expect(open <= held, "\(kind) exits of \(open) for \(held), seed \(seed)")
      }
      #expect(venue.sold <= venue.bought)
      #expect(h.positions.first.map(\.quantity.nanos) ?? 0 == held, "seed \(seed)")
      Self.act(&venue, h, &random)
      Self.settle(&venue, h)
      switch random.below(8) {
      case 0:
        var exit = h.proposal()
        exit.action = .exit
        exit.exitReason = .strategy
        h.raise(exit)
      default: h.bar(100)
      }
      Self.settle(&venue, h)
      let after = venue.bought - venue.sold
      if after > 0 {
        let stops = venue.working.filter { $0.order.request.type == .stop }
        #expect(stops.reduce(0) { $0 + $1.quantity - $1.filled } == after, "naked part, seed \(seed)")
      }
    }
    let cash = 100_000_000_000_000 - (venue.bought - venue.sold) * 100
    #expect(h.cashBalance.nanos == cash)
  }
}

extension CoreHarness {
  var takePlacedIsEmpty: Bool {
    !effects.contains {
      switch $0 {
      case .place, .replace, .cancel: true
      default: false
      }
    }
  }
}
