import Hashing
import Testing
import TradingTypes

@testable import Ledger
@testable import TradingCore

@Suite struct `What is read is what was recorded` {
  @Test func `a signal with every gate and field`() throws {
    let recording = try Recording()
    let checks = [
      Check(name: "trend", kind: .bar, passed: true, value: 0.1 + 0.2, limit: nil),
      Check(
        name: "free", kind: .state, passed: false, value: nil, limit: Double.leastNonzeroMagnitude, note: "unknown"),
      Check(name: "price", kind: .recheck, passed: true, value: -1.7976931348623157e308, limit: 0),
    ]
    let fields = [
      Field(group: "inputs", name: "z20", value: .number(-0.1)),
      Field(group: "inputs", name: "z5", value: .number(nil)),
      Field(group: "plan", name: "stop", value: .decimal(nanos: .min)),
      Field(group: "ev", name: "n", value: .integer(.max)),
      Field(group: "", name: "until", value: .time(nanoseconds: -1)),
      Field(group: "", name: "why", value: .text("a\n\"b\" Ω")),
      Field(group: "flags", name: "thin", value: .flag(.unknown)),
    ]
    let proposal = try recording.signal(1, checks: checks, fields: fields) {
      $0.flags = [.hasConfidence, .hasExpectedValue, .ownSize, .personOnly, .waitsForOpen]
      $0.confidence = 71.5
      $0.expectedValue = 1.0 / 3.0
      $0.score = 0.569312
      $0.quantity = Quantity("14")!
      $0.entryPrice = Price("41.43")!
      $0.limitPrice = Price("41.18")!
      $0.stopPrice = Price("37.98")!
      $0.targetPrice = Price("43.53")!
      $0.expiresAt = Timestamp(rfc3339: "2018-04-23T20:00:00Z")
      $0.text = "buy"
    }
    try recording.ledger.append(
      .signalState(SignalStateRecord(number: 1, time: wall, state: .riskChecked, code: "sized")))
    let row = try #require(try recording.reader().signals().first)
    #expect(row.checks == checks)
    #expect(row.fields == fields)
    #expect(row.status == "risk_checked" && row.code == "sized")
    #expect(
      row.score == proposal.score && row.confidence == 71.5 && row.expectedValue == 1.0 / 3.0 && row.close == 41.43)
    #expect(row.quantity == Quantity("14") && row.entry == Price("41.43") && row.limit == Price("41.18"))
    #expect(row.stop == Price("37.98") && row.target == Price("43.53") && row.text == "buy")
    #expect(row.time == proposal.decidedAt && row.barTime == proposal.barTime && row.expiresAt == proposal.expiresAt)
    #expect(
      row.verdict == "raised" && row.action == "enter_long" && row.strategy == "mr-combined" && row.symbol == "AAPL")
  }

  @Test func `a signal's id is the hash that STRATEGIES names, and an exit's is another`() throws {
    let recording = try Recording()
    try recording.signal(1)
    try recording.signal(2, action: .exit)
    let ids = try recording.reader().signals().map(\.id)
    let lines = ["mr-combined", "1.0.0", #"{"score_min":"0.55"}"#, "AAPL", "2018-04-20T00:00:00Z"]
    #expect(
      ids == [
        SHA256.hash(lines.joined(separator: "\n")).hex, SHA256.hash((lines + ["exit"]).joined(separator: "\n")).hex,
      ])
  }

  @Test func `an order through its life`() throws {
    let recording = try Recording()
    try recording.signal(1)
    try recording.intent(1, signal: 1, position: 1) {
      $0.limitPrice = Price("0.000000001")!
      $0.ocoGroup = "g"
    }
    #expect(try recording.reader().orders().map(\.status) == ["intended"])
    try recording.state(1, .working(filled: .zero))
    try recording.state(1, .working(filled: Quantity("2.5")!), reason: "part")
    let row = try #require(try recording.reader().orders().first)
    #expect(row.status == "partially_filled" && row.filled == Quantity("2.5") && row.reason == "part")
    #expect(row.id == "c1" && row.limitPrice == Price("0.000000001") && row.stopPrice == nil && row.ocoGroup == "g")
    #expect(row.side == "buy" && row.purpose == "entry" && row.type == "market" && row.timeInForce == "day")
  }

  @Test(arguments: [Int64.max, 9_223_372_036_854_775_806, 1]) func `the ends of the range`(nanos: Int64) throws {
    let recording = try Recording()
    try recording.signal(1)
    try recording.intent(1, signal: 1, position: 1, quantity: nanos)
    try recording.fill(1, order: 1, quantity: nanos, price: nanos, fee: .min)
    try recording.trade(1, signal: 1, quantity: nanos, fees: -nanos, pnl: .min)
    try recording.position(1, .open, quantity: 1, cost: nanos)
    let reader = try recording.reader()
    let fill = try #require(try reader.fills().first)
    #expect(fill.quantity.nanos == nanos && fill.price.nanos == nanos && fill.fee.nanos == .min && fill.order == "c1")
    let trade = try #require(try reader.trades().first)
    #expect(
      trade.pnl.nanos == .min && trade.fees.nanos == -nanos && trade.account == "paper" && trade.exitDetail == "sma5")
    #expect(trade.exitReason == "strategy" && trade.pnl.currency == .usd)
    let position = try #require(try reader.positions().first)
    #expect(position.cost.nanos == nanos && position.status == "open" && position.stop == nil)
    #expect(position.averagePrice == Price(nanos: Int64(clamping: Int128(nanos) * 1_000_000_000)))
  }

  @Test func `observations, equity and the session`() throws {
    let recording = try Recording()
    let observation = Observation(
      instrument: InstrumentID(1), kind: .label, time: wall, number: 3, episode: 2, price: nil, score: 0.5, level: "",
      code: "fade", fields: [Field(group: "labels", name: "continued", value: .flag(.raised))], text: "")
    try recording.ledger.append(observation, scanner: "pump-momentum")
    try recording.ledger.append(.equity(EquityRecord(time: wall, cash: Money("1.5", .usd)!, equity: nil)))
    let reader = try recording.reader()
    let row = try #require(try reader.observations().first)
    #expect(row.symbol == "NO" && row.status == "label" && row.scanner == "pump-momentum" && row.level == nil)
    #expect(
      row.number == 3 && row.episode == 2 && row.price == nil && row.score == 0.5 && row.fields == observation.fields)
    #expect(try reader.equity() == [EquityRow(time: wall, cash: Money("1.5", .usd)!, equity: nil)])
    let session = try reader.session()
    #expect(session.run == recording.ledger.run && session.run.utf8.count == 32)
    #expect(session.status == "unfinished" && session.records == 2 && session.summary == nil && session.started == wall)
    #expect(session.fingerprint == Story.session.fingerprint && session.configuration.hasSuffix("1000\n"))
  }

  @Test func `every kind of journaled event`() throws {
    let recording = try Recording()
    let report = OrderReport(
      reportID: "r", clientOrderID: "c", venueOrderID: "v", instrument: InstrumentID(1), kind: .fill, side: .sell,
      time: Timestamp(nanoseconds: .max), quantity: Quantity(nanos: .max), price: Price(nanos: .max), feeNanos: .min,
      cumulative: Quantity(nanos: .max), stopPrice: .zero, reason: "ä \"q\"\n")
    let events: [ExternalEvent] = [
      .approval(approved: [1, .max], rejected: [], by: .person), .approvalTimeout([2]), .report(report),
      .placed(1, .unknown, reason: "timeout"), .replaced(1, .accepted, reason: ""),
      .cancelled(2, .notFound, reason: ""),
      .command(.stopEntries), .command(.resumeEntries), .command(.flatten),
    ]
    for (index, event) in events.enumerated() {
      try recording.ledger.journal(event, input: UInt64(index * 7), wallTime: wall)
    }
    let entries = try recording.reader().journalEntries()
    #expect(entries.map(\.event) == events)
    #expect(entries.map(\.number) == Array(1...UInt64(events.count)))
    #expect(entries.map(\.input) == (0..<UInt64(events.count)).map { $0 * 7 })
    #expect(entries.allSatisfy { $0.wallTime == wall })
    let error = #expect(throws: LedgerError.self) {
      try recording.ledger.journal(.command(.flatten), input: 3, wallTime: wall)
    }
    #expect(error?.code == .invalidRecord)
  }

  @Test func `a filter keeps what holds, and the latest of it`() throws {
    let recording = try Recording()
    for day in 1...9 {
      try recording.signal(
        UInt64(day), at: "2018-01-0\(day)T20:00:00Z", bar: "2018-01-0\(day)T00:00:00Z", symbol: UInt32(day % 2))
    }
    let reader = try recording.reader()
    func numbers(_ filter: LedgerFilter) throws -> [UInt64] { try reader.signals(filter).map(\.number) }
    #expect(try numbers(LedgerFilter()) == Array(1...9))
    #expect(try numbers(LedgerFilter(symbol: "NO")) == [1, 3, 5, 7, 9])
    #expect(try numbers(LedgerFilter(symbol: "no")).isEmpty)
    #expect(try numbers(LedgerFilter(limit: 2)) == [8, 9])
    #expect(
      try numbers(
        LedgerFilter(
          symbol: "AAPL", from: Timestamp(rfc3339: "2018-01-04T20:00:00Z"),
          to: Timestamp(rfc3339: "2018-01-06T20:00:00Z")))
        == [4, 6])
  }

  @Test func `a reader sees commits, not what waits for one`() throws {
    let recording = try Recording()
    let reader = try recording.reader()
    try recording.signal(1)
    #expect(try reader.signals().isEmpty)
    try recording.ledger.commit()
    #expect(try reader.signals().count == 1)
  }

  @Test func `the views show decimals and times as text`() throws {
    let recording = try Recording()
    try recording.signal(1)
    try recording.intent(1, signal: 1, position: 1)
    let amounts: [(Int64, String)] = [
      (0, "0"), (1, "0.000000001"), (-1, "-0.000000001"), (100_000_000_000, "100"), (-12_340_000_000, "-12.34"),
      (.max, "9223372036.854775807"), (.min, "-9223372036.854775808"),
    ]
    for (index, amount) in amounts.enumerated() { try recording.fill(UInt64(index + 1), order: 1, fee: amount.0) }
    try recording.ledger.commit()
    let shown = try recording.scratch.text("SELECT group_concat(fee, ' ') FROM (SELECT fee FROM fills ORDER BY number)")
    #expect(shown == amounts.map(\.1).joined(separator: " "))
    #expect(amounts.map { Price(nanos: $0.0).description } == amounts.map(\.1))
    let times = [
      "1969-12-31T23:59:59.999999999Z", "1970-01-01T00:00:00Z", "2018-04-20T20:00:00.5Z", "2261-01-01T00:00:00Z",
    ]
    for time in times {
      try recording.ledger.append(
        .equity(EquityRecord(time: Timestamp(rfc3339: time)!, cash: .zero(.usd), equity: nil)))
    }
    try recording.ledger.commit()
    #expect(try recording.scratch.text("SELECT group_concat(time, ' ') FROM equity") == times.joined(separator: " "))
    #expect(try recording.scratch.text("SELECT status FROM orders") == "intended")
    #expect(try recording.scratch.text("SELECT count(*) FROM signals JOIN sessions JOIN signal_checks") == "0")
    let views = "decisions order_history positions position_history trades breaker observations events"
    for view in views.split(separator: " ") {
      #expect(try recording.scratch.text("SELECT count(*) FROM \(view)") == "0")
    }
  }

  @Test func `sums in SQL are exact, or an error`() throws {
    let recording = try Recording()
    try recording.signal(1)
    try recording.intent(1, signal: 1, position: 1)
    for number in 1...10 { try recording.fill(UInt64(number), order: 1, fee: 100_000_000) }
    try recording.ledger.commit()
    #expect(try recording.scratch.text("SELECT sum(fee_nanos) FROM fill") == "1000000000")
    try recording.fill(11, order: 1, fee: .max)
    try recording.ledger.commit()
    #expect(throws: LedgerError.self) { try recording.scratch.text("SELECT sum(fee_nanos) FROM fill") }
  }
}

