import TradingTypes
import WharfABI

/// The calls of one scanner type, for the functions of `wharf.scanner/1`.
@usableFromInline
struct ScannerCalls {
  @usableFromInline typealias Sink = UnsafePointer<wharf_observation_sink>
  @usableFromInline typealias Raw = UnsafeMutableRawPointer

  let start: (Raw, UnsafePointer<wharf_start>) -> wharf_status
  let onBar: (Raw, UnsafePointer<wharf_bar>, Sink) -> wharf_status
  let evaluate: ((Raw, Int64, Sink) -> wharf_status)?
  let finish: (Raw, Sink) -> wharf_status

  @usableFromInline init(
    start: @escaping (Raw, UnsafePointer<wharf_start>) -> wharf_status,
    onBar: @escaping (Raw, UnsafePointer<wharf_bar>, Sink) -> wharf_status,
    evaluate: ((Raw, Int64, Sink) -> wharf_status)?,
    finish: @escaping (Raw, Sink) -> wharf_status
  ) {
    self.start = start
    self.onBar = onBar
    self.evaluate = evaluate
    self.finish = finish
  }

  @inlinable
  static func of<S: Scanner>(_ type: S.Type, evaluate: ((Raw, Int64, Sink) -> wharf_status)?) -> ScannerCalls {
    ScannerCalls(
      start: { raw, start in
        Cell<S>.at(raw).pointee.started(start) { scanner, instruments, session throws(PluginError) in
          try scanner.start(instruments, session)
        }
      },
      onBar: { Cell<S>.at($0).pointee.onBar($1, $2) },
      evaluate: evaluate,
      finish: { raw, sink in
        Cell<S>.at(raw).pointee.answer { scanner throws(PluginError) in
          try scanner.finish(ScannerContext(sink: sink, session: []))
        }
      })
  }
}

extension Cell where Role: Scanner {
  @inlinable
  mutating func onBar(_ raw: UnsafePointer<wharf_bar>, _ sink: UnsafePointer<wharf_observation_sink>) -> wharf_status {
    answer(about: raw.pointee.instrument) { scanner throws(PluginError) in
      try scanner.onBar(
        Bar(raw.pointee), ScannerContext(sink: sink, session: SessionFlags(rawValue: raw.pointee.flags)))
    }
  }
}

extension Cell where Role: EvaluatingScanner {
  @inlinable mutating func evaluate(_ time: Int64, _ sink: UnsafePointer<wharf_observation_sink>) -> wharf_status {
    answer { scanner throws(PluginError) in
      try scanner.evaluate(at: Timestamp(nanoseconds: time), ScannerContext(sink: sink, session: []))
    }
  }
}
