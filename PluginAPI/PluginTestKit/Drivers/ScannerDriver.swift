import PluginSDK
import TradingTypes
import WharfABI

/// Runs one scanner without a host and records its observations.
public final class ScannerDriver<S: Scanner> {
  /// The host it runs in.
  public let host: TestHost
  /// The observations it reported, oldest first.
  public var observations: [Observation] { recorder.observations }
  /// The scanner as it is now; `nil` on the route through the tables.
  public var scanner: S? { target.role }

  private let recorder = ScannerRecorder()
  private var target: Target<S>

  /// Makes the scanner and starts it.
  public convenience init(
    _ type: S.Type = S.self, route: Route = .direct, host: TestHost, instruments: [Instrument] = [.example()],
    session: SessionStart = SessionStart()
  ) throws(PluginError) {
    try self.init(.scanner(S.self), route, host, instruments, session)
  }

  init(
    _ role: PluginRole, _ route: Route, _ host: TestHost, _ instruments: [Instrument], _ session: SessionStart
  ) throws(PluginError) {
    self.host = host
    target = try Target(route, host, role) { services throws(PluginError) in try S(host: services) }
    try target.call(
      host, { scanner throws(PluginError) in try scanner.start(instruments, session) },
      { (table: UnsafePointer<wharf_scanner>, handle) in
        withRawStart(instruments, session) { table.pointee.start(handle, $0) }
      })
  }

  deinit {
    if let opened = target.opened {
      opened.table.assumingMemoryBound(to: wharf_scanner.self).pointee.destroy(opened.handle)
    }
  }

  /// Offers a finished bar.
  public func bar(_ bar: Bar, session: SessionFlags = []) throws(PluginError) {
    let sink = UnsafePointer(recorder.sink)
    try target.call(
      host, { scanner throws(PluginError) in try scanner.onBar(bar, ScannerContext(sink: sink, session: session)) },
      { (table: UnsafePointer<wharf_scanner>, handle) in
        withUnsafePointer(to: bar.raw(session)) { table.pointee.on_bar(handle, $0, sink) }
      })
  }

  /// Says that no more bars will come.
  public func finish() throws(PluginError) {
    let sink = UnsafePointer(recorder.sink)
    try target.call(
      host, { scanner throws(PluginError) in try scanner.finish(ScannerContext(sink: sink, session: [])) },
      { (table: UnsafePointer<wharf_scanner>, handle) in table.pointee.finish(handle, sink) })
  }
}

extension ScannerDriver where S: EvaluatingScanner {
  /// Makes the scanner and starts it.
  public convenience init(
    _ type: S.Type = S.self, route: Route = .direct, host: TestHost, instruments: [Instrument] = [.example()],
    session: SessionStart = SessionStart()
  ) throws(PluginError) {
    try self.init(.scanner(S.self), route, host, instruments, session)
  }

  /// Says that all bars that end at an instant have been offered.
  public func evaluate(at time: Timestamp) throws(PluginError) {
    let sink = UnsafePointer(recorder.sink)
    try target.call(
      host, { scanner throws(PluginError) in try scanner.evaluate(at: time, ScannerContext(sink: sink, session: [])) },
      { (table: UnsafePointer<wharf_scanner>, handle) in table.pointee.evaluate(handle, time.nanoseconds, sink) })
  }
}

/// Keeps what a scanner hands over.
final class ScannerRecorder {
  var observations: [Observation] = []
  let sink = UnsafeMutablePointer<wharf_observation_sink>.allocate(capacity: 1)

  init() {
    sink.initialize(
      to: wharf_observation_sink(
        struct_size: size(wharf_observation_sink.self), reserved: 0,
        context: Unmanaged.passUnretained(self).toOpaque(),
        observation: {
          Unmanaged<ScannerRecorder>.fromOpaque($0!).takeUnretainedValue().observations.append(Observation($1!.pointee))
        }))
  }

  deinit { sink.deallocate() }
}
