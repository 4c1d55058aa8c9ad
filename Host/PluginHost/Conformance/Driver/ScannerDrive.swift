import PluginHost

internal import WharfABI

/// A scanner, driven as a session does.
final class ScannerDrive: BarDrive {
  private let table: UnsafePointer<wharf_scanner>

  init(_ table: UnsafePointer<wharf_scanner>, _ host: DriverHost) {
    self.table = table
    super.init(.scanner, host, create: table.pointee.create, destroy: table.pointee.destroy)
  }

  override func begin(_ market: CheckMarket) -> Int32 { start(market) { table.pointee.start($0, $1) } }

  override func onBar(_ bar: UnsafePointer<wharf_bar>) -> Int32 { table.pointee.on_bar(handle, bar, sink()) }

  override var evaluation: ((Int64) -> Int32)? {
    table.pointee.evaluate.map { evaluate in { evaluate(self.handle, $0, self.sink()) } }
  }

  override func conclude() { finish() }

  /// Tells that no more bars will come; `nil` when the scanner does not want to know.
  @discardableResult
  func finish() -> Int32? {
    guard let finish = table.pointee.finish else { return nil }
    return perform("finish") { finish(handle, sink()) }
  }

  private func sink() -> UnsafePointer<wharf_observation_sink> {
    sinks.sink(wharf_observation_sink()) { sink, context in
      sink.struct_size = UInt32(MemoryLayout<wharf_observation_sink>.size)
      sink.context = context
      sink.observation = { context, raw in
        guard let raw, let drive = SinkRing.drive(context, as: ScannerDrive.self) else { return }
        drive.take(Answer.observation) { () throws(AnswerReading.Refusal) in
          try AnswerReading.observation(raw, instrumentCount: drive.instrumentCount)
        }
      }
    }
  }
}
