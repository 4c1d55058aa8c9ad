import TradingCore
import TradingTypes

internal import WharfABI

/// A broker: takes orders and reports what became of them. Calls may block.
public final class BrokerInstance: PluginInstance {
  /// Whether the host's market data drives it.
  public var isSimulatedVenue: Bool { venue != nil }

  let table: UnsafePointer<wharf_broker>
  private let venue: UnsafePointer<wharf_simulated_venue>?
  var sink: UnsafePointer<wharf_broker_sink> {
    UnsafePointer(sinkMemory.assumingMemoryBound(to: wharf_broker_sink.self))
  }
  /// In memory of its own, so that a report makes no exclusivity checks.
  let inbox: UnsafeMutablePointer<ReportInbox>
  private var positionAnswers: [BrokerPosition] = []

  /// Makes an instance; throws when the plugin refuses, of which its log tells the reason.
  ///
  /// Without `keepsIDs` the ids of reports that only a record shows are judged like all else, and then left out: for a
  /// run that keeps no record of them.
  public init(_ image: PluginImage, _ services: InstanceServices, keepsIDs: Bool = true) throws(PluginFault) {
    table = image.table(.broker).assumingMemoryBound(to: wharf_broker.self)
    venue = image.venue
    let inbox = UnsafeMutablePointer<ReportInbox>.allocate(capacity: 1)
    inbox.initialize(to: ReportInbox(keepsIDs: keepsIDs))
    self.inbox = inbox
    do throws(PluginFault) {
      try super.init(image, .broker, services, create: table.pointee.create, destroy: table.pointee.destroy)
    } catch {
      inbox.deallocate()
      throw error
    }
    var sink = wharf_broker_sink()
    sink.struct_size = UInt32(MemoryLayout<wharf_broker_sink>.size)
    sink.context = Unmanaged.passUnretained(self).toOpaque()
    sink.report = { BrokerInstance.tell($0, $1) }
    sink.position = { BrokerInstance.of($0)?.take($1) }
    sinkMemory.initializeMemory(as: wharf_broker_sink.self, to: sink)
  }

  deinit {
    inbox.deinitialize(count: 1)
    inbox.deallocate()
  }

  /// Tells the instruments, before anything else.
  public func start(
    _ instruments: [Instrument], decideFrom: Timestamp, isExplaining: Bool
  ) throws(PluginFault) {
    try start(instruments, decideFrom: decideFrom, isExplaining: isExplaining) { table.pointee.start(handle, $0) }
    inbox.pointee.instrumentCount = UInt32(instruments.count)
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
    var found = ReportBuffer()
    let status = collecting(into: &found) { run(.openOrders) { table.pointee.open_orders(handle, sink) } }
    return succeeds(.openOrders, status) && !takeRefusal() ? found.copies : nil
  }

  /// Offers a price to a simulated venue; what it reports waits for ``takeReports(into:)``.
  public func onQuote(_ quote: Quote) -> CallOutcome {
    offer(
      wharf_quote(
        time: quote.time.nanoseconds, last: quote.last.nanos, bid: quote.bid?.nanos ?? 0, ask: quote.ask?.nanos ?? 0,
        instrument: quote.instrument.index, flags: quote.isSessionFirst ? UInt32(WHARF_SESSION_FIRST) : 0))
  }

  /// Offers the opening price of a bar, of which nothing else is known yet, as ``onQuote(_:)`` offers a price.
  public func onOpen(of bar: UnsafePointer<Bar>, _ open: Price, at time: Timestamp) -> CallOutcome {
    offer(
      wharf_quote(
        time: time.nanoseconds, last: open.nanos, bid: 0, ask: 0, instrument: bar.pointee.instrument.index,
        flags: bar.pointee.flags.contains(.sessionFirst) ? UInt32(WHARF_SESSION_FIRST) : 0))
  }

  @inline(__always)
  private func offer(_ quote: wharf_quote) -> CallOutcome {
    guard !state.pointee.isStopped else { return .stopped }
    guard let venue else { return .ok }
    return withUnsafePointer(to: quote) { quote in
      venueOutcome(.onQuote, run(.onQuote) { venue.pointee.on_quote(handle, quote, sink) })
    }
  }

  /// Offers a finished bar with its flags to a simulated venue; what it reports waits for
  /// ``takeReports(into:)``. No allocation, no lock, no copy.
  @inline(__always)
  public func onBar(at bar: UnsafePointer<Bar>) -> CallOutcome {
    guard !state.pointee.isStopped else { return .stopped }
    guard let venue else { return .ok }
    return venueOutcome(.onBar, run(.onBar) { venue.pointee.on_bar(handle, bar.raw, sink) })
  }

  /// A venue with a report that cannot be read is stopped: what was dropped may have been a fill.
  @inline(__always)
  private func venueOutcome(_ call: PluginCall, _ status: wharf_status) -> CallOutcome {
    let outcome = outcome(call, status)
    guard outcome == .answerRefused else { return outcome }
    stop(call, what: "report", expected: "usable reports", found: "a refused one")
    return .stopped
  }

  /// Whether a query worked; one that did not is no breach of the contract, unless the instance is broken.
  private func succeeds(_ call: PluginCall, _ status: wharf_status) -> Bool {
    if status == Status.fault { stop(call, status) }
    return status == Status.ok
  }

  private static func of(_ context: UnsafeMutableRawPointer?) -> BrokerInstance? {
    context.map { Unmanaged<BrokerInstance>.fromOpaque($0).takeUnretainedValue() }
  }

  private func take(_ raw: UnsafePointer<wharf_broker_position>?) {
    take(raw, in: PluginCall.listing, "position", into: &positionAnswers) { raw throws(Violation) in
      try BrokerPosition(raw, instrumentCount: inbox.pointee.instrumentCount)
    }
  }
}
