import Runtime
import TradingCore
import TradingTypes

/// Thrown where the power is cut.
struct PowerCut: Error {}

/// Cuts the power at the n-th place it passes.
final class Cutter: FaultPoints {
  var left: Int?
  private(set) var passed = 0

  init(after left: Int?) { self.left = left }

  func pass(_ place: StaticString) throws {
    passed += 1
    guard let left else { return }
    self.left = left - 1
    if left == 0 { throw PowerCut() }
  }
}

/// A ledger in memory: what was committed survives, what was not does not.
final class MemoryRecorder: Recorder {
  private(set) var committed: [String] = []
  private(set) var journaled: [JournaledInput] = []
  private var pending: [String] = []
  private var pendingInputs: [JournaledInput] = []
  private var position = 0
  /// Rows of a later life that differ from the first life's.
  private(set) var differences: [String] = []

  func beginLife() {
    pending = []
    pendingInputs = []
    position = 0
  }

  var rows: RowKinds { .all }
  var keepsJournal: Bool { true }
  var isCatchingUp: Bool { position < committed.count }

  func append(_ record: Record) throws -> Bool { take("\(record)") }
  func append(_ observation: Observation, scanner: String) throws -> Bool { take("\(scanner) \(observation)") }

  private func take(_ row: String) -> Bool {
    position += 1
    if position <= committed.count {
      if committed[position - 1] != row { differences.append("row \(position):\n\(committed[position - 1])\n\(row)") }
      return true
    }
    pending.append(row)
    return false
  }

  func journal(_ input: JournaledInput) throws {
    if isCatchingUp { differences.append("input \(input.index) is new before the recorded part was over") }
    pendingInputs.append(input)
  }

  func commit() throws {
    committed += pending
    journaled += pendingInputs
    pending = []
    pendingInputs = []
  }
}

/// A venue with a book of its own that outlives the host: market orders fill at the open, stops at a bar's low, one OCO
/// group cancels as a whole. What it processed before, it tells again.
final class FakeVenue: BrokerPort, SimulatedVenue {
  private struct Entry {
    var request: OrderRequest
    var reports: [OrderReport]
    var isWorking: Bool
    var stop: Price
    var quantity: Quantity
  }

  private var book: [Entry] = []
  private var waiting: [OrderReport] = []
  private var cursor: [InstrumentID: Timestamp] = [:]
  private var open: [InstrumentID: (time: Timestamp, price: Price)] = [:]
  private var seenOpen: [InstrumentID: Timestamp] = [:]
  /// What each market event told, to tell it again.
  private var told: [String: [OrderReport]] = [:]
  /// How often each order was placed for real.
  private(set) var placements: [ShortText: Int] = [:]
  var forgetsReplies = false

  let clock = RoadClock(.distantPast)

  func takeReports(into reports: inout ReportBuffer) {
    reports.append(waiting)
    waiting = []
  }

  var needsEveryPrice: Bool { true }
  var failure: any Error { PowerCut() }

  var openCall: BarCall {
    BarCall(self) { venue, bar in
      let bar = BarCall.bar(bar).pointee
      return Unmanaged<FakeVenue>.fromOpaque(venue).takeUnretainedValue().opens(bar).rawValue
    }
  }

  var barCall: BarCall {
    BarCall(self) { venue, bar in
      let bar = BarCall.bar(bar).pointee
      return Unmanaged<FakeVenue>.fromOpaque(venue).takeUnretainedValue().ends(bar).rawValue
    }
  }

  private var answer: BarCall.Answer { waiting.isEmpty ? .nothing : .waiting }

  /// A new life of the host: nothing waits to be told that it did not ask for.
  func beginLife() { waiting = [] }

  private func report(_ index: Int, _ kind: OrderReport.Kind, _ time: Timestamp, _ price: Price = .zero) -> OrderReport
  {
    let entry = book[index]
    let report = OrderReport(
      reportID: "\(entry.request.clientOrderID)/\(entry.reports.count + 1)", clientOrderID: entry.request.clientOrderID,
      venueOrderID: "v\(index)", instrument: entry.request.instrument, kind: kind, side: entry.request.side, time: time,
      quantity: entry.quantity, price: price, feeNanos: 0, cumulative: kind == .fill ? entry.quantity : .zero,
      stopPrice: entry.stop, reason: "")
    book[index].reports.append(report)
    return report
  }

