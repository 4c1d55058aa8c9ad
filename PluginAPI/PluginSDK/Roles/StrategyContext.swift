import WharfABI

/// Where a strategy's answers go while it handles a bar or an instant. It cannot be kept: it is lent to one call.
@frozen
public struct StrategyContext: ~Copyable {
  @usableFromInline let sink: UnsafePointer<wharf_strategy_sink>
  /// The bar's place in its session; empty in `evaluate`.
  public let session: SessionFlags

  @inlinable package init(sink: UnsafePointer<wharf_strategy_sink>, session: SessionFlags) {
    self.sink = sink
    self.session = session
  }

  /// Hands a signal to the host, which copies it and refuses what is not acceptable.
  public func raise(_ signal: Signal) { signal.withRaw { sink.pointee.signal(sink.pointee.context, $0) } }

  /// Hands over a finished virtual trade; only while ``SessionStart/explain`` is set.
  public func report(_ trade: VirtualTrade) {
    trade.withRaw { sink.pointee.virtual_trade(sink.pointee.context, $0) }
  }
}
