import TradingCore
import TradingTypes

internal import WharfABI

/// A broker: takes orders and reports what became of them. Calls may block.
public final class BrokerInstance: PluginInstance {
  /// Whether the host's market data drives it.
  public var isSimulatedVenue: Bool { venue != nil }
  /// What ``onQuote(_:)`` and ``onBar(at:)`` reported since the last ``clearReports()``.
  public private(set) var reports: [OrderReport] = []

  private let table: UnsafePointer<wharf_broker>
  private let venue: UnsafePointer<wharf_simulated_venue>?
  private var sink: UnsafePointer<wharf_broker_sink> {
    UnsafePointer(sinkMemory.assumingMemoryBound(to: wharf_broker_sink.self))
  }
  private var instrumentCount: UInt32 = 0
  private var positionAnswers: [BrokerPosition] = []

  /// Makes an instance; throws when the plugin refuses, of which its log tells the reason.
  public init(_ image: PluginImage, _ services: InstanceServices) throws(PluginFault) {
    table = image.table(.broker).assumingMemoryBound(to: wharf_broker.self)
    venue = image.venue
    try super.init(image, .broker, services, create: table.pointee.create, destroy: table.pointee.destroy)
    var sink = wharf_broker_sink()
    sink.struct_size = UInt32(MemoryLayout<wharf_broker_sink>.size)
    sink.context = Unmanaged.passUnretained(self).toOpaque()
    sink.report = { BrokerInstance.of($0)?.take($1) }
    sink.position = { BrokerInstance.of($0)?.take($1) }
    sinkMemory.initializeMemory(as: wharf_broker_sink.self, to: sink)
  }

  /// Tells the instruments, before anything else.
  public func start(
    _ instruments: [Instrument], decideFrom: Timestamp, isExplaining: Bool
  ) throws(PluginFault) {
    let status = StartArguments.lend(instruments, decideFrom: decideFrom, isExplaining: isExplaining) { start in
      run(.start) { table.pointee.start(handle, start) }
    }
    guard status == Status.ok else {
      throw failure(.start, "status", expected: "ok", found: Status.name(status))
    }
    instrumentCount = UInt32(instruments.count)
  }

  /// What it can do; `nil` when it cannot be asked or names something unknown.
  public func capabilities() -> BrokerCapabilities? {
    guard !isStopped else { return nil }
    var bits: UInt64 = 0
    guard succeeds(.capabilities, run(.capabilities) { table.pointee.capabilities(handle, &bits) }) else { return nil }
    let capabilities = BrokerCapabilities(rawValue: bits)
    guard capabilities.isSubset(of: .known) else {
      context.report(
        .violation, name(.capabilities), what: "bits", expected: "bits of \(BrokerCapabilities.known.rawValue)",
        found: "\(bits)")
      return nil
    }
    return capabilities
  }

  /// The account; `nil` when it cannot be had.
  public func account() -> BrokerAccount? {
    guard !isStopped else { return nil }
    var raw = wharf_broker_account()
    raw.struct_size = UInt32(MemoryLayout<wharf_broker_account>.size)
    guard succeeds(.account, run(.account) { table.pointee.account(handle, &raw) }) else { return nil }
    do throws(Violation) { return try BrokerAccount(raw) } catch {
      context.report(error.kind, name(.account), what: error.what, expected: error.expected, found: error.found)
      return nil
    }
  }

  /// Every position; `nil` when the query failed, which never means flat.
  public func positions() -> [BrokerPosition]? {
    guard !isStopped else { return nil }
    positionAnswers.removeAll(keepingCapacity: true)
    let isOK = succeeds(.positions, run(.positions) { table.pointee.positions(handle, sink) })
    guard isOK, !takeRefusal() else { return nil }
    guard Set(positionAnswers.map(\.instrument)).count == positionAnswers.count else {
      context.report(
        .violation, name(.positions), what: "position.instrument", expected: "each once", found: "one twice")
      return nil
    }
    return positionAnswers
  }

  /// The last report of every working order; `nil` when the query failed, which never means that there is none.
  public func openOrders() -> [OrderReport]? {
    guard !isStopped else { return nil }
    let (isOK, found) = collecting {
      succeeds(.openOrders, run(.openOrders) { table.pointee.open_orders(handle, sink) })
    }
    return isOK && !takeRefusal() ? found : nil
  }

