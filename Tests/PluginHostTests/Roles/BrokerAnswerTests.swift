import PluginHost
import Testing
import TradingCore
import TradingTypes

enum GarbageBroker {
  static let reports = [
    BadAnswer("r.struct_size = 1", "report.struct_size: expected 136, found 1"),
    BadAnswer("r.instrument = 1", "report.instrument: expected one of the 1 instruments, found 1"),
    BadAnswer("r.kind = 8", "report.kind: expected a listed value, found 8"),
    BadAnswer("r.side = 0", "report.side: expected a listed value, found 0"),
    BadAnswer("r.order_type = 6", "report.order_type: expected a listed value, found 6"),
    BadAnswer("r.report_id_length = 0", "report.report_id: expected an id, found nothing"),
    BadAnswer("r.report_id = \"a b\"", "report.report_id: expected visible ASCII, found \"a b\""),
    BadAnswer(
      "r.client_order_id = big; r.client_order_id_length = 49",
      "report.client_order_id: expected at most 48 bytes, found 49"),
    BadAnswer(
      "r.venue_order_id = \"v\\x80\"; r.venue_order_id_length = 2",
      "report.venue_order_id: expected visible ASCII, found \"v\u{fffd}\""),
    BadAnswer("r.quantity = 0", "report.quantity: expected more than 0, found 0"),
    BadAnswer("r.price = 0", "report.price: expected more than 0, found 0"),
    BadAnswer("r.cumulative = 1", "report.cumulative: expected at least what was filled now, found 0.000000001"),
    BadAnswer(
      "r.kind = WHARF_REPORT_ACCEPTED; r.quantity = -1", "report.quantity: expected 0 or more, found -0.000000001"),
    BadAnswer("r.stop_price = -1", "report.stop_price: expected 0 or more, found -0.000000001"),
    BadAnswer("r.reason = 0", "report.reason: expected a text, found 7 bytes of a null pointer"),
  ]
  static let positions = [
    BadAnswer("p.instrument = 1", "position.instrument: expected one of the 1 instruments, found 1"),
    BadAnswer("p.average_price = -1", "position.average_price: expected 0 or more, found -0.000000001"),
    BadAnswer("p.struct_size = 0", "position.struct_size: expected 24, found 0"),
    BadAnswer("(void)p", "position.instrument: expected each once, found one twice"),
    BadAnswer("return WHARF_E_IO", ""),
  ]
  static let accounts = [
    BadAnswer("a->live = 2", "account.live: expected 0 or 1, found 2"),
    BadAnswer("a->buying_power = -1", "account.buying_power: expected 0 or more, found -0.000000001"),
    BadAnswer("a->currency = 0", "account.currency: expected a code such as USD, found 0"),
    BadAnswer("a->currency = 0x5500", "account.currency: expected a code such as USD, found 21760"),
    BadAnswer("return WHARF_E_IO", ""),
  ]
}

@Suite(.serialized) struct `A broker's answers` {
  let fixture: LoadedFixture
  let recorder = Recorder()

  private static let shared = Result {
    try LoadedFixture(
      BrokerFixture.source(
        report: BadAnswer.cases(GarbageBroker.reports), position: BadAnswer.cases(GarbageBroker.positions),
        account: BadAnswer.cases(GarbageBroker.accounts)), role: "broker")
  }

  init() throws { fixture = try Self.shared.get() }

  /// A broker that gives the answer with this number to queries.
  private func broker(_ what: Int64 = 0, keepsIDs: Bool = true) throws -> BrokerInstance {
    let broker = try BrokerInstance(fixture.image, recorder.services(fixture.image), keepsIDs: keepsIDs)
    try broker.start(
      instruments(1), decideFrom: Timestamp(nanoseconds: what * 1_000_000_000), isExplaining: false)
    return broker
  }

  private func request(_ units: Int64, status: Int64 = 0) -> OrderRequest {
    OrderRequest(
      clientOrderID: "c-1", instrument: InstrumentID(0), side: .buy, type: .market, timeInForce: .day,
      quantity: Quantity(nanos: units * 1_000_000_000), createdAt: Timestamp(nanoseconds: status))
  }

  private let fill = report("r-1", "v-1", "because")

