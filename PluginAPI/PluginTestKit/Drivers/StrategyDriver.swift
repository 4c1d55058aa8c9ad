import PluginSDK
import TradingTypes
import WharfABI

/// Runs one strategy without a host and records its answers.
public final class StrategyDriver<S: Strategy> {
  /// The host it runs in.
  public let host: TestHost
  /// The signals it raised, oldest first.
  public var signals: [Signal] { recorder.signals }
  /// The virtual trades it reported, oldest first.
  public var virtualTrades: [VirtualTrade] { recorder.virtualTrades }
  /// The strategy as it is now; `nil` on the route through the tables.
  public var strategy: S? { target.role }

  private let recorder = StrategyRecorder()
  private var target: Target<S>

  /// Makes the strategy and starts it.
  public convenience init(
    _ type: S.Type = S.self, route: Route = .direct, host: TestHost, instruments: [Instrument] = [.example()],
    session: SessionStart = SessionStart()
  ) throws(PluginError) {
    try self.init(.strategy(S.self), route, host, instruments, session)
  }

  init(
    _ role: PluginRole, _ route: Route, _ host: TestHost, _ instruments: [Instrument], _ session: SessionStart
  ) throws(PluginError) {
    self.host = host
    target = try Target(route, host, role) { services throws(PluginError) in try S(host: services) }
    try target.call(
      host, { strategy throws(PluginError) in try strategy.start(instruments, session) },
      { (table: UnsafePointer<wharf_strategy>, handle) in
        withRawStart(instruments, session) { table.pointee.start(handle, $0) }
      })
  }

  deinit {
    if let opened = target.opened {
      opened.table.assumingMemoryBound(to: wharf_strategy.self).pointee.destroy(opened.handle)
    }
  }

  /// Offers a finished bar.
  public func bar(_ bar: Bar, session: SessionFlags = []) throws(PluginError) {
    let sink = UnsafePointer(recorder.sink)
    try target.call(
      host,
      { strategy throws(PluginError) in
        var bar = bar
        bar.flags = BarFlags(rawValue: session.rawValue)
        try withUnsafePointer(to: bar) { place throws(PluginError) in
          try strategy.onBar(bar, StrategyContext(sink: sink, bar: place))
        }
      },
      { (table: UnsafePointer<wharf_strategy>, handle) in
        withUnsafePointer(to: bar.raw(session)) { table.pointee.on_bar(handle, $0, sink) }
      })
  }

  /// Asks whether a signal still stands.
  public func recheck(_ request: Recheck) throws(PluginError) -> [Check] {
    recorder.checks = []
    let recorder = recorder
    try target.call(
      host, { strategy throws(PluginError) in recorder.checks = try strategy.recheck(request) },
      { (table: UnsafePointer<wharf_strategy>, handle) in
        let raw = wharf_recheck(
          struct_size: size(wharf_recheck.self), instrument: request.instrument.index,
          bar_time: request.barTime.nanoseconds, now: request.now.nanoseconds, price: request.price.nanos,
          quote_time: request.quoteTime.nanoseconds)
        return withUnsafePointer(to: raw) { table.pointee.recheck(handle, $0, recorder.checkSink) }
      })
    return recorder.checks
  }

  /// Tells of a fill.
  public func fill(_ fill: Fill) throws(PluginError) {
    try target.call(
      host, { strategy throws(PluginError) in try strategy.onFill(fill) },
      { (table: UnsafePointer<wharf_strategy>, handle) in
        let raw = wharf_fill(
          struct_size: size(wharf_fill.self), instrument: fill.instrument.index, side: fill.side.rawValue,
          exit_reason: fill.exitReason?.rawValue ?? 0, signal_bar: fill.signalBar.nanoseconds,
          time: fill.time.nanoseconds, price: fill.price.nanos, quantity: fill.quantity.nanos,
          position: fill.position.nanos)
        return withUnsafePointer(to: raw) { table.pointee.on_fill(handle, $0) }
      })
  }
}

extension StrategyDriver where S: EvaluatingStrategy {
  /// Makes the strategy and starts it.
  public convenience init(
    _ type: S.Type = S.self, route: Route = .direct, host: TestHost, instruments: [Instrument] = [.example()],
    session: SessionStart = SessionStart()
  ) throws(PluginError) {
    try self.init(.strategy(S.self), route, host, instruments, session)
  }

  /// Says that all bars that end at an instant have been offered.
  public func evaluate(at time: Timestamp) throws(PluginError) {
    let sink = UnsafePointer(recorder.sink)
    try target.call(
      host,
      { strategy throws(PluginError) in
        try strategy.evaluate(at: time, StrategyContext(sink: sink, bar: nil))
      },
      { (table: UnsafePointer<wharf_strategy>, handle) in table.pointee.evaluate(handle, time.nanoseconds, sink) })
  }
}

/// Keeps what a strategy hands over.
final class StrategyRecorder {
  var signals: [Signal] = []
  var virtualTrades: [VirtualTrade] = []
  var checks: [Check] = []
  let sink = UnsafeMutablePointer<wharf_strategy_sink>.allocate(capacity: 1)
  let checkSink = UnsafeMutablePointer<wharf_check_sink>.allocate(capacity: 1)

  init() {
    let context = Unmanaged.passUnretained(self).toOpaque()
    sink.initialize(
      to: wharf_strategy_sink(
        struct_size: size(wharf_strategy_sink.self), reserved: 0, context: context,
        signal: { StrategyRecorder.at($0).signals.append(Signal($1!.pointee)) },
        virtual_trade: { StrategyRecorder.at($0).virtualTrades.append(VirtualTrade($1!.pointee)) }))
    checkSink.initialize(
      to: wharf_check_sink(
        struct_size: size(wharf_check_sink.self), reserved: 0, context: context,
        check: { StrategyRecorder.at($0).checks.append(Check($1!.pointee)) }))
  }

  deinit {
    sink.deallocate()
    checkSink.deallocate()
  }

  static func at(_ context: UnsafeMutableRawPointer?) -> StrategyRecorder {
    Unmanaged<StrategyRecorder>.fromOpaque(context!).takeUnretainedValue()
  }
}
