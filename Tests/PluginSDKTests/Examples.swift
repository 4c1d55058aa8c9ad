import PluginSDK
import TradingTypes

/// Values with every part set, so that a part lost on the way shows.
enum Examples {
  static func bar(_ index: Int) -> Bar {
    let start = CivilDate(daysSinceEpoch: 18_000 + Int32(index)).midnightUTC
    return Bar(
      start: start, end: start.adding(seconds: 75_600), open: 10.5, high: 12.25, low: 9.75, close: 11 + Double(index),
      volume: 1e10, instrument: InstrumentID(0))
  }
  static let bar = bar(0)

  static let checks = [
    Check("trend", .bar, passed: true, value: 41.43, limit: 41.3812),
    Check("spread", .state, passed: true, note: "unknown"), Check("ev", .recheck, passed: false, value: -0.0008),
  ]
  static let fields = [
    Field.number("inputs", "rsi2", 4.26893), .number("inputs", "z5", nil),
    .decimal("plan", "stop", Price("37.98")!), .integer("ev", "n", -34),
    Field("", "at", .time(Timestamp(nanoseconds: 1_524_254_400_000_000_000))),
    Field("flags", "thin_book", .flag(.unknown)), Field("flags", "halt", .flag(.raised)),
    Field("ev", "why", .text("naïve — 日本")),
  ]

  static let signal: Signal = {
    var signal = Signal(.refused, .exit, bar: bar)
    signal.orderType = .limit
    signal.timeInForce = .opg
    signal.exitReason = .time
    signal.expiresAt = Timestamp(nanoseconds: 77)
    signal.score = 0.569312
    signal.confidence = 67.57
    signal.expectedValue = -0.0008
    signal.ownQuantity = Quantity("14")
    signal.personOnly = true
    signal.waitsForOpen = true
    signal.entryPrice = Price("41.43")
    signal.limitPrice = Price("41.18")
    signal.stopPrice = Price("37.98")
    signal.stopDistance = Price("3.45")
    signal.targetPrice = Price("43.53")
    signal.targetDistance = Price("0.99")
    signal.trailingDistance = Price("1.5")
    signal.timeStopCloses = 10
    signal.checks = checks
    signal.fields = fields
    signal.code = "ev_net"
    signal.text = "EV below the limit — no signal"
    return signal
  }()

  /// Signals with one part set that the ABI marks by a flag, so that no flag stands in for another.
  static let singles: [Signal] = {
    let changes: [(inout Signal) -> Void] = [
      { $0.confidence = 0 }, { $0.expectedValue = 0 }, { $0.ownQuantity = .zero }, { $0.personOnly = true },
      { $0.waitsForOpen = true }, { $0.score = 0 },
    ]
    return changes.map { change in
      var signal = Signal.enterLong(bar: bar)
      change(&signal)
      return signal
    }
  }()

  static let virtualTrade = VirtualTrade(
    instrument: InstrumentID(0), signalTime: Timestamp(nanoseconds: 1), entryTime: Timestamp(nanoseconds: 2),
    exitTime: Timestamp(nanoseconds: 3), entry: Price("41.43")!, stop: Price("37.98")!, exit: Price("42")!,
    exitReason: .strategy, sessionCloses: 4, grossReturn: 0.0137, code: "sma5")

  static let observation: Observation = {
    var observation = Observation(.alert, InstrumentID(0), at: Timestamp(nanoseconds: 5))
    observation.number = 6
    observation.episode = 7
    observation.price = 0.00000012
    observation.score = 88.5
    observation.level = "pump_signal"
    observation.code = "higher_level"
    observation.fields = fields
    observation.text = "one line"
    return observation
  }()

  static func report(_ id: ShortText, _ reason: String) -> OrderReport {
    OrderReport(
      .replaced, reportID: "report-1", clientOrderID: id, venueOrderID: "venue-1", instrument: InstrumentID(0),
      side: .sell, type: .trailingStop, time: Timestamp(nanoseconds: 8), quantity: Quantity("9")!, price: Price("1.5"),
      feeNanos: 10, cumulative: Quantity("0.5")!, stopPrice: Price("1.25"), reason: reason)
  }

  static func series(_ symbol: String) -> Series {
    Series(
      symbol: symbol, barSeconds: 60, firstStart: Timestamp(nanoseconds: 11), lastStart: Timestamp(nanoseconds: 12),
      barCount: 13, step: Quantity("0.01"), currency: Currency("USDT"))
  }

  static let fault = DataFault(
    isSkipped: true, file: "a.csv", line: 14, code: "high_below_open", text: "high 9 is below open 10; row skipped")
}
