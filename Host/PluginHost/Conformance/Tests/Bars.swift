import PluginHost

internal import WharfABI

/// Bars as sources give them on bad days.
enum Bars {
  /// Feeds some bars as a session does, and then what a test makes of those that follow.
  private static func after(
    _ count: Int, _ subject: CheckSubject, _ random: inout SeededGenerator, _ situation: String,
    _ body: (Drive, BarDrive, CheckMarket, Int) throws -> Void
  ) throws -> Outcome {
    try subject.eachRole(barRoles, &random) { plugin, role, market in
      let drive = try plugin.begun(role, market)
      guard let taker = drive as? BarDrive else { return .pass }
      let start = market.prefix(count).bars.count
      for place in 0..<start where drive.isUsable { drive.feed(market, place) }
      try body(drive, taker, market, start)
      drive.destroy()
      return try drive.judgeListed(situation)
    }
  }

  static func duplicate(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try after(120, subject, &random, "when a bar comes twice") { drive, taker, market, start in
      for place in start..<min(start + 30, market.bars.count) where drive.isUsable {
        taker.offer(market.bars[place])
        if drive.isUsable { taker.offer(market.bars[place]) }
        if drive.isUsable, market.completesInstant(place) { taker.evaluate(at: market.bars[place].end) }
      }
    }
  }

  static func late(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try after(120, subject, &random, "when a bar comes late") { drive, taker, market, start in
      for place in start..<start + 9 where drive.isUsable {
        taker.offer(market.bars[place - 60])
        if drive.isUsable { drive.feed(market, place) }
      }
    }
  }

  static func afterInstant(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try after(120, subject, &random, "when a bar comes after its instant was evaluated") {
      drive, taker, market, start in
      var bar = market.bars[start]
      if drive.isUsable { taker.evaluate(at: bar.end) }
      if drive.isUsable { taker.offer(bar) }
      bar.instrument = 1
      if drive.isUsable { taker.offer(bar) }
      for place in start + market.listings.count..<start + 9 where drive.isUsable { drive.feed(market, place) }
    }
  }

  static func missing(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.eachRole(barRoles, &random) { plugin, role, market in
      let drive = try plugin.begun(role, market)
      // A third of all bars is missing in the middle, and from there on every other bar of the second instrument.
      let third = market.bars.count / 3
      var gappy = market
      gappy.bars = market.bars.enumerated().filter { place, bar in
        place < third || place >= 2 * third && (bar.instrument != 1 || place % 2 == 0)
      }.map(\.element)
      drive.run(gappy)
      drive.destroy()
      try drive.requireListed("when bars are missing")
      let offering = drive.events.filter { $0.call == "on_bar" || $0.call == "evaluate" }
      guard let event = offering.first(where: { if case .status = $0.what { true } else { false } }),
        case .status(let status) = event.what
      else { return .pass }
      throw Finding(
        drive.place(event.call), expected: "ok when bars are missing", found: Status.name(status),
        remedy: "a market that was closed or a source that was cut off leaves gaps; take the next bar as it comes")
    }
  }

  static func unknownInstrument(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try after(30, subject, &random, "when a bar names an instrument that start did not") {
      drive, taker, market, start in
      for instrument in [UInt32(market.listings.count), 1000, .max] where drive.isUsable {
        var bar = market.bars[start]
        bar.instrument = instrument
        let status = taker.offer(bar)
        guard status != Status.ok else {
          throw Finding(
            drive.place("on_bar"), expected: "invalid for instrument \(instrument) of \(market.listings.count)",
            found: "ok", remedy: "compare bar->instrument with the instrument_count of start, and refuse others")
        }
      }
    }
  }

  static func still(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try shaped(subject, &random, "when a market stands still") { bar in
      (bar.open, bar.high, bar.low, bar.close) = (10, 10, 10, 10)
      bar.volume = 0
    }
  }

  static func tiny(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try shaped(subject, &random, "when prices are tiny") { bar in
      (bar.open, bar.high, bar.low, bar.close) = (3e-9, 4e-9, 1e-9, 2e-9)
    }
  }

  static func huge(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try shaped(subject, &random, "when prices and volumes are huge") { bar in
      (bar.open, bar.high, bar.low, bar.close) = (1e300, 1.7e308, 1e18, bar.start % 7 == 0 ? 1e30 : 1e301)
      bar.volume = 1e300
    }
  }

  static func jump(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    let day = Int64(CheckMarket.day) * CheckMarket.second
    return try shaped(subject, &random, "when a price jumps as by a split") { bar in
      for price in [\wharf_bar.open, \.high, \.low, \.close] {
        bar[keyPath: price] *= bar.start / day % 2 == 0 ? 20 : 0.05
      }
    }
  }

  /// Ordinary bars, then some that are changed: all of them legal.
  private static func shaped(
    _ subject: CheckSubject, _ random: inout SeededGenerator, _ situation: String,
    _ change: @escaping (inout wharf_bar) -> Void
  ) throws -> Outcome {
    try after(45, subject, &random, situation) { drive, taker, market, start in
      let before = drive.refusals.count
      for place in start..<start + 60 where drive.isUsable {
        var bar = market.bars[place]
        change(&bar)
        taker.offer(bar)
        if drive.isUsable, market.completesInstant(place) { taker.evaluate(at: bar.end) }
      }
      guard let refusal = drive.refusals.dropFirst(before).first(where: { !$0.isSecurityEvent }) else { return }
      throw Finding(
        "\(drive.role.rawValue): \(refusal.what)", expected: "\(refusal.expected) \(situation)", found: refusal.found,
        remedy: "check every number that is computed from prices before it is answered")
    }
  }

  static func notFinite(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try after(45, subject, &random, "when a bar has numbers that are none") { drive, taker, market, start in
      let fields = [\wharf_bar.open, \.high, \.low, \.close, \.volume]
      for value in [Double.nan, .infinity, -.infinity, -1, 0] {
        for field in fields where drive.isUsable {
          var bar = market.bars[start]
          bar[keyPath: field] = value
          taker.offer(bar)
        }
      }
    }
  }
}
