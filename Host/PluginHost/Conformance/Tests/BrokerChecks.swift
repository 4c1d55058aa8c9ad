import PluginHost
import TradingCore
import TradingTypes

internal import WharfABI

/// What only brokers promise: orders and what becomes of them.
enum BrokerChecks {
  static func finding(_ call: String, _ expected: String, _ found: String, _ remedy: String) -> Finding {
    Finding("broker.\(call)", expected: expected, found: found, remedy: remedy)
  }

  static func placeTwice(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.desk(&random) { _, desk in
      desk.pass(2)
      desk.begin()
      let order = desk.order("twice")
      try desk.placed(order)
      let again = desk.drive.place(order)
      guard again.status == Status.ok else {
        throw finding(
          "place", "ok for an id that the venue has", Status.name(again.status), "answer with that order's reports")
      }
      desk.end()
      desk.pass(3)
      let held = try desk.held(0)
      guard desk.filled("twice") <= order.quantity, held <= order.quantity else {
        throw finding(
          "place", "one order for one id: at most 10 units", "\(max(held, desk.filled("twice")) / CheckMarket.second)",
          "look the id up before anything is placed")
      }
      return .pass
    }
  }

  static func unknownOrder(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.desk(&random) { _, desk in
      desk.pass(2)
      desk.begin()
      var answers = [
        ("order", desk.drive.order("never-placed"), Int(WHARF_CAN_FIND_BY_CLIENT_ID)),
        ("cancel", desk.drive.cancel("never-placed"), 0),
      ]
      answers.append(
        ("replace", desk.drive.replace("never-placed", quantity: 5 * CheckMarket.second), Int(WHARF_CAN_REPLACE)))
      for (call, answered, bit) in answers {
        let allowed = bit == 0 || desk.can(bit) ? [Status.notFound] : [Status.notFound, Status.unsupported]
        try desk.drive.require(
          call, answered.status, in: Set(allowed), "for an order that never was",
          remedy: "not_found is definitive: the host takes it for proof that nothing is at the venue")
        guard answered.reports.isEmpty else {
          throw finding(call, "no report of an order that never was", "\(answered.reports.count)", "report nothing")
        }
      }
      return .pass
    }
  }

  static func history(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.desk(&random) { _, desk in
      guard desk.can(Int(WHARF_CAN_FIND_BY_CLIENT_ID)) else { return .skip("orders cannot be found by their ids") }
      desk.pass(2)
      desk.begin()
      try desk.placed(desk.order("history"))
      desk.end()
      desk.pass(2)
      let told = desk.reports(of: "history").map(\.reportID)
      let answered = desk.drive.order("history")
      guard answered.status == Status.ok, answered.reports.map(\.reportID) == told else {
        throw finding(
          "order", "the reports that were told, oldest first: \(told.joined(separator: ", "))",
          "\(Status.name(answered.status)): \(answered.reports.map(\.reportID).joined(separator: ", "))",
          "keep every report of an order and tell them all again")
      }
      return .pass
    }
  }

  static func fills(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.desk(&random) { _, desk in
      // Few units are traded, so that a venue that minds fills in parts.
      for place in desk.market.bars.indices where place >= 6 { desk.market.bars[place].volume = 37 }
      desk.pass(3)
      desk.begin()
      try desk.placed(desk.order("parts"))
      var limit = desk.order("limit", 1)
      limit.limit(at: desk.open(1) + desk.open(1) / 20)
      desk.drive.place(limit)
      desk.end()
      desk.pass(8)
      for (id, order) in [("parts", desk.order("parts")), ("limit", limit)] {
        var filled: Int64 = 0
        for report in desk.reports(of: id) where report.kind == .fill {
          filled += report.quantity.nanos
          guard filled <= order.quantity, report.cumulative.nanos == filled else {
            throw finding(
              "report of \(id)",
              "a cumulative that is the sum of all fills, at most \(order.quantity / CheckMarket.second) units",
              "fills of \(filled) and a cumulative of \(report.cumulative.nanos), in billionths",
              "count each fill once, and never more than is left")
          }
          guard report.side == .buy, report.instrument.index == order.instrument else {
            throw finding(
              "report of \(id)", "the side and instrument of its order", "others", "copy them from the order")
          }
        }
      }
      return .pass
    }
  }