  private func fill(_ index: Int, _ time: Timestamp, _ price: Price) -> [OrderReport] {
    book[index].isWorking = false
    var told = [report(index, .fill, time, price)]
    let group = book[index].request.ocoGroup
    for other in book.indices where other != index && book[other].isWorking && !group.isEmpty {
      guard book[other].request.ocoGroup == group else { continue }
      book[other].isWorking = false
      told.append(report(other, .cancelled, time))
    }
    return told
  }

  private func opens(_ bar: Bar) -> BarCall.Answer {
    let quote = Quote(instrument: bar.instrument, time: clock.now, last: Price(bar.open)!)
    open[quote.instrument] = (quote.time, quote.last)
    let event = "open \(quote.instrument.index) \(quote.time)"
    if let seen = seenOpen[quote.instrument], quote.time <= seen {
      waiting += told[event] ?? []
      return answer
    }
    seenOpen[quote.instrument] = quote.time
    for index in book.indices where book[index].isWorking && book[index].request.instrument == quote.instrument {
      if book[index].request.type == .market { told[event, default: []] += fill(index, quote.time, quote.last) }
    }
    waiting += told[event] ?? []
    return answer
  }

  private func ends(_ bar: Bar) -> BarCall.Answer {
    open[bar.instrument] = nil
    let event = "bar \(bar.instrument.index) \(bar.end)"
    if let seen = cursor[bar.instrument], bar.end <= seen {
      waiting += told[event] ?? []
      return answer
    }
    cursor[bar.instrument] = bar.end
    for index in book.indices where book[index].isWorking && book[index].request.instrument == bar.instrument {
      guard book[index].request.type == .stop, bar.low <= book[index].stop.double else { continue }
      told[event, default: []] += fill(index, bar.end, min(book[index].stop, Price(bar.open)!))
    }
    waiting += told[event] ?? []
    return answer
  }

  func place(_ request: OrderRequest, into reports: inout ReportBuffer) -> BrokerAnswer {
    if let index = index(request.clientOrderID) {
      reports.append(book[index].reports)
      return BrokerAnswer(.accepted)
    }
    placements[request.clientOrderID, default: 0] += 1
    book.append(
      Entry(request: request, reports: [], isWorking: true, stop: request.stopPrice, quantity: request.quantity))
    let index = book.count - 1
    var told = [report(index, .accepted, request.createdAt)]
    if request.type == .market, let open = open[request.instrument], open.time == request.createdAt {
      told += fill(index, open.time, open.price)
    }
    if forgetsReplies { return BrokerAnswer(.unknown, reason: "timeout") }
    reports.append(told)
    return BrokerAnswer(.accepted)
  }

  func replace(
    clientOrderID: ShortText, quantity: Quantity, stopPrice: Price, into reports: inout ReportBuffer
  ) -> BrokerAnswer {
    guard let index = index(clientOrderID), book[index].isWorking else { return BrokerAnswer(.notFound) }
    if book[index].quantity == quantity, stopPrice == .zero || stopPrice == book[index].stop {
      reports.append(Array(book[index].reports.filter { $0.kind == .replaced }.suffix(1)))
      return BrokerAnswer(.accepted)
    }
    book[index].quantity = quantity
    if stopPrice > .zero { book[index].stop = stopPrice }
    reports.append(report(index, .replaced, book[index].request.createdAt))
    return BrokerAnswer(.accepted)
  }

  func cancel(clientOrderID: ShortText, into reports: inout ReportBuffer) -> BrokerAnswer {
    guard let index = index(clientOrderID), book[index].isWorking else { return BrokerAnswer(.notFound) }
    book[index].isWorking = false
    reports.append(report(index, .cancelled, book[index].request.createdAt))
    return BrokerAnswer(.accepted)
  }

  func order(clientOrderID: ShortText, into reports: inout ReportBuffer) -> BrokerAnswer {
    guard let index = index(clientOrderID) else { return BrokerAnswer(.notFound) }
    reports.append(book[index].reports)
    return BrokerAnswer(.accepted)
  }

