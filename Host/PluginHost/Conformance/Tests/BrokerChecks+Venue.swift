import PluginHost
import TradingCore
import TradingTypes

internal import WharfABI

extension BrokerChecks {
  static func positions(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.desk(&random) { _, desk in
      desk.pass(2)
      desk.begin()
      try desk.placed(desk.order("bought-0"))
      try desk.placed(desk.order("bought-1", 1))
      desk.end()
      desk.pass(2)
      desk.begin()
      var sale = desk.order("sold-0").selling
      sale.quantity = 3 * CheckMarket.second
      desk.drive.place(sale)
      desk.end()
      desk.pass(2)
      var sums: [UInt32: Int64] = [:]
      for report in desk.reports where report.kind == .fill {
        sums[report.instrument.index, default: 0] +=
          report.side == .buy ? report.quantity.nanos : -report.quantity.nanos
      }
      for instrument in UInt32(0)..<3 {
        let held = try desk.held(instrument)
        guard held == sums[instrument, default: 0] else {
          throw finding(
            "positions", "\(sums[instrument, default: 0]) of instrument \(instrument), the sum of its fills", "\(held)",
            "book each fill once, with its sign")
        }
      }
      return .pass
    }
  }

  static func repeated(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.desk(&random) { _, desk in
      desk.market.bars[2].low *= 0.5
      desk.pass(2)
      desk.begin()
      try desk.placed(desk.order("before"))
      var resting = desk.order("resting", 1)
      resting.limit(at: desk.open(1) / 2)
      desk.drive.place(resting)
      // The first session fell so low that it would fill this one.
      var low = desk.order("low", 2)
      low.limit(at: desk.open(2) * 6 / 10)
      desk.drive.place(low)
      desk.end()
      desk.pass(1)
      let (account, positions) = (desk.drive.account(), desk.drive.positions())
      let known = Set(desk.reports.map(\.reportID))
      var again = Desk(desk.drive, desk.market)
      again.pass(4)
      guard desk.drive.account() == account, desk.drive.positions() == positions else {
        throw finding(
          "on_bar", "an account and positions that prices offered again do not change", "others",
          "remember what was processed, and only tell its reports again")
      }
      let new = again.reports.filter { !known.contains($0.reportID) }
      guard new.isEmpty else {
        throw finding(
          "on_bar", "no new reports from prices offered again", shown(new[0]),
          "remember what was processed, and only tell its reports again")
      }
      return .pass
    }
  }

  static func restart(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.desk(&random) { plugin, whole in
      try work(&whole)
      guard !whole.drive.host.saved.isEmpty else { return .skip("a session keeps nothing in wharf.state/1") }
      let market = whole.market
      for cut in [2, 4] {
        guard let first = try plugin.begun(.broker, market) as? BrokerDrive else { return .pass }
        var desk = Desk(first, market)
        try work(&desk, sessions: cut)
        var script = plugin.script
        script.state = first.host.saved
        guard let second = try plugin.begun(.broker, market, script) as? BrokerDrive else { return .pass }
        var resumed = Desk(second, market)
        try work(&resumed)
        guard second.account() == whole.drive.account(), second.positions() == whole.drive.positions() else {
          throw finding(
            "start", "after a restart and all prices again, what an uninterrupted session leaves",
            "another account or other positions", "commit the book with what was told, and restore it in start")
        }
        let (told, expected) = (Set(resumed.reports.map(\.reportID)), Set(whole.reports.map(\.reportID)))
        guard told.isSubset(of: expected) else {
          throw finding(
            "start", "the report ids of an uninterrupted session after a restart",
            "also \(told.subtracting(expected).sorted().prefix(3).joined(separator: ", "))",
            "derive the ids of reports from what happened")
        }
      }
      return .pass
    }
  }

  /// The same orders in the same sessions, each time.
  private static func work(_ desk: inout Desk, sessions: Int = 6) throws {
    for number in 0..<sessions where desk.drive.isUsable {
      desk.begin()
      if number > 0 { try desk.placed(desk.order("work-\(number)", UInt32(number % 3))) }
      desk.end()
    }
  }

  static func failedSave(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.desk(&random) { plugin, whole in
      guard whole.can(Int(WHARF_CAN_FIND_BY_CLIENT_ID)) else { return .skip("orders cannot be found by their ids") }
      try work(&whole)
      let (market, count) = (whole.market, whole.drive.host.count(.stateCommit))
      guard count > 0 else { return .skip("a session commits nothing to wharf.state/1") }
      for number in Set([1, 2, count / 2, count]) where number > 0 {
        let script = plugin.script.failing(.stateCommit, .only(number, Status.io))
        guard let first = try? plugin.begun(.broker, market, script) as? BrokerDrive else { continue }
        var desk = Desk(first, market)
        desk.begin()
        let answered = first.isUsable ? first.place(desk.order("unsaved")).status : Status.notSent
        if first.isUsable { desk.end() }
        var next = plugin.script
        next.state = first.host.saved
        guard let second = try plugin.begun(.broker, market, next) as? BrokerDrive else { return .pass }
        let found = second.order("unsaved").status
        switch answered {
        case Status.ok:
          guard found == Status.ok else {
            throw finding(
              "place", "the order after a restart, for place answered ok", Status.name(found),
              "answer ok only once the order is saved")
          }
        case Status.rejected, Status.notSent, Status.invalid, Status.unsupported:
          guard found != Status.ok || answered == Status.rejected else {
            throw finding(
              "place", "no order after a restart, for place answered \(Status.name(answered))", "one",
              "answer io when it is not known whether the order was saved")
          }
        default: break
        }
      }
      return .pass
    }
  }

  static func exitLegs(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.desk(&random) { _, desk in
      guard desk.can(Int(WHARF_CAN_OCO | WHARF_CAN_STOP | WHARF_CAN_LIMIT)) else {
        return .skip("there are no OCO groups of stop and limit")
      }
      desk.pass(2)
      desk.begin()
      try desk.placed(desk.order("entry"))
      desk.end()
      desk.pass(1)
      desk.begin()
      guard desk.filled("entry") == 10 * CheckMarket.second else { return .skip("a market order did not fill") }
      let price = desk.open()
      var target = desk.order("target").selling
      target.limit(at: price + price / 10)
      var stop = desk.order("stop").selling
      stop.stop(at: price - price / 10)
      for var leg in [target, stop] {
        leg.group = "exits"
        try desk.placed(leg)
      }
      // One bar touches both legs, and the next one the target again.
      let place = desk.session * 3
      for next in [place, place + 3] {
        desk.market.bars[next].high = desk.market.bars[next].high * 1.3
        desk.market.bars[next].volume = 5_000_000
      }
      desk.market.bars[place].low = desk.market.bars[place].low * 0.7
      desk.end()
      desk.pass(2)
      let sold = desk.filled("target") + desk.filled("stop")
      let held = try desk.held(0)
      guard sold <= 10 * CheckMarket.second, held >= 0 else {
        throw finding(
          "on_bar", "exits of at most the 10 units that are held", "\(sold / CheckMarket.second)",
          "what one order of an OCO group fills, the others shrink by")
      }
      guard desk.filled("target") == 0, desk.filled("stop") > 0 else {
        throw finding(
          "on_bar", "the stop filled by a bar that touches both legs", "the target",
          "assume the worse of the two: the stop first")
      }
      return .pass
    }
  }
}
