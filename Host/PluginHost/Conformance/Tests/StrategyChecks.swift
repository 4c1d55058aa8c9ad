import PluginHost
import TradingCore
import TradingTypes

internal import WharfABI

/// What only strategies and scanners promise.
enum StrategyChecks {
  static func deterministic(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.eachRole(barRoles, &random) { plugin, role, market in
      var market = market
      market.explains = true
      // A long session twice, and a short one often: what outlives instances shows late.
      for (market, times) in [(market, 2), (market.prefix(150), 4)] {
        var first: [DriveEvent]?
        for number in 1...times {
          let drive = try plugin.drive(role)
          drive.walk(market)
          guard let difference = DriveEvent.difference(first ?? drive.events, drive.events) else {
            first = drive.events
            continue
          }
          throw Finding(
            role.rawValue, expected: "the same answers to the same bars each time: \(difference.expected)",
            found: "in session \(number): \(difference.found)",
            remedy: "take time and randomness from the host only, and iterate in a fixed order")
        }
      }
      return .pass
    }
  }

  static func explains(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.eachRole(barRoles, &random) { plugin, role, market in
      let drive = try plugin.drive(role)
      drive.walk(market)
      let unwanted = drive.answers.first { answer in
        switch answer {
        case .signal(let signal): signal.verdict == .evaluated
        case .virtualTrade: true
        case .observation(let observation): observation.kind == .evaluated
        default: false
        }
      }
      guard let unwanted else { return .pass }
      throw Finding(
        role.rawValue, expected: "no evaluations and virtual trades while explain is 0",
        found: String(String(describing: unwanted).prefix(120)), remedy: "send them only when start->explain is 1")
    }
  }

  static func namesItsBar(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.eachRole([.strategy], &random) { plugin, role, market in
      let drive = try plugin.drive(role)
      drive.walk(market)
      for case .signal(let signal) in drive.answers where signal.verdict != .refused {
        let bar = market.bars.first {
          $0.instrument == signal.instrument.index && $0.start == signal.barTime.nanoseconds
        }
        guard let bar else {
          throw finding("bar_time", "the start of a bar that was offered", "\(signal.barTime)")
        }
        guard bar.end == signal.decidedAt.nanoseconds else {
          throw finding(
            "decided_at", "the end of that bar, \(Timestamp(nanoseconds: bar.end))", "\(signal.decidedAt)")
        }
        guard bar.close == signal.close else {
          throw finding("close", "the close of that bar, \(bar.close)", "\(signal.close)")
        }
      }
      return .pass
    }
  }

  private static func finding(_ what: String, _ expected: String, _ found: String) -> Finding {
    Finding(
      "strategy: signal.\(what)", expected: expected, found: found,
      remedy: "copy it from the bar that the signal was decided on")
  }

  static func unknownRecheck(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try withStrategy(subject, &random) { drive, market in
      guard drive.rechecks else { return .skip("the strategy has no recheck") }
      let price = 40 * CheckMarket.second
      for time in [market.bars[3].start, 1, .max, .min] where drive.isUsable {
        drive.recheck(0, barTime: time, price: price)
      }
      for price in [0, -1, Int64.max, .min] where drive.isUsable {
        drive.recheck(0, barTime: market.bars[3].start, price: price)
      }
      if drive.isUsable { drive.recheck(.max, barTime: market.bars[3].start, price: price) }
      return try drive.judgeListed("when a signal is checked again that was never raised")
    }
  }

  static func unaskedFills(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try withStrategy(subject, &random) { drive, market in
      guard drive.takesFills else { return .skip("the strategy has no on_fill") }
      let (unit, time) = (CheckMarket.second, market.bars[3].start)
      let fills: [(side: Int32, reason: Int32, price: Int64, quantity: Int64, position: Int64)] = [
        (1, 0, 40 * unit, 5 * unit, 5 * unit), (1, 0, 40 * unit, unit / 3, 5 * unit + unit / 3),
        (2, 7, 40 * unit, 9 * unit, 0), (2, 6, 41 * unit, unit, 0), (2, 1, 41 * unit, unit, -unit),
        (1, 0, .max, .max, .max), (2, 2, 1, 1, 1),
      ]
      for fill in fills where drive.isUsable {
        drive.fill(
          0, side: fill.side, exitReason: fill.reason, signalBar: time, price: fill.price, quantity: fill.quantity,
          position: fill.position)
      }
      for place in 90..<120 where drive.isUsable { drive.feed(market, place) }
      return try drive.judgeListed("when orders fill that it never asked for")
    }
  }

  static func unknownFills(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try withStrategy(subject, &random) { drive, market in
      guard drive.takesFills else { return .skip("the strategy has no on_fill") }
      let (unit, time) = (CheckMarket.second, market.bars[3].start)
      for (side, reason) in [(Int32(9), Int32(0)), (0, 0), (-1, 4), (2, 99), (1, -7)] where drive.isUsable {
        drive.fill(
          0, side: side, exitReason: reason, signalBar: time, price: 40 * unit, quantity: unit, position: unit)
      }
      return try drive.judgeListed("when a fill has an unlisted side or reason")
    }
  }

  static func strangeFills(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try withStrategy(subject, &random) { drive, market in
      guard drive.takesFills else { return .skip("the strategy has no on_fill") }
      let unit = CheckMarket.second
      for instrument in [UInt32(market.listings.count), 5000, .max] where drive.isUsable {
        drive.fill(
          instrument, side: 1, exitReason: 0, signalBar: market.bars[3].start, price: 40 * unit, quantity: unit,
          position: unit)
      }
      return try drive.judgeListed("when a fill names an instrument that start did not")
    }
  }

  /// A strategy in the middle of a session.
  private static func withStrategy(
    _ subject: CheckSubject, _ random: inout SeededGenerator, _ body: (StrategyDrive, CheckMarket) throws -> Outcome
  ) throws -> Outcome {
    try subject.eachRole([.strategy], &random) { plugin, role, market in
      guard let drive = try plugin.begun(role, market) as? StrategyDrive else { return .pass }
      for place in 0..<90 where drive.isUsable { drive.feed(market, place) }
      let outcome = try body(drive, market)
      drive.destroy()
      return outcome
    }
  }

  static func boundedMemory(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.eachRole(barRoles, &random) { plugin, role, market in
      let drive = try plugin.passing(role, on: DriverHost(plugin.script))
      try plugin.begin(drive, market)
      guard let taker = drive as? BarDrive else { return .pass }
      // The same days over and over, each time later.
      let length = market.lastEnd - market.bars[0].start
      let lap = (length / (86_400 * CheckMarket.second) + 7) * 86_400 * CheckMarket.second
      func goRound(_ number: Int64) -> Int {
        for place in market.bars.indices where drive.isUsable {
          var bar = market.bars[place]
          bar.start += number * lap
          bar.end += number * lap
          taker.offer(bar)
          if drive.isUsable, market.completesInstant(place) { taker.evaluate(at: bar.end) }
        }
        drive.forget()
        return ProcessGauge.now().heap
      }
      let laps = (0..<Int64(subject.rounds(8))).map(goRound)
      let growth = zip(laps.dropFirst(2), laps.dropFirst(3)).map { ($1 - $0) / market.bars.count }
      guard let least = growth.min(), least >= mostPerBar else { return .pass }
      throw Finding(
        "\(role.rawValue).on_bar", expected: "no growth of memory in the steady state",
        found: "\(least) bytes more with each bar", remedy: "keep a window of bars of fixed length, not all of them")
    }
  }

  /// Bytes; what a long memory of rare events may take.
  private static let mostPerBar = 32
}
