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

/// A strategy: offered bars, it raises signals, which wait for ``takeSignals(into:)``.
public final class StrategyInstance: PluginInstance {
  /// Whether it wants to be told when all bars of an instant are in.
  public let evaluates: Bool
  /// Whether it checks approved signals again.
  public let rechecks: Bool

  private let table: UnsafePointer<wharf_strategy>
  @usableFromInline let onBarFunction: BarFunction
  private var sink: UnsafePointer<wharf_strategy_sink> {
    UnsafePointer(sinkMemory.assumingMemoryBound(to: wharf_strategy_sink.self))
  }
  /// In memory of its own, so that a signal makes no exclusivity checks.
  let inbox: UnsafeMutablePointer<SignalInbox>

  /// Makes an instance; throws when the plugin refuses, of which its log tells the reason.
  ///
  /// Without `keepsDetails` the checks, fields and text of signals are judged like all else, and then left out: for a run
  /// that keeps no record of them.
  public init(_ image: PluginImage, _ services: InstanceServices, keepsDetails: Bool = true) throws(PluginFault) {
    table = image.table(.strategy).assumingMemoryBound(to: wharf_strategy.self)
    onBarFunction = unsafeBitCast(table.pointee.on_bar, to: BarFunction.self)
    evaluates = table.pointee.evaluate != nil
    rechecks = table.pointee.recheck != nil
    let inbox = UnsafeMutablePointer<SignalInbox>.allocate(capacity: 1)
    inbox.initialize(to: SignalInbox(keepsDetails: keepsDetails))
    self.inbox = inbox
    do throws(PluginFault) {
      try super.init(
        image, .strategy, services, create: table.pointee.create, destroy: table.pointee.destroy)
    } catch {
      inbox.deallocate()
      throw error
    }
    var sink = wharf_strategy_sink()
    sink.struct_size = UInt32(MemoryLayout<wharf_strategy_sink>.size)
    sink.context = Unmanaged.passUnretained(self).toOpaque()
    sink.signal = { context, raw in StrategyInstance.with(context) { $0.take(raw) } }
    sink.virtual_trade = { context, raw in StrategyInstance.with(context) { $0.take(raw) } }
    sinkMemory.initializeMemory(as: wharf_strategy_sink.self, to: sink)
  }

  deinit {
    inbox.deinitialize(count: 1)
    inbox.deallocate()
  }

  /// Tells the instruments, before the first bar. While explaining, every evaluation is reported.
  public func start(
    _ instruments: [Instrument], decideFrom: Timestamp, isExplaining: Bool
  ) throws(PluginFault) {
    inbox.pointee.isExplaining = isExplaining
    try start(instruments, decideFrom: decideFrom, isExplaining: isExplaining) { table.pointee.start(handle, $0) }
    inbox.pointee.instrumentCount = UInt32(instruments.count)
  }

  /// Offers a finished bar with its flags. No allocation, no lock, no copy.
  @inlinable @inline(__always)
  public func onBar(at bar: UnsafePointer<Bar>) -> CallOutcome { offer(bar, onBarFunction) }

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
    checkSink.check = { context, raw in StrategyInstance.with(context) { $0.take(raw) } }
    let status = withUnsafePointer(to: checkSink) { checkSink in
      run(.recheck) { recheck(handle, &raw, checkSink) }
    }
    defer { inbox.pointee.checks.removeAll(keepingCapacity: true) }
    let hasRefused = takeRefusal()
    guard status == Status.ok else {
      if status == Status.fault { stop(.recheck, status) }
      return .refused(Status.name(status))
    }
    return hasRefused ? .refused("unusable answer") : .checks(inbox.pointee.checks)
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
}