  private static func report(_ id: String, _ venueOrderID: String, _ reason: String) -> OrderReport {
    OrderReport(
      reportID: id, clientOrderID: "c-1", venueOrderID: venueOrderID, instrument: InstrumentID(0), kind: .fill,
      side: .buy, time: Timestamp(nanoseconds: 1000), quantity: Quantity(nanos: 1_000_000_000),
      price: Price(nanos: 2_000_000_000), feeNanos: -1, cumulative: Quantity(nanos: 1_000_000_000), stopPrice: .zero,
      reason: reason)
  }

  @Test func `arrive with every value when they are right`() throws {
    let broker = try broker()
    #expect(broker.isSimulatedVenue)
    #expect(broker.place(request(0)) == BrokerAnswer(outcome: .accepted, reports: [fill], reason: ""))
    #expect(broker.order("c-1") == BrokerAnswer(outcome: .accepted, reports: [fill], reason: ""))
    #expect(broker.openOrders() == [fill])
    #expect(broker.capabilities() == [.limit, .stop])
    #expect(
      broker.positions() == [
        BrokerPosition(
          instrument: InstrumentID(0), quantity: Quantity(nanos: 1_000_000_000),
          averagePrice: Price(nanos: 2_000_000_000))
      ])
    #expect(
      broker.account()
        == BrokerAccount(
          isLive: false, cash: Money(nanos: 5, currency: .usd), buyingPower: Money(nanos: 6, currency: .usd)))
    #expect(recorder.faults.isEmpty)
  }

  @Test func `leave the outcome of an order unknown when a report cannot be read`() throws {
    let broker = try broker()
    for (index, answer) in GarbageBroker.reports.enumerated() {
      recorder.clear()
      #expect(
        broker.place(request(Int64(index + 1)))
          == BrokerAnswer(outcome: .unknown, reports: [], reason: "unusable report"))
      #expect(recorder.messages == ["broker.place: " + answer.fault], "\(answer.change)")
    }
    #expect(!broker.isStopped)
  }

  @Test func `without a reason are refused for the same faults`() throws {
    let broker = try broker()
    for (index, answer) in GarbageBroker.reports.enumerated() where !answer.change.contains("reason") {
      recorder.clear()
      #expect(
        broker.place(request(Int64(index + 1001)))
          == BrokerAnswer(outcome: .unknown, reports: [], reason: "unusable report"))
      #expect(recorder.messages == ["broker.place: " + answer.fault], "\(answer.change)")
    }
  }

  @Test func `are judged alike where the ids that only a record shows are not kept`() throws {
    let broker = try broker(keepsIDs: false)
    #expect(broker.place(request(0)).reports == [Self.report("", "", "because")])
    #expect(broker.place(request(1000)).reports == [Self.report("", "", "")])
    for (index, answer) in GarbageBroker.reports.enumerated() {
      recorder.clear()
      #expect(broker.place(request(Int64(index + 1))).outcome == .unknown)
      #expect(recorder.messages == ["broker.place: " + answer.fault], "\(answer.change)")
    }
  }

  @Test func `go behind what the caller holds, those of its call alone`() throws {
    let broker = try broker()
    let plain = Self.report("r-1", "v-1", "")
    var told = ReportBuffer()
    told.append(fill)
    #expect(broker.place(request(1000), into: &told) == BrokerConclusion(outcome: .accepted, reason: ""))
    #expect(told.copies == [fill, plain])
    #expect(broker.cancel("c-9", into: &told) == BrokerConclusion(outcome: .notFound, reason: "not_found"))
    #expect(told.copies == [fill, plain])
    #expect(!broker.hasReports)
  }

  @Test(
    arguments: [
      (1, .rejected, "invalid"), (2, .rejected, "unsupported"), (3, .unknown, "not_found"), (4, .rejected, "rejected"),
      (5, .notSent, "not_sent"), (6, .unknown, "unknown_outcome"), (7, .unknown, "busy"), (10, .unknown, "io"),
      (11, .unknown, "fault"), (99, .unknown, "unlisted status 99"), (-1, .unknown, "unlisted status -1"),
    ] as [(Int64, PlacementOutcome, String)])
  func `to place are a rejection only when the status is definitive`(
    _ status: Int64, _ outcome: PlacementOutcome, _ reason: String
  ) throws {
    let broker = try broker()
    #expect(
      broker.place(request(1, status: status)) == BrokerAnswer(outcome: outcome, reports: [], reason: reason))
    #expect(broker.isStopped == (status == 11))
    if broker.isStopped {
      #expect(broker.place(request(1)) == BrokerAnswer(outcome: .notSent, reports: [], reason: "stopped"))
      #expect(broker.positions() == nil)
      #expect(broker.openOrders() == nil)
    }
  }

  @Test func `about one order tell what is definitive`() throws {
    let broker = try broker()
    #expect(broker.order("c-9") == BrokerAnswer(outcome: .notFound, reports: [], reason: "not_found"))
    #expect(broker.order("!") == BrokerAnswer(outcome: .unknown, reports: [], reason: "io"))
    #expect(broker.cancel("c-1").outcome == .accepted)
    #expect(broker.cancel("c-9").outcome == .notFound)
    let statuses: [(Int64, PlacementOutcome)] = [(0, .accepted), (3, .notFound), (4, .rejected), (6, .unknown)]
    for (status, outcome) in statuses {
      let answer = broker.replace(
        "c-1", quantity: Quantity(nanos: status), limitPrice: .zero, stopPrice: .zero)
      #expect(answer.outcome == outcome)
    }
  }

  @Test func `to a query count only when all of them can be read`() throws {
    for (index, answer) in GarbageBroker.positions.enumerated() {
      recorder.clear()
      #expect(try broker(Int64(index + 1)).positions() == nil, "\(answer.change)")
      #expect(recorder.messages == (answer.fault.isEmpty ? [] : ["broker.positions: " + answer.fault]))
    }
    for (index, answer) in GarbageBroker.accounts.enumerated() {
      recorder.clear()
      #expect(try broker(Int64(index + 1)).account() == nil, "\(answer.change)")
      #expect(recorder.messages == (answer.fault.isEmpty ? [] : ["broker.account: " + answer.fault]))
    }
    recorder.clear()
    #expect(try broker(1).openOrders() == nil)
    #expect(try broker(-1).capabilities() == nil)
    #expect(recorder.messages.last == "broker.capabilities: bits: expected bits of 511, found 512")
  }

  @Test func `of a venue collect until they are taken`() throws {
    let broker = try broker()
    func quote(_ units: Int64) -> Quote {
      Quote(instrument: InstrumentID(0), time: .distantPast, last: Price(nanos: units * 1_000_000_000))
    }
    #expect(broker.onQuote(quote(0)) == .ok)
    // An order's own reports are not mixed with them.
    #expect(broker.place(request(0)).reports == [fill])
    #expect(broker.reports == [fill])
    #expect(broker.hasReports)
    var taken = ReportBuffer()
    broker.takeReports(into: &taken)
    #expect(taken.copies == [fill])
    #expect(!broker.hasReports)
    #expect(broker.onQuote(quote(1000)) == .ok)
    broker.takeReports(into: &taken)
    #expect(taken.copies.map(\.reason) == ["because", ""])
    #expect(broker.onQuote(quote(0)) == .ok)
    broker.clearReports()
    #expect(broker.reports.isEmpty)
    #expect(broker.onBar(bar(), isSessionFirst: true, isSessionLast: true) == .ok)
    #expect(broker.onBar(bar(volume: 2), isSessionFirst: true, isSessionLast: true) == .stopped)
    #expect(broker.onQuote(quote(0)) == .stopped)
  }

  @Test func `stop a venue when one cannot be read, because it may have been a fill`() throws {
    let quoted = try broker()
    let quote = Quote(instrument: InstrumentID(0), time: .distantPast, last: Price(nanos: 1_000_000_000))
    #expect(quoted.onQuote(quote) == .stopped)
    #expect(quoted.isStopped)
    recorder.clear()
    #expect(try broker().onBar(bar(volume: 1), isSessionFirst: true, isSessionLast: true) == .stopped)
    #expect(
      recorder.messages == [
        "broker.on_bar: position: expected one during positions, found one during on_bar",
        "broker.on_bar: report: expected usable reports, found a refused one",
      ])
  }
}
