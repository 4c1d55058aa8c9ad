import PluginSDK
import Testing
import TradingTypes

@testable import PaperLogic

/// Follows a venue by its reports alone and checks every promise after every step.
private struct Auditor {
  var venue: PaperVenue
  let settings: PaperSettings
  var cash: Int64
  var positions: [Int64]
  var cumulative: [ShortText: Int64] = [:]
  var ended: Set<ShortText> = []
  var limits: [ShortText: Int64] = [:]
  var trailing: [ShortText: (side: Side, stop: Int64)] = [:]
  var traded: [Int64]
  var volumes: [Double]
  /// Entries with a stop-loss, and the ids of their exits.
  var brackets: [(entry: ShortText, stop: ShortText, target: ShortText)] = []
  /// How often each kind of report, order type and reason came.
  var seen: [String: Int] = [:]
  var faults: [String] = []

  init(_ settings: PaperSettings) {
    self.settings = settings
    venue = PaperVenue((0..<Scenario.instruments).map { Desk.instrument($0) }, settings: settings)
    cash = settings.cashNanos
    positions = Array(repeating: 0, count: Scenario.instruments)
    traded = positions
    volumes = Array(repeating: -1, count: Scenario.instruments)
  }

  mutating func run(_ step: Step) {
    var told = Told()
    let before = venue.reports.count
    switch step {
    case .quote(let quote): _ = venue.onQuote(quote, into: &told)
    case .bar(let bar, let session): _ = venue.onBar(bar, session: session, into: &told)
    case .place(let request):
      if let limit = request.limitPrice { limits[request.clientOrderID] = limit.nanos }
      if let target = request.takeProfitPrice { limits[request.clientOrderID.appending("-tp")!] = target.nanos }
      if request.stopLossPrice != nil {
        let id = request.clientOrderID
        brackets.append((id, id.appending("-sl")!, id.appending("-tp")!))
      }
      _ = venue.place(request, into: &told)
    case .cancel(let id): _ = venue.cancel(id, now: Timestamp(nanoseconds: 0), into: &told)
    case .replace(let id, let quantity, let limit, let stop):
      let change = venue.replace(
        id, quantity: quantity, limitPrice: limit, stopPrice: stop, now: Timestamp(nanoseconds: 0), into: &told)
      if case .done = change, let limit { limits[id] = limit.nanos }
    }
    for place in before..<venue.reports.count { follow(venue.report(at: UInt32(place)), step) }
    if case .bar(let bar, _) = step { endBar(bar) }
    checkBook()
  }

  /// Every report of the log.
  var reports: [OrderReport] { venue.reports.indices.map { venue.report(at: UInt32($0)) } }

  private mutating func fault(_ text: String) { faults.append("after \(venue.reports.count) reports: \(text)") }

  private mutating func follow(_ report: OrderReport, _ step: Step) {
    let id = report.clientOrderID
    count(report)
    if ended.contains(id) { fault("\(id) told \(report.kind) after its end") }
    switch report.kind {
    case .fill: follow(fill: report, step)
    case .cancelled, .rejected, .expired: ended.insert(id)
    case .accepted, .replaced, .triggered:
      guard report.type == .trailingStop, let stop = report.stopPrice?.nanos else { break }
      if let known = trailing[id], known.side == .sell ? stop < known.stop : stop > known.stop {
        fault("\(id) loosened from \(known.stop) to \(stop)")
      }
      trailing[id] = (report.side, stop)
    }
    if report.cumulative.nanos != cumulative[id, default: 0] { fault("\(id) cumulative \(report.cumulative)") }
  }

  private mutating func count(_ report: OrderReport) {
    seen["\(report.kind)", default: 0] += 1
    let reason = report.reason.prefix { $0 != ":" }
    if !reason.isEmpty { seen["\(reason)", default: 0] += 1 }
    guard report.kind == .fill else { return }
    seen["\(report.type.name) fill", default: 0] += 1
    if report.clientOrderID.description.hasSuffix("-sl") { seen["stop-loss fill", default: 0] += 1 }
    if report.clientOrderID.description.hasSuffix("-tp") { seen["take-profit fill", default: 0] += 1 }
  }

  private mutating func follow(fill report: OrderReport, _ step: Step) {
    let id = report.clientOrderID
    let place = Int(report.instrument.index)
    guard let price = report.price else { return fault("\(id) filled without a price") }
    let buys = report.side == .buy
    let value = Money.notional(price, report.quantity, .usd, rounded: buys ? .up : .down)!
    if value.scaled(byNanos: settings.feeNanos, rounded: .up)!.nanos != report.feeNanos { fault("\(id) fee") }
    cash += (buys ? -value.nanos : value.nanos) - report.feeNanos
    positions[place] += buys ? report.quantity.nanos : -report.quantity.nanos
    cumulative[id, default: 0] += report.quantity.nanos
    if report.quantity.nanos <= 0 || report.quantity.nanos % 1_000_000_000 != 0 {
      fault("\(id) filled \(report.quantity)")
    }
    if let limit = limits[id], buys ? price.nanos > limit : price.nanos < limit { fault("\(id) beyond its limit") }
    checkRange(id, price, step)
    traded[place] += report.quantity.nanos
    guard settings.volumeShareNanos != 0 else { return }
    if case .bar(let bar, _) = step {
      if Double(traded[place]) > max(bar.volume, quoted[place, default: 0]) * Double(settings.volumeShareNanos) {
        fault("\(id) over the bar's share")
      }
    } else if volumes[place] >= 0, Double(traded[place]) > volumes[place] * Double(settings.volumeShareNanos) {
      fault("\(id) over the share of the bar before")
    }
  }

