import TradingCore
import TradingTypes

internal import WharfABI

/// What a strategy said to an approved signal between approval and order.
public enum RecheckAnswer: Hashable, Sendable {
  /// The strategy has no re-check; only the host's own conditions decide.
  case notOffered
  /// Its conditions; any that failed stops the order.
  case checks([Check])
  /// It refused, or its answer could not be used: the order is stopped. The reason in a word.
  case refused(String)
}

/// A strategy: offered bars, it raises signals.
///
/// Its answers collect in ``signals`` and ``virtualTrades`` until ``clearAnswers()``.
public final class StrategyInstance: PluginInstance {
  typealias OnBar =
    @convention(c) (
      OpaquePointer?, UnsafePointer<wharf_bar>?, UnsafePointer<wharf_strategy_sink>?
    ) -> wharf_status

  /// The signals since the last ``clearAnswers()``, in the order they came.
  public private(set) var signals: [SignalProposal] = []
  /// The virtual trades since the last ``clearAnswers()``, in the order they came.
  public private(set) var virtualTrades: [VirtualTrade] = []
  /// Whether there is anything to take.
  public var hasAnswers: Bool { !signals.isEmpty || !virtualTrades.isEmpty }
  /// Whether it wants to be told when all bars of an instant are in.
  public let evaluates: Bool
  /// Whether it checks approved signals again.
  public let rechecks: Bool

  private let table: UnsafePointer<wharf_strategy>
  private let onBarFunction: OnBar
  private var sink: UnsafePointer<wharf_strategy_sink> {
    UnsafePointer(sinkMemory.assumingMemoryBound(to: wharf_strategy_sink.self))
  }
  private var instrumentCount: UInt32 = 0
  private var isExplaining = false
  private var checks: [Check] = []

  /// Makes an instance; throws when the plugin refuses, of which its log tells the reason.
  public init(_ image: PluginImage, _ services: InstanceServices) throws(PluginFault) {
    table = image.table(.strategy).assumingMemoryBound(to: wharf_strategy.self)
    onBarFunction = table.pointee.on_bar
    evaluates = table.pointee.evaluate != nil
    rechecks = table.pointee.recheck != nil
    try super.init(
      image, .strategy, services, create: table.pointee.create, destroy: table.pointee.destroy)
    var sink = wharf_strategy_sink()
    sink.struct_size = UInt32(MemoryLayout<wharf_strategy_sink>.size)
    sink.context = Unmanaged.passUnretained(self).toOpaque()
    sink.signal = { StrategyInstance.of($0)?.take($1) }
    sink.virtual_trade = { StrategyInstance.of($0)?.take($1) }
    sinkMemory.initializeMemory(as: wharf_strategy_sink.self, to: sink)
  }

  /// Tells the instruments, before the first bar. While explaining, every evaluation is reported.
  public func start(
    _ instruments: [Instrument], decideFrom: Timestamp, isExplaining: Bool
  ) throws(PluginFault) {
    self.isExplaining = isExplaining
    let status = StartArguments.lend(instruments, decideFrom: decideFrom, isExplaining: isExplaining) { start in
      run(.start) { table.pointee.start(handle, start) }
    }
    guard status == Status.ok else {
      throw failure(.start, "status", expected: "ok", found: Status.name(status))
    }
    instrumentCount = UInt32(instruments.count)
  }

  /// Offers a finished bar with its flags. No allocation, no lock, no copy.
  @inline(__always)
  public func onBar(at bar: UnsafePointer<Bar>) -> CallOutcome {
    guard !state.pointee.isStopped else { return .stopped }
    return outcome(.onBar, run(.onBar) { onBarFunction(handle, bar.raw, sink) })
  }

  /// Offers a copy of a finished bar, stamped with its place in its session.
  public func onBar(_ bar: Bar, isSessionFirst: Bool, isSessionLast: Bool) -> CallOutcome {
    var bar = bar
    bar.flags = BarFlags(rawValue: (isSessionFirst ? 1 : 0) | (isSessionLast ? 2 : 0))
    return onBar(at: &bar)
  }

