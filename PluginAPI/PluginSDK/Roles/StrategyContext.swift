import TradingTypes
import WharfABI

/// Where a strategy's answers go while it handles a bar or an instant. It cannot be kept: it is lent to one call.
@frozen
public struct StrategyContext: ~Copyable {
  @usableFromInline let sink: UnsafePointer<wharf_strategy_sink>
  @usableFromInline let place: UnsafePointer<Bar>?

  @inlinable package init(sink: UnsafePointer<wharf_strategy_sink>, bar: UnsafePointer<Bar>?) {
    self.sink = sink
    place = bar
  }

  /// The bar that is handled; `nil` in `evaluate`. It is read where the host keeps it: what is only needed once a signal is
  /// due, and taken from here, costs nothing on every other bar.
  @inlinable public var bar: Bar? { place?.pointee }
  /// The bar's place in its session; empty in `evaluate`.
  @inlinable public var session: SessionFlags { SessionFlags(rawValue: place?.pointee.flags.rawValue ?? 0) }

  /// Hands a signal to the host, which copies it and refuses what is not acceptable.
  public func raise(_ signal: Signal) { hand(signal, UnsafeBufferPointer(start: nil, count: 0)) }

  /// Hands a signal to the host with values behind its own fields, which make no array: for the hot path.
  @inlinable
  public func raise<let count: Int>(_ signal: Signal, explainedBy values: InlineArray<count, Explanation>) {
    values.span.withUnsafeBufferPointer { values in
      // An explanation is nothing but a field.
      values.withMemoryRebound(to: wharf_field.self) { hand(signal, $0) }
    }
  }

  @usableFromInline func hand(_ signal: Signal, _ fields: UnsafeBufferPointer<wharf_field>) {
    let (take, context) = (sink.pointee.signal, sink.pointee.context)
    signal.withRaw(fields) { take?(context, $0) }
  }

  /// Hands over a finished virtual trade; only while ``SessionStart/explain`` is set.
  public func report(_ trade: VirtualTrade) {
    trade.withRaw { sink.pointee.virtual_trade(sink.pointee.context, $0) }
  }
}
