import PluginHost

internal import WharfABI

/// Orders of calls, legal and not.
enum Lifecycle {
  /// What a call may answer in a session that goes well.
  private static func allowed(_ role: PluginRole, _ call: String, isVenue: Bool) -> Set<Int32> {
    switch (role, call) {
    case (.marketData, "read"): [Status.ok, Status.end]
    case (.notifier, "notify"): [Status.ok, Status.busy, Status.io]
    case (.broker, "place"), (.broker, "replace"), (.broker, "cancel"), (.broker, "order"):
      isVenue
        ? [Status.ok, Status.rejected, Status.unsupported, Status.notFound]
        : Set(Status.ok..<Status.fault)
    case (.broker, "account"), (.broker, "positions"), (.broker, "open_orders"):
      isVenue ? [Status.ok] : Set(Status.ok..<Status.fault)
    default: [Status.ok]
    }
  }

  static func session(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.eachRole(allRoles, &random) { plugin, role, market in
      let drive = try plugin.drive(role)
      drive.walk(market)
      for event in drive.events {
        guard case .status(let status) = event.what else { continue }
        let isVenue = (drive as? BrokerDrive)?.isVenue ?? false
        if allowed(role, event.call, isVenue: isVenue).contains(status) { continue }
        let isBeginning = ["create", "start", "open"].contains(event.call)
        if isBeginning, plugin.hasMadeUpOptions {
          return .skip("required options without a default had to be made up, and \(event.call) refuses them")
        }
        if event.call == "open", status != Status.fault, (0...11).contains(status) {
          return .skip("the source cannot be opened with the default options: \(Status.name(status))")
        }
        throw Finding(
          drive.place(event.call), expected: "ok in a session with the default options",
          found: "\(Status.name(status)) at call \(event.step)",
          remedy: "answer WHARF_OK to what the contract allows; \(event.call) was given nothing else")
      }
      guard drive.step > 1 else {
        throw Finding(
          drive.place("create"), expected: "an instance with ok", found: "ok with a null pointer",
          remedy: "write the instance to out_instance before answering WHARF_OK")
      }
      return .pass
    }
  }

  static func destroyAfterCreate(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.eachRole(allRoles, &random) { plugin, role, _ in
      let drive = try plugin.drive(role)
      drive.create()
      drive.destroy()
      return .pass
    }
  }

  static func barsBeforeStart(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.eachRole(barRoles, &random) { plugin, role, market in
      let drive = try plugin.drive(role)
      guard drive.create() == Status.ok, let taker = drive as? BarDrive else { return .pass }
      for bar in market.bars.prefix(4) where drive.isUsable { taker.offer(bar) }
      return try drive.judgeListed("when bars come before start")
    }
  }

  static func fillsBeforeStart(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.eachRole([.strategy], &random) { plugin, role, market in
      guard let drive = try plugin.drive(role) as? StrategyDrive, drive.create() == Status.ok else { return .pass }
      guard drive.takesFills || drive.rechecks else { return .skip("the strategy has neither on_fill nor recheck") }
      let time = market.bars[0].start
      drive.recheck(0, barTime: time, price: 40 * CheckMarket.second)
      if drive.isUsable {
        drive.fill(
          0, side: 1, exitReason: 0, signalBar: time, price: 40 * CheckMarket.second, quantity: CheckMarket.second,
          position: CheckMarket.second)
      }
      return try drive.judgeListed("when a fill comes before start")
    }
  }

  static func evaluateWithoutBars(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.eachRole(barRoles, &random) { plugin, role, market in
      let drive = try plugin.begun(role, market)
      guard let taker = drive as? BarDrive, let status = taker.evaluate(at: market.bars[0].end) else {
        return .skip("there is no evaluate")
      }
      try drive.requireListed("when an instant has no bars")
      try drive.require(
        "evaluate", status, in: [Status.ok], "when an instant has no bars",
        remedy: "treat it as an instant at which nothing happened")
      return .pass
    }
  }

  static func startTwice(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.eachRole(startedRoles, &random) { plugin, role, market in
      let market = market.prefix(60)
      let drive = try plugin.begun(role, market)
      _ = drive.begin(market)
      if drive.isUsable { drive.run(market) }
      drive.destroy()
      return try drive.judgeListed("when start comes twice")
    }
  }

  static func brokerBeforeStart(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.eachRole([.broker], &random) { plugin, role, market in
      guard let drive = try plugin.drive(role) as? BrokerDrive, drive.create() == Status.ok else { return .pass }
      drive.account()
      if drive.isUsable { drive.positions() }
      if drive.isUsable { drive.openOrders() }
      if drive.isUsable { drive.order("early") }
      if drive.isUsable { drive.offer(market.bars[0]) }
      let order = Order("early", 0, at: market.bars[0].end)
      if drive.isUsable {
        let answered = drive.place(order)
        guard answered.status != Status.ok else {
          throw Finding(
            "broker.place", expected: "a refusal before start named the instruments", found: "ok",
            remedy: "answer WHARF_E_INVALID for an instrument that start did not name")
        }
      }
      return try drive.judgeListed("before start")
    }
  }

  static func readBeforeOpen(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.eachRole([.marketData], &random) { plugin, role, _ in
      guard let drive = try plugin.drive(role) as? MarketDataDrive, drive.create() == Status.ok else { return .pass }
      drive.rewind()
      if drive.isUsable {
        let piece = drive.read(8)
        guard piece.status != Status.ok else {
          throw Finding(
            "market_data.read", expected: "a status other than ok before open", found: "ok with \(piece.count) bars",
            remedy: "answer WHARF_E_INVALID until open has succeeded")
        }
      }
      return try drive.judgeListed("before open")
    }
  }
}
