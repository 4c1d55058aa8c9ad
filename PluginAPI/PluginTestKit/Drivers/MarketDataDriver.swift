import PluginSDK
import TradingTypes
import WharfABI

/// Runs one market data source without a host.
public final class MarketDataDriver<M: MarketDataSource> {
  /// The host it runs in.
  public let host: TestHost
  /// The series of the last ``open(_:)``.
  public var series: [Series] { recorder.series }
  /// The faults of the last ``open(_:)``.
  public var faults: [DataFault] { recorder.faults }
  /// The fingerprint of the last ``open(_:)``.
  public var fingerprint: [UInt8] { recorder.fingerprint }

  private let recorder = MarketDataRecorder()
  private var target: Target<M>

  /// Makes the source.
  public init(_ type: M.Type = M.self, route: Route = .direct, host: TestHost) throws(PluginError) {
    self.host = host
    target = try Target(route, host, .marketData(M.self)) { services throws(PluginError) in
      try M(host: services)
    }
  }

  deinit {
    if let opened = target.opened {
      opened.table.assumingMemoryBound(to: wharf_market_data.self).pointee.destroy(opened.handle)
    }
  }

  /// Opens the source.
  public func open(_ symbols: [String] = []) throws(PluginError) {
    recorder.clear()
    let sink = UnsafePointer(recorder.sink)
    try target.call(
      host, { source throws(PluginError) in try source.open(symbols, MarketDataContext(sink: sink)) },
      { (table: UnsafePointer<wharf_market_data>, handle) in
        let joined = symbols.joined(separator: ",").utf8.map(CChar.init(bitPattern:))
        return joined.withUnsafeBufferPointer {
          table.pointee.open(handle, $0.baseAddress, UInt64($0.count), sink)
        }
      })
  }

  /// Reads up to a number of bars; none at the end.
  public func read(_ capacity: Int = 1024) throws(PluginError) -> [Bar] {
    let room = UnsafeMutablePointer<wharf_bar>.allocate(capacity: capacity)
    defer { room.deallocate() }
    var count = 0
    if target.role != nil {
      var writer = BarWriter(room, capacity: capacity)
      try target.role!.read(into: &writer)
      count = writer.count
    } else if let opened = target.opened {
      var written: UInt64 = 0
      let table = opened.table.assumingMemoryBound(to: wharf_market_data.self)
      let status = table.pointee.read(opened.handle, room, UInt64(capacity), &written)
      if status != PluginStatus.end.rawValue { try TestHost.check(status, host) }
      count = Int(written)
    }
    return UnsafeBufferPointer(start: room, count: count).map { raw in
      Bar(
        start: Timestamp(nanoseconds: raw.start), end: Timestamp(nanoseconds: raw.end), open: raw.open, high: raw.high,
        low: raw.low, close: raw.close, volume: raw.volume, instrument: InstrumentID(raw.instrument))
    }
  }

  /// Reads every bar that is left.
  public func readAll(_ capacity: Int = 1024) throws(PluginError) -> [Bar] {
    var all: [Bar] = []
    while true {
      let bars = try read(capacity)
      if bars.isEmpty { return all }
      all += bars
    }
  }

  /// Starts again from the first bar.
  public func rewind() throws(PluginError) {
    try target.call(
      host, { source throws(PluginError) in try source.rewind() },
      { (table: UnsafePointer<wharf_market_data>, handle) in table.pointee.rewind(handle) })
  }
}

/// Keeps what a source hands over.
final class MarketDataRecorder {
  var series: [Series] = []
  var faults: [DataFault] = []
  var fingerprint: [UInt8] = []
  let sink = UnsafeMutablePointer<wharf_market_data_sink>.allocate(capacity: 1)

  init() {
    sink.initialize(
      to: wharf_market_data_sink(
        struct_size: size(wharf_market_data_sink.self), reserved: 0,
        context: Unmanaged.passUnretained(self).toOpaque(),
        series: { MarketDataRecorder.at($0).series.append(Series($1!.pointee)) },
        fault: { MarketDataRecorder.at($0).faults.append(DataFault($1!.pointee)) },
        fingerprint: {
          MarketDataRecorder.at($0).fingerprint = Array(UnsafeBufferPointer(start: $1, count: Int($2)))
        }))
  }

  deinit { sink.deallocate() }

  func clear() { (series, faults, fingerprint) = ([], [], []) }

  static func at(_ context: UnsafeMutableRawPointer?) -> MarketDataRecorder {
    Unmanaged<MarketDataRecorder>.fromOpaque(context!).takeUnretainedValue()
  }
}