  /// What quotes may have traded before the bar told its volume; the rest of its share is then 0 or the difference.
  private var quoted: [Int: Double] {
    Dictionary(uniqueKeysWithValues: volumes.enumerated().map { ($0, $1 < 0 ? Double.infinity : $1) })
  }

  private mutating func checkRange(_ id: ShortText, _ price: Price, _ step: Step) {
    if case .bar(let bar, _) = step {
      if price < Price(bar.low)! || price > Price(bar.high)! { fault("\(id) at \(price) outside the bar") }
    } else {
      let last = venue.books[Int(venue.orders[venue.index.find(id, in: venue.orders)!].instrument)]
      let (low, high) = (last.bid != 0 ? last.bid : last.last, last.ask != 0 ? last.ask : last.last)
      let cost = Int64(Double(last.last) * 0.01)
      if price.nanos < low - cost || price.nanos > high + cost { fault("\(id) at \(price) far from the quote") }
    }
  }

  private mutating func endBar(_ bar: Bar) {
    traded[Int(bar.instrument.index)] = 0
    volumes[Int(bar.instrument.index)] = bar.volume
  }

  private mutating func checkBook() {
    if venue.cashNanos != cash { fault("cash \(venue.cashNanos), by the fills \(cash)") }
    if venue.cashNanos < 0 || venue.buyingPowerNanos < 0 { fault("cash \(cash), free \(venue.buyingPowerNanos)") }
    var reserved: Int64 = 0
    for (place, book) in venue.books.enumerated() {
      if book.position != positions[place] { fault("position \(book.position), by the fills \(positions[place])") }
      var sells: [ShortText: Int64] = [:]
      let working = venue.working(place)
      for n in working {
        let order = venue.orders[Int(n)]
        let terms = venue.resting[Int(order.slot)]
        if !order.isWorking || order.remaining <= 0 { fault("\(order.id) on the list with \(order.remaining)") }
        reserved += terms.reserved
        guard order.side == .sell else { continue }
        let key = terms.group.isEmpty ? order.id : ShortText("group \(terms.group)")!
        sells[key] = max(sells[key] ?? 0, order.remaining)
      }
      let sum = sells.values.reduce(0, +)
      if sum > book.position { fault("sells of \(sum) on a position of \(book.position)") }
      if working != working.sorted() { fault("the list is out of order") }
    }
    if reserved != venue.reservedNanos { fault("held back \(venue.reservedNanos), by the orders \(reserved)") }
    checkProtection()
  }

  /// Of each bracket with a stop-loss, what its entry bought and its group has not sold is covered by the stop.
  private mutating func checkProtection() {
    for (entryID, stopID, targetID) in brackets {
      guard let place = venue.index.find(stopID, in: venue.orders), venue.orders[place].state != .awaiting else {
        continue
      }
      let stop = venue.orders[place]
      let entry = venue.orders[venue.index.find(entryID, in: venue.orders)!]
      let sold = stop.filled + (venue.index.find(targetID, in: venue.orders).map { venue.orders[$0].filled } ?? 0)
      let open = entry.filled - sold
      if (stop.isWorking ? stop.remaining : 0) < open {
        fault("\(entryID) has \(open) open, its stop \(stop.remaining)")
      }
      if open == 0, entry.isWorking { fault("\(entryID) works on after its exits closed it") }
    }
  }
}

@Suite struct `Whatever happens` {
  static let costs: [PaperSettings] = {
    var real = PaperSettings()
    real.feeNanos = 1_234_567
    real.cashNanos = 5_000_000_000_000
    var unlimited = PaperSettings.frictionless
    unlimited.cashNanos = 2_000_000_000_000
    var thin = PaperSettings()
    thin.volumeShareNanos = 13_000_000
    return [real, unlimited, thin]
  }()

  @Test(arguments: [0, 1, 2], 1...12)
  func `positions, protection, cash, prices and volumes keep their promises`(_ costs: Int, _ seed: UInt64) {
    var auditor = Auditor(Self.costs[costs])
    for step in Scenario(seed: seed, sessions: 60).steps where auditor.faults.isEmpty { auditor.run(step) }
    #expect(auditor.faults == [])
  }

  @Test func `the scenarios reach every kind of report, fill and end`() {
    var seen: [String: Int] = [:]
    for seed: UInt64 in 1...12 {
      var auditor = Auditor(Self.costs[0])
      for step in Scenario(seed: seed, sessions: 60).steps { auditor.run(step) }
      seen.merge(auditor.seen, uniquingKeysWith: +)
    }
    let wanted =
      OrderReport.Kind.allCases.map { "\($0)" } + OrderType.allCases.map { "\($0.name) fill" } + [
        "stop-loss fill", "take-profit fill", "insufficient_buying_power", "exceeds_position", "cancel_requested",
        "oco_filled", "bracket_closed", "immediate_or_cancel", "fill_or_kill", "session_ended", "not_at_open",
      ]
    for name in wanted { #expect(seen[name, default: 0] >= 5, "\(name)") }
  }

  @Test(arguments: 1...6)
  func `a copy of a venue and the venue live on apart`(_ seed: UInt64) {
    let steps = Scenario(seed: seed, sessions: 60).steps
    let (start, end) = (steps.prefix(steps.count / 2), steps.suffix(steps.count - steps.count / 2))
    var auditor = Auditor(Self.costs[0])
    for step in start { auditor.run(step) }
    var copy = auditor
    let before = copy.reports
    for step in end { auditor.run(step) }
    #expect(copy.reports == before && auditor.reports.count > before.count)
    for step in end { copy.run(step) }
    #expect(copy.reports == auditor.reports)
    #expect(auditor.faults == [] && copy.faults == [])
  }
}
