import TradingTypes
import WharfABI

/// The calls of one strategy type, for the functions of `wharf.strategy/1`.
@usableFromInline
struct StrategyCalls {
  @usableFromInline typealias Sink = UnsafePointer<wharf_strategy_sink>
  @usableFromInline typealias Raw = UnsafeMutableRawPointer

  let start: (Raw, UnsafePointer<wharf_start>) -> wharf_status
  let onBar: (Raw, UnsafePointer<wharf_bar>, Sink) -> wharf_status
  var evaluate: ((Raw, Int64, Sink) -> wharf_status)?
  let recheck: (Raw, UnsafePointer<wharf_recheck>, UnsafePointer<wharf_check_sink>) -> wharf_status
  let onFill: (Raw, UnsafePointer<wharf_fill>) -> wharf_status

  @usableFromInline init(
    start: @escaping (Raw, UnsafePointer<wharf_start>) -> wharf_status,
    onBar: @escaping (Raw, UnsafePointer<wharf_bar>, Sink) -> wharf_status,
    evaluate: ((Raw, Int64, Sink) -> wharf_status)?,
    recheck: @escaping (Raw, UnsafePointer<wharf_recheck>, UnsafePointer<wharf_check_sink>) -> wharf_status,
    onFill: @escaping (Raw, UnsafePointer<wharf_fill>) -> wharf_status
  ) {
    self.start = start
    self.onBar = onBar
    self.evaluate = evaluate
    self.recheck = recheck
    self.onFill = onFill
  }

  @inlinable
  static func of<S: Strategy>(_ type: S.Type, evaluate: ((Raw, Int64, Sink) -> wharf_status)?) -> StrategyCalls {
    StrategyCalls(
      start: { raw, start in
        Cell<S>.at(raw).pointee.started(start) { strategy, instruments, session throws(PluginError) in
          try strategy.start(instruments, session)
        }
      },
      onBar: { Cell<S>.at($0).pointee.onBar($1, $2) },
      evaluate: evaluate,
      recheck: { Cell<S>.at($0).pointee.recheck($1, $2) },
      onFill: { Cell<S>.at($0).pointee.onFill($1) })
  }
}

extension Cell where Role: Strategy {
  @inlinable @inline(__always)
  mutating func onBar(_ raw: UnsafePointer<wharf_bar>, _ sink: UnsafePointer<wharf_strategy_sink>) -> wharf_status {
    // Written out, not through `answer`, whose closure would cost this call one more frame.
    guard raw.pointee.instrument < instrumentCount else {
      return log.refuse(instrument: raw.pointee.instrument, of: instrumentCount)
    }
    do throws(PluginError) {
      try role.onBar(raw.bar.pointee, StrategyContext(sink: sink, bar: raw.bar))
      return 0
    } catch {
      return log.status(of: error)
    }
  }

  @inlinable mutating func recheck(
    _ raw: UnsafePointer<wharf_recheck>, _ sink: UnsafePointer<wharf_check_sink>
  ) -> wharf_status {
    answer(about: raw.pointee.instrument) { strategy throws(PluginError) in
      tell(try strategy.recheck(Recheck(raw.pointee)), sink)
    }
  }

  @inlinable mutating func onFill(_ raw: UnsafePointer<wharf_fill>) -> wharf_status {
    answer(about: raw.pointee.instrument) { strategy throws(PluginError) in try strategy.onFill(Fill(raw.pointee)) }
  }
}

extension Cell where Role: EvaluatingStrategy {
  @inlinable mutating func evaluate(_ time: Int64, _ sink: UnsafePointer<wharf_strategy_sink>) -> wharf_status {
    answer { strategy throws(PluginError) in
      try strategy.evaluate(at: Timestamp(nanoseconds: time), StrategyContext(sink: sink, bar: nil))
    }
  }
}

/// Hands checks to the host one by one.
@usableFromInline func tell(_ checks: [Check], _ sink: UnsafePointer<wharf_check_sink>) {
  for check in checks {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: check.textLength) { memory in
      var arena = TextArena(memory)
      withUnsafePointer(to: check.raw(&arena)) { sink.pointee.check(sink.pointee.context, $0) }
    }
  }
}