  /// Tells that all bars that end at an instant have been offered.
  public func evaluate(at time: Timestamp) -> CallOutcome {
    guard !isStopped else { return .stopped }
    guard let evaluate = table.pointee.evaluate else { return .ok }
    return outcome(.evaluate, run(.evaluate) { evaluate(handle, time.nanoseconds, sink) })
  }

  /// Asks whether an approved signal still stands.
  public func recheck(_ request: RecheckRequest) -> RecheckAnswer {
    guard let recheck = table.pointee.recheck else { return .notOffered }
    guard !isStopped else { return .refused("stopped") }
    var raw = wharf_recheck()
    raw.struct_size = UInt32(MemoryLayout<wharf_recheck>.size)
    raw.instrument = request.instrument.index
    raw.bar_time = request.barTime.nanoseconds
    raw.now = request.now.nanoseconds
    raw.price = request.price.nanos
    raw.quote_time = request.quoteTime.nanoseconds
    var checkSink = wharf_check_sink()
    checkSink.struct_size = UInt32(MemoryLayout<wharf_check_sink>.size)
    checkSink.context = Unmanaged.passUnretained(self).toOpaque()
    checkSink.check = { StrategyInstance.of($0)?.take($1) }
    let status = withUnsafePointer(to: checkSink) { checkSink in
      run(.recheck) { recheck(handle, &raw, checkSink) }
    }
    defer { checks.removeAll(keepingCapacity: true) }
    let hasRefused = takeRefusal()
    guard status == Status.ok else {
      if status == Status.fault { stop(.recheck, status) }
      return .refused(Status.name(status))
    }
    return hasRefused ? .refused("unusable answer") : .checks(checks)
  }

  /// Tells of a fill of the strategy's own order.
  public func onFill(_ fill: FillNotice) -> CallOutcome {
    guard !isStopped else { return .stopped }
    guard let onFill = table.pointee.on_fill else { return .ok }
    var raw = wharf_fill()
    raw.struct_size = UInt32(MemoryLayout<wharf_fill>.size)
    raw.instrument = fill.instrument.index
    raw.side = fill.side.rawValue
    raw.exit_reason = fill.exitReason?.rawValue ?? 0
    raw.signal_bar = fill.signalBar.nanoseconds
    raw.time = fill.time.nanoseconds
    raw.price = fill.price.nanos
    raw.quantity = fill.quantity.nanos
    raw.position = fill.position.nanos
    return outcome(.onFill, run(.onFill) { onFill(handle, &raw) })
  }

  /// Forgets the answers and keeps their storage.
  public func clearAnswers() {
    signals.removeAll(keepingCapacity: true)
    virtualTrades.removeAll(keepingCapacity: true)
  }

  private static func of(_ context: UnsafeMutableRawPointer?) -> StrategyInstance? {
    context.map { Unmanaged<StrategyInstance>.fromOpaque($0).takeUnretainedValue() }
  }

  private func take(_ raw: UnsafePointer<wharf_signal>?) {
    take(raw, in: PluginCall.deciding, "signal", into: &signals) { raw throws(Violation) in
      let signal = try SignalProposal(raw, instrumentCount: instrumentCount)
      guard signal.verdict != .evaluated || isExplaining else { throw Violation.notExplaining("signal.verdict") }
      return signal
    }
  }

  private func take(_ raw: UnsafePointer<wharf_virtual_trade>?) {
    take(raw, in: PluginCall.deciding, "virtual_trade", into: &virtualTrades) { raw throws(Violation) in
      guard isExplaining else { throw Violation.notExplaining("virtual_trade") }
      return try VirtualTrade(raw, instrumentCount: instrumentCount)
    }
  }

  private func take(_ raw: UnsafePointer<wharf_check>?) {
    take(raw, in: PluginCall.rechecking, "check", into: &checks) { raw throws(Violation) in
      var inspection = Inspection("recheck", instrumentCount: instrumentCount)
      return try inspection.check(raw)
    }
  }
}

extension Violation {
  /// An answer that is only wanted while every evaluation is reported.
  static func notExplaining(_ what: String) -> Violation {
    Violation(what: what, expected: "none while explain is 0", found: "one")
  }
}
