import PluginHost

internal import WharfABI

/// What the contract allows in arguments, to its limits and beyond.
enum Values {
  static func answers(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.eachRole(allRoles, &random) { plugin, role, market in
      for explains in [false, true] {
        var market = market
        market.explains = explains
        let drive = try plugin.drive(role)
        drive.walk(market)
        guard let refusal = drive.refusals.first(where: { !$0.isSecurityEvent }) else { continue }
        throw Finding(
          "\(role.rawValue): \(refusal.what)", expected: refusal.expected, found: refusal.found,
          remedy: "a session drops this answer and blames the plugin; send only what the header allows")
      }
      return .pass
    }
  }

  static func sinks(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.eachRole(allRoles, &random) { plugin, role, market in
      var market = market
      market.explains = true
      let drive = try plugin.drive(role)
      drive.walk(market)
      guard drive.lateAnswers > 0 else { return .pass }
      throw Finding(
        role.rawValue, expected: "answers to the sink of the call that is running",
        found: "\(drive.lateAnswers) to a sink whose call had returned",
        remedy: "use the sink that each call brings, and keep none")
    }
  }

  /// Walks with the arguments in some layout; what it does wrong crashes.
  private static func walk(
    _ layout: ArgumentLayout, _ situation: String, _ subject: CheckSubject, _ roles: Set<PluginRole>,
    _ random: inout SeededGenerator, length: Int = 90, _ change: (inout CheckMarket) -> Void = { _ in }
  ) throws -> Outcome {
    try subject.eachRole(roles, &random) { plugin, role, market in
      var market = market.prefix(length)
      change(&market)
      let drive = try plugin.drive(role)
      drive.layout = layout
      drive.walk(market)
      return try drive.judgeListed(situation)
    }
  }

  static func unterminatedTexts(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try walk(.exact, "with texts that end where their page does", subject, allRoles, &random)
  }

  static func nullTexts(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.eachRole(allRoles, &random) { plugin, role, market in
      var market = market.prefix(30)
      for index in market.listings.indices {
        market.listings[index].exchange = []
        market.listings[index].market = Int32(WHARF_MARKET_CRYPTO)
      }
      let drive = try plugin.drive(role)
      drive.layout = .nullWhenEmpty
      guard drive.create() == Status.ok else { return .pass }
      if drive.begin(market) == Status.ok {
        drive.run(market)
        if let notifier = drive as? NotifierDrive, drive.isUsable {
          notifier.notify(NotifierDrive.Message(topic: [], title: [], text: []))
        }
      }
      drive.destroy()
      return try drive.judgeListed("with null for empty texts")
    }
  }

  static func keptArguments(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try walk(.revoked, "when arguments are gone once their call has returned", subject, allRoles, &random)
  }

  static func unknownEnumerators(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try walk(.forgiving, "with an unlisted market", subject, startedRoles, &random, length: 30) { market in
      for index in market.listings.indices { market.listings[index].market = [99, 0, -1][index % 3] }
    }
  }

  static func oddSymbols(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    let odd: [[UInt8]] = [
      Array("Zürich 株式 \u{1F4C8}".utf8), [65, 0, 66], Array(repeating: 88, count: 5000), [10, 27, 91, 65], [],
    ]
    for symbol in odd {
      let outcome = try walk(.forgiving, "with odd symbols", subject, startedRoles, &random, length: 30) { market in
        for index in market.listings.indices { market.listings[index].symbol = symbol + (index > 0 ? [49] : []) }
      }
      if outcome != .pass { return outcome }
    }
    return .pass
  }

  static func notUTF8(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    let broken: [[UInt8]] = [[0xff, 0xfe, 65], [0xc3], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80]]
    return try subject.eachRole([.strategy, .scanner, .broker, .notifier], &random) { plugin, role, market in
      for text in broken {
        var market = market.prefix(30)
        for index in market.listings.indices { market.listings[index].symbol = text }
        let drive = try plugin.drive(role)
        if let notifier = drive as? NotifierDrive {
          guard drive.create() == Status.ok else { return .pass }
          notifier.notify(NotifierDrive.Message(topic: text, title: text, text: text))
          drive.destroy()
        } else {
          drive.walk(market)
        }
        try drive.requireListed("with bytes that are no UTF-8")
      }
      return .pass
    }
  }

  static func noInstruments(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.eachRole(startedRoles, &random) { plugin, role, market in
      let drive = try plugin.drive(role)
      guard drive.create() == Status.ok else { return .pass }
      var empty = market
      empty.listings = []
      empty.bars = []
      if drive.begin(empty) == Status.ok { (drive as? BarDrive)?.evaluate(at: market.bars[0].end) }
      drive.destroy()
      return try drive.judgeListed("without instruments")
    }
  }

  static func manyInstruments(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.eachRole(startedRoles, &random) { plugin, role, market in
      var many = market
      let count = 600
      many.listings = (0..<count).map { CheckMarket.Listing("S\($0)", barSeconds: market.listings[0].barSeconds) }
      var bar = market.bars[0]
      many.bars = (0..<3 * count).map { place in
        bar.instrument = UInt32(place % count)
        bar.start = market.bars[place / count * market.listings.count].start
        bar.end = market.bars[place / count * market.listings.count].end
        return bar
      }
      let drive = try plugin.drive(role)
      drive.walk(many)
      return try drive.judgeListed("with \(count) instruments")
    }
  }

  static func decideFrom(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    for instant in [Int64.min, -1, .max] {
      let outcome = try walk(.forgiving, "with decide_from at its limits", subject, startedRoles, &random) {
        $0.decideFrom = instant
      }
      if outcome != .pass { return outcome }
    }
    return .pass
  }

  static func instants(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.eachRole(barRoles, &random) { plugin, role, market in
      let market = market.prefix(90)
      let drive = try plugin.begun(role, market)
      guard let taker = drive as? BarDrive else { return .pass }
      for place in market.bars.indices where drive.isUsable { drive.feed(market, place) }
      for instant in [Int64.max, .min, 0, -1] where drive.isUsable { taker.evaluate(at: instant) }
      drive.destroy()
      return try drive.judgeListed("at the first and the last instant there is")
    }
  }
}