@Suite struct `The numbers of a decision` {
  @Test func `come back as they were`() throws {
    let numbers: [(name: String, value: Field.Value)] = [
      ("a", .number(0.1 + 0.2)), ("b", .number(nil)), ("c", .number(.nan)), ("d", .number(-0.0)),
      ("e", .number(Double.leastNonzeroMagnitude)),
      ("f", .integer(.min)), ("g", .decimal(nanos: 37_980_000_000)), ("h", .time(nanoseconds: 0)),
      ("i", .text("\u{1}\u{1f}\"\\\n\r\t/ Ω𝄞,}")), ("j", .flag(.clear)), ("k\"", .text("")),
    ]
    let text = NumbersText.text(numbers)
    #expect(
      NumbersText.values(text) == [
        NamedValue(name: "a", value: .number(0.1 + 0.2)), NamedValue(name: "b", value: .undefined),
        NamedValue(name: "c", value: .undefined), NamedValue(name: "d", value: .number(0)),
        NamedValue(name: "e", value: .number(Double.leastNonzeroMagnitude)),
        NamedValue(name: "f", value: .integer(.min)),
        NamedValue(name: "g", value: .text("37.98")), NamedValue(name: "h", value: .text("1970-01-01T00:00:00Z")),
        NamedValue(name: "i", value: .text("\u{1}\u{1f}\"\\\n\r\t/ Ω𝄞,}")),
        NamedValue(name: "j", value: .text("clear")),
        NamedValue(name: "k\"", value: .text("")),
      ])
    #expect(NumbersText.values("{}") == [])
  }

  @Test(arguments: [
    "", "{", "{\"a\"}", "{\"a\":}", "{\"a\":1", "{\"a\":1}x", "{\"a\":\"\\u00\"}", "[1]", "{\"a\":true}",
  ])
  func `anything else is refused`(text: String) { #expect(NumbersText.values(text) == nil) }
}

@Suite struct `The byte form of rows` {
  @Test func `NULLs at the end leave no trace, so later columns change no hash`() {
    var short = RowBuffer()
    short.begin(.accountEquity)
    short.add(Int64(1))
    short.finish()
    var long = RowBuffer()
    long.begin(.accountEquity)
    long.add(Int64(1))
    long.null()
    long.add(Double.infinity)
    long.add(String?.none)
    long.finish()
    #expect(short.bytes == long.bytes)
  }

  @Test func `rows that differ have other bytes`() {
    func bytes(_ body: (inout RowBuffer) -> Void) -> [UInt8] {
      var buffer = RowBuffer()
      buffer.begin(.fill)
      body(&buffer)
      buffer.finish()
      return buffer.bytes
    }
    let forms = [
      bytes { $0.add(Int64(0)) }, bytes { $0.add(0.0) }, bytes { $0.add("") }, bytes { $0.add("0") },
      bytes { $0.null() },
      bytes { b in
        b.null(); b.add("")
      },
      bytes { b in
        b.add("a"); b.add("b")
      }, bytes { $0.add("ab") },
    ]
    #expect(Set(forms).count == forms.count)
    #expect(bytes { $0.add(-0.0) } == bytes { $0.add(0.0) })
  }
}