  static func reportIDs(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.desk(&random) { _, desk in
      desk.pass(2)
      for number in 0..<4 {
        desk.begin()
        desk.drive.place(desk.order("id-\(number)", UInt32(number % 3)))
        desk.drive.openOrders()
        desk.drive.order("id-\(number)")
        desk.end()
        desk.drive.order("id-\(number)")
      }
      var known: [String: OrderReport] = [:]
      for report in desk.drive.reports {
        guard let earlier = known.updateValue(report, forKey: report.reportID), earlier != report else { continue }
        throw finding(
          "report", "one happening for report id \(report.reportID): \(shown(earlier))", shown(report),
          "give each happening an id of its own, and the same content whenever it is told")
      }
      return .pass
    }
  }

  static func shown(_ report: OrderReport) -> String {
    "\(report.kind.name) of \(report.clientOrderID), quantity \(report.quantity), price \(report.price)"
  }

  static func cancel(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.desk(&random) { _, desk in
      guard desk.can(Int(WHARF_CAN_LIMIT)) else { return .skip("there are no limit orders") }
      desk.pass(2)
      desk.begin()
      var order = desk.order("cancelled")
      order.limit(at: desk.open() / 2)
      try desk.placed(order)
      let answered = desk.drive.cancel(order.id)
      try desk.drive.require(
        "cancel", answered.status, in: [Status.ok], "for a working order", remedy: "cancel it and report that")
      desk.end()
      // The price falls through the limit.
      for place in desk.market.bars.indices where place >= desk.session * 3 {
        for price in [\wharf_bar.open, \.high, \.low, \.close] { desk.market.bars[place][keyPath: price] *= 0.3 }
      }
      desk.pass(3)
      guard desk.reports(of: order.id).contains(where: { $0.kind == .cancelled }) else {
        throw finding("cancel", "a report of the cancellation", "none", "tell it to the sink, at once or later")
      }
      guard desk.filled(order.id) == 0 else {
        throw finding("cancel", "no fill of a cancelled order", "one", "take the order out of the book")
      }
      let isListed = desk.drive.openOrders()?.contains { $0.clientOrderID.description == order.id } ?? false
      guard !isListed else { throw finding("open_orders", "no cancelled order", order.id, "list what works only") }
      let known = Set(desk.reports.map(\.reportID))
      let again = desk.drive.cancel(order.id)
      try desk.drive.require(
        "cancel", again.status, in: [Status.ok, Status.notFound], "for an order that was cancelled",
        remedy: "say that it does not work any more, or tell its cancellation again")
      guard again.reports.allSatisfy({ known.contains($0.reportID) }) else {
        throw finding("cancel", "no second cancellation", "one", "tell the first one again, under its id")
      }
      return .pass
    }
  }

  static func cancelAfterFill(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.desk(&random) { _, desk in
      desk.pass(2)
      desk.begin()
      let order = desk.order("filled")
      try desk.placed(order)
      desk.end()
      desk.pass(2)
      guard desk.filled(order.id) == order.quantity else { return .skip("the venue did not fill a market order") }
      let status = desk.drive.cancel(order.id).status
      try desk.drive.require(
        "cancel", status, in: [Status.notFound], "for an order that was filled first",
        remedy: "the fill came first; there is nothing left to cancel")
      let held = try desk.held(0)
      guard !desk.reports(of: order.id).contains(where: { $0.kind == .cancelled }), held == order.quantity else {
        throw finding("cancel", "a filled order as it was", "a cancellation", "report none after the last fill")
      }
      return .pass
    }
  }

  static func replace(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.desk(&random) { _, desk in
      guard desk.can(Int(WHARF_CAN_LIMIT)) else { return .skip("there are no limit orders") }
      desk.pass(2)
      desk.begin()
      var order = desk.order("replaced")
      order.limit(at: desk.open() / 2)
      try desk.placed(order)
      let fewer = 4 * CheckMarket.second
      let answered = desk.drive.replace(order.id, quantity: fewer, limit: Order.cents(desk.open() * 2))
      guard desk.can(Int(WHARF_CAN_REPLACE)) else {
        try desk.drive.require(
          "replace", answered.status, in: [Status.unsupported, Status.rejected], "without WHARF_CAN_REPLACE",
          remedy: "announce in capabilities what works, and refuse the rest")
        return .pass
      }
      try desk.drive.require(
        "replace", answered.status, in: [Status.ok], "for a working order", remedy: "change it and report that")
      desk.end()
      desk.pass(3)
      guard desk.filled(order.id) == fewer else {
        throw finding(
          "replace", "4 units filled, as the order was changed to", "\(desk.filled(order.id) / CheckMarket.second)",
          "the quantity of replace is the new total")
      }
      guard desk.reports(of: order.id).contains(where: { $0.kind == .replaced }) else {
        throw finding("replace", "a report of the change", "none", "tell it to the sink")
      }
      return .pass
    }
  }
}