  /// Offers a price to a simulated venue; what it reports is in ``reports``.
  public func onQuote(_ quote: Quote) -> CallOutcome {
    guard !isStopped else { return .stopped }
    guard let venue else { return .ok }
    var raw = wharf_quote()
    raw.time = quote.time.nanoseconds
    raw.last = quote.last.nanos
    raw.bid = quote.bid?.nanos ?? 0
    raw.ask = quote.ask?.nanos ?? 0
    raw.instrument = quote.instrument.index
    raw.flags = quote.isSessionFirst ? UInt32(WHARF_SESSION_FIRST) : 0
    return venueOutcome(.onQuote, run(.onQuote) { venue.pointee.on_quote(handle, &raw, sink) })
  }

  /// Offers a finished bar with its flags to a simulated venue; what it reports is in ``reports``. No allocation, no lock, no copy.
  @inline(__always)
  public func onBar(at bar: UnsafePointer<Bar>) -> CallOutcome {
    guard !state.pointee.isStopped else { return .stopped }
    guard let venue else { return .ok }
    return venueOutcome(.onBar, run(.onBar) { venue.pointee.on_bar(handle, bar.raw, sink) })
  }

  /// Offers a copy of a finished bar, stamped with its place in its session.
  public func onBar(_ bar: Bar, isSessionFirst: Bool, isSessionLast: Bool) -> CallOutcome {
    var bar = bar
    bar.flags = BarFlags(rawValue: (isSessionFirst ? 1 : 0) | (isSessionLast ? 2 : 0))
    return onBar(at: &bar)
  }

  /// A venue with a report that cannot be read is stopped: what was dropped may have been a fill.
  @inline(__always)
  private func venueOutcome(_ call: PluginCall, _ status: wharf_status) -> CallOutcome {
    let outcome = outcome(call, status)
    guard outcome == .answerRefused else { return outcome }
    stop(call, what: "report", expected: "usable reports", found: "a refused one")
    return .stopped
  }

  /// Forgets the reports of quotes and bars and keeps their storage.
  public func clearReports() { reports.removeAll(keepingCapacity: true) }

  // MARK: calls about one order

  /// Makes a call about one order and concludes what may be concluded from its status and reports.
  func answer(
    _ call: PluginCall, isNotFoundDefinitive: Bool,
    _ body: (UnsafePointer<wharf_broker>, UnsafePointer<wharf_broker_sink>) -> wharf_status
  ) -> BrokerAnswer {
    guard !isStopped else { return BrokerAnswer(outcome: .notSent, reports: [], reason: "stopped") }
    let (status, found) = collecting { run(call) { body(table, sink) } }
    if status == Status.fault { stop(call, status) }
    // A report that cannot be read may have been a fill.
    guard !takeRefusal() else { return BrokerAnswer(outcome: .unknown, reports: found, reason: "unusable report") }
    let outcome: PlacementOutcome =
      switch status {
      case Status.ok: .accepted
      case Status.rejected, Status.invalid, Status.unsupported: .rejected
      case Status.notSent: .notSent
      case Status.notFound where isNotFoundDefinitive: .notFound
      default: .unknown
      }
    return BrokerAnswer(outcome: outcome, reports: found, reason: outcome == .accepted ? "" : Status.name(status))
  }

  /// What is reported during some work, kept apart from the reports of quotes and bars.
  private func collecting<Result>(_ body: () -> Result) -> (Result, [OrderReport]) {
    let earlier = reports
    reports = []
    let result = body()
    defer { reports = earlier }
    return (result, reports)
  }

  /// Whether a query worked; one that did not is no breach of the contract, unless the instance is broken.
  private func succeeds(_ call: PluginCall, _ status: wharf_status) -> Bool {
    if status == Status.fault { stop(call, status) }
    return status == Status.ok
  }

  private static func of(_ context: UnsafeMutableRawPointer?) -> BrokerInstance? {
    context.map { Unmanaged<BrokerInstance>.fromOpaque($0).takeUnretainedValue() }
  }

  private func take(_ raw: UnsafePointer<wharf_order_report>?) {
    take(raw, in: PluginCall.reporting, "report", into: &reports) { raw throws(Violation) in
      try OrderReport(raw, instrumentCount: instrumentCount)
    }
  }

  private func take(_ raw: UnsafePointer<wharf_broker_position>?) {
    take(raw, in: PluginCall.listing, "position", into: &positionAnswers) { raw throws(Violation) in
      try BrokerPosition(raw, instrumentCount: instrumentCount)
    }
  }
}
