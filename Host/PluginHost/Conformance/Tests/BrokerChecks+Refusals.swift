import PluginHost
import TradingCore
import TradingTypes

internal import WharfABI

extension BrokerChecks {
  /// Places orders that may not be taken.
  private static func refused(
    _ subject: CheckSubject, _ random: inout SeededGenerator, _ situation: String,
    allowed: Set<Int32> = [Status.invalid, Status.rejected, Status.unsupported],
    _ orders: (Desk) -> [Order]
  ) throws -> Outcome {
    try subject.desk(&random) { _, desk in
      desk.pass(2)
      desk.begin()
      for order in orders(desk) where desk.drive.isUsable {
        try desk.drive.require(
          "place", desk.drive.place(order).status, in: allowed, situation,
          remedy: "refuse it before anything is booked")
      }
      desk.end()
      desk.pass(2)
      let held = try (0..<3).map { try desk.held($0) }
      guard held == [0, 0, 0] else {
        throw finding("place", "no position from orders that were refused", "one", "book nothing that is refused")
      }
      return .pass
    }
  }

  static func unknownEnumerators(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try refused(subject, &random, "for an unlisted side, type or time in force", allowed: [Status.invalid]) { desk in
      var orders: [Order] = []
      for (number, value) in [Int32(0), 9, -1].enumerated() {
        var order = desk.order("side-\(number)")
        order.side = value
        orders.append(order)
        order = desk.order("type-\(number)")
        order.type = value
        orders.append(order)
        order = desk.order("tif-\(number)")
        order.timeInForce = value
        orders.append(order)
      }
      return orders
    }
  }

  static func badQuantities(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try refused(subject, &random, "for a quantity that is not above 0") { desk in
      let bad: [Int64] = [0, -1, -10 * CheckMarket.second, .min]
      return bad.enumerated().map { number, quantity in
        var order = desk.order("quantity-\(number)")
        order.quantity = quantity
        return order
      }
    }
  }

  static func unknownInstrument(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try refused(subject, &random, "for an instrument that start did not name") { desk in
      [3, 1000, .max].map { desk.order("instrument-\($0)", $0) }
    }
  }

  static func unsupportedTypes(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    let types = [
      (WHARF_ORDER_LIMIT, WHARF_CAN_LIMIT), (WHARF_ORDER_STOP, WHARF_CAN_STOP),
      (WHARF_ORDER_STOP_LIMIT, WHARF_CAN_STOP_LIMIT), (WHARF_ORDER_TRAILING_STOP, WHARF_CAN_TRAILING_STOP),
    ]
    return try refused(subject, &random, "for an order type that capabilities do not announce") { desk in
      types.filter { !desk.can(Int($0.1)) }.map { type, _ in
        var order = desk.order("unsupported-\(type)")
        order.limit(at: desk.open() * 2)
        order.stopPrice = order.limitPrice
        order.trailingDistance = CheckMarket.second
        order.type = Int32(type)
        return order
      }
    }
  }

  static func extremes(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.desk(&random) { _, desk in
      desk.pass(2)
      desk.begin()
      let extremes: [Int64] = [.max, .max / 2, 1]
      for (number, value) in extremes.enumerated() where desk.drive.isUsable {
        var order = desk.order("extreme-\(number)")
        order.quantity = value
        order.type = Int32(WHARF_ORDER_LIMIT)
        order.limitPrice = number == 1 ? 1 : .max
        desk.drive.place(order)
        if desk.drive.isUsable { desk.drive.cancel(order.id) }
      }
      desk.end()
      desk.pass(2)
      guard desk.drive.account() != nil else {
        throw finding(
          "account", "the account after orders of extreme sizes", "none",
          "multiply with overflow checks, and refuse what does not fit")
      }
      return .pass
    }
  }

  static func clientIDs(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.desk(&random) { _, desk in
      guard desk.can(Int(WHARF_CAN_LIMIT)) else { return .skip("there are no limit orders") }
      desk.pass(2)
      desk.begin()
      let ids = ["a", "b"].map { String(repeating: "x", count: 47) + $0 }
      for id in ids {
        var order = desk.order(id)
        order.limit(at: desk.open() / 2)
        try desk.placed(order)
      }
      let working = Set((desk.drive.openOrders() ?? []).map(\.clientOrderID.description))
      guard working == Set(ids) else {
        throw finding(
          "place", "two working orders for two ids that differ in their 48th character",
          working.sorted().joined(separator: ", "), "compare ids in full")
      }
      let empty = desk.drive.place(desk.order(""))
      guard empty.status != Status.ok else {
        throw finding("place", "a refusal of an order without an id", "ok", "refuse it: it could not be found again")
      }
      return .pass
    }
  }

  static func rejectionReason(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.desk(&random) { _, desk in
      desk.pass(2)
      desk.begin()
      var large = desk.order("too-large")
      large.quantity = 90_000_000 * CheckMarket.second
      var rejections = 0
      for order in [large, desk.order("not-held").selling] {
        let answered = desk.drive.place(order)
        guard answered.status == Status.rejected else { continue }
        rejections += 1
        let isTold = answered.reports.contains {
          $0.kind == .rejected && $0.clientOrderID.description == order.id && !$0.reason.isEmpty
        }
        guard isTold else {
          throw finding(
            "place", "a report with the reason beside the status rejected", "none for \(order.id)",
            "tell a report of kind WHARF_REPORT_REJECTED with a reason before answering")
        }
      }
      return rejections > 0 ? .pass : .skip("the venue rejects neither what exceeds its cash nor what is not held")
    }
  }

  static func capabilities(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    let (plugin, _) = try subject.driven([.broker])
    guard let drive = try plugin.begun(.broker, .daily(&random)) as? BrokerDrive else { return .pass }
    let known: UInt64 = 511
    guard let bits = drive.capabilities(), bits & ~known == 0 else {
      throw finding(
        "capabilities", "ok, and bits of WHARF_CAN_... only", drive.capabilities().map { "bits \($0)" } ?? "a failure",
        "leave bits that the header does not list at 0")
    }
    return .pass
  }

  static func accountRoom(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.desk(&random) { _, desk in
      let (status, isOverrun) = desk.drive.account(size: 8)
      guard status != Status.ok, !isOverrun else {
        throw finding(
          "account", "a refusal of a struct_size of 8, and nothing written behind it",
          "\(Status.name(status))\(isOverrun ? ", and memory behind it changed" : "")",
          "compare out->struct_size with the size that is written")
      }
      return .pass
    }
  }
}