  func positions() throws -> [BrokerPosition] { [] }

  private func index(_ id: ShortText) -> Int? { book.firstIndex { $0.request.clientOrderID == id } }
}

/// Buys every few bars with a stop, leaves after some; keeps its state only in memory, as a plugin does.
final class FakeStrategy: StrategyPort {
  private var waiting: [SignalProposal] = []
  private var bars: [InstrumentID: Int] = [:]
  private var held: [InstrumentID: Quantity] = [:]
  private var random = Seeded(state: 99)

  var barCall: BarCall {
    BarCall(self) { strategy, bar in
      let bar = BarCall.bar(bar).pointee
      let waits = Unmanaged<FakeStrategy>.fromOpaque(strategy).takeUnretainedValue().onBar(bar)
      return (waits ? BarCall.Answer.waiting : .nothing).rawValue
    }
  }

  private func onBar(_ bar: Bar) -> Bool {
    let count = bars[bar.instrument, default: 0] + 1
    bars[bar.instrument] = count
    let roll = random.next() % 5
    if held[bar.instrument, default: .zero] > .zero {
      guard roll == 0 else { return false }
      var exit = SignalProposal(
        instrument: bar.instrument, verdict: .raised, action: .exit, barTime: bar.start, decidedAt: bar.end,
        close: bar.close)
      exit.exitReason = .strategy
      waiting.append(exit)
      return true
    }
    guard roll < 2 else { return false }
    var enter = SignalProposal(
      instrument: bar.instrument, verdict: .raised, action: .enterLong, barTime: bar.start, decidedAt: bar.end,
      close: bar.close)
    enter.flags = [.ownSize, .waitsForOpen]
    enter.quantity = Quantity("10")!
    enter.entryPrice = Price(bar.close)!
    enter.stopPrice = Price(bar.close * 0.99)!.rounded(.down, to: Price("0.01")!)!
    enter.stopDistance = Price("1")!
    enter.score = Double(random.next() % 100) / 100
    waiting.append(enter)
    return true
  }

  var evaluates: Bool { false }
  func evaluate(at time: Timestamp) throws -> Bool { false }

  var signalCall: SignalCall {
    SignalCall(self) { strategy, signals in
      Unmanaged<FakeStrategy>.fromOpaque(strategy).takeUnretainedValue().takeSignals(
        into: &SignalCall.buffer(signals).pointee)
    }
  }

  private func takeSignals(into signals: inout SignalBuffer) {
    signals.removeAll()
    signals.append(waiting)
    waiting = []
  }

  func recheck(_ request: RecheckRequest) throws -> [Check] {
    [Check(name: "price", kind: .recheck, passed: request.price > .zero, value: nil, limit: nil)]
  }

  func onFill(_ fill: FillNotice) throws { held[fill.instrument] = fill.position }
}

/// SplitMix64.
struct Seeded {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// A random walk of minute bars in some symbols.
final class WalkSource: BarSource {
  private var bars: [Bar] = []
  private var next = 0

  init(symbols: Int, minutes: Int) {
    var random = Seeded(state: 5)
    var price = [Double](repeating: 100, count: symbols)
    for minute in 0..<minutes {
      let start = Timestamp(nanoseconds: Int64(minute) * 60_000_000_000)
      for symbol in 0..<symbols {
        let open = (price[symbol] * (1 + (Double(random.next() % 2001) - 1000) / 400_000) * 100).rounded() / 100
        let close = (open * (1 + (Double(random.next() % 2001) - 1000) / 100_000) * 100).rounded() / 100
        price[symbol] = close
        bars.append(
          Bar(
            start: start, end: start.adding(seconds: 60), open: open, high: max(open, close) + 0.1,
            low: min(open, close) - 0.1, close: close, volume: 1000, instrument: InstrumentID(UInt32(symbol))))
      }
    }
  }

  func read(into buffer: UnsafeMutableBufferPointer<Bar>) throws -> Int {
    let count = min(buffer.count, bars.count - next)
    for index in 0..<count { buffer[index] = bars[next + index] }
    next += count
    return count
  }
}
