import Hashing
import TradingCore
import TradingTypes

internal import WharfABI

/// A source of bars in order of time. Calls may block.
public final class MarketDataInstance: PluginInstance {
  /// Bars appended at a time.
  static let capacity = 2048
  private static let nothing = (start: Timestamp.distantPast, instrument: InstrumentID(0))

  private let table: UnsafePointer<wharf_market_data>
  private var sink: UnsafePointer<wharf_market_data_sink> {
    UnsafePointer(sinkMemory.assumingMemoryBound(to: wharf_market_data_sink.self))
  }
  private var series: [Series] = []
  private var fingerprints: [Digest] = []
  private var faults: [DataFault] = []
  private var last = MarketDataInstance.nothing

  /// Makes an instance; throws when the plugin refuses, of which its log tells the reason.
  public init(_ image: PluginImage, _ services: InstanceServices) throws(PluginFault) {
    table = image.table(.marketData).assumingMemoryBound(to: wharf_market_data.self)
    try super.init(image, .marketData, services, create: table.pointee.create, destroy: table.pointee.destroy)
    var sink = wharf_market_data_sink()
    sink.struct_size = UInt32(MemoryLayout<wharf_market_data_sink>.size)
    sink.context = Unmanaged.passUnretained(self).toOpaque()
    sink.series = { MarketDataInstance.of($0)?.take($1) }
    sink.fault = { MarketDataInstance.of($0)?.take($1) }
    sink.fingerprint = { MarketDataInstance.of($0)?.takeFingerprint($1, $2) }
    sinkMemory.initializeMemory(as: wharf_market_data_sink.self, to: sink)
  }

  /// Opens the source for these symbols, or for all it has when there are none. `onFault` is given each row or file that
  /// was refused or skipped, also when the source then cannot be used.
  public func open(
    symbols: [String], onFault: (DataFault) -> Void
  ) throws(MarketDataError) -> MarketDataContents {
    (series, fingerprints, faults) = ([], [], [])
    let status = withText(symbols.joined(separator: ",")) { text, length in
      run(.open) { table.pointee.open(handle, text, length, sink) }
    }
    for fault in faults { onFault(fault) }
    faults = []
    switch status {
    case Status.ok: break
    case Status.notFound: throw .notFound
    case Status.invalid: throw .unusable
    default:
      stop(.open, status)
      throw .plugin(failure(.open, "status", expected: "ok, not_found or invalid", found: Status.name(status)))
    }
    guard !takeRefusal() else {
      throw .plugin(failure(.open, "answers", expected: "only usable ones", found: "a refused one"))
    }
    guard let fingerprint = fingerprints.first, fingerprints.count == 1 else {
      throw .plugin(failure(.open, "fingerprint", expected: "one", found: "\(fingerprints.count)"))
    }
    for (a, b) in zip(series, series.dropFirst()) where !a.symbol.utf8.lexicographicallyPrecedes(b.symbol.utf8) {
      throw .plugin(failure(.open, "series.symbol", expected: "one after \(a.symbol)", found: b.symbol))
    }
    last = MarketDataInstance.nothing
    return MarketDataContents(series: series, fingerprint: fingerprint)
  }

  /// Writes the next bars, by start, then instrument, and answers how many; 0 at the end. Throws `failed` when the source
  /// cannot be read any further (the status io of `base.h`). They end `barSeconds` after
  /// their start: the host knows the calendar and says when they really do.
  public func read(into bars: UnsafeMutableBufferPointer<Bar>) throws(MarketDataError) -> Int {
    guard let base = bars.baseAddress else { return 0 }
    var count: UInt64 = 0
    let raw = UnsafeMutableRawPointer(base).assumingMemoryBound(to: wharf_bar.self)
    let status = run(.read) { table.pointee.read(handle, raw, UInt64(bars.count), &count) }
    if status == Status.end, count == 0 { return 0 }
    guard status == Status.ok else {
      // Whoever fails says why in the log; a status without a reason is a breach of the contract.
      if status == Status.io, let reason = context.lastError { throw .failed(reason) }
      stop(.read, status)
      throw .plugin(failure(.read, "status", expected: "ok, or end without bars", found: Status.name(status)))
    }
    guard (1...UInt64(bars.count)).contains(count) else {
      throw .plugin(failure(.read, "count", expected: "1 to \(bars.count)", found: "\(count)"))
    }
    try check(base, Int(count))
    return Int(count)
  }

  /// Appends the next bars as ``read(into:)-(UnsafeMutableBufferPointer<Bar>)`` does; `false` at the end.
  public func read(into bars: inout [Bar]) throws(MarketDataError) -> Bool {
    let buffer = UnsafeMutableBufferPointer<Bar>.allocate(capacity: MarketDataInstance.capacity)
    defer { buffer.deallocate() }
    let count = try read(into: buffer)
    bars += buffer[..<count]
    return count > 0
  }

  /// Starts reading again from the first bar.
  public func rewind() throws(MarketDataError) {
    let status = run(.rewind) { table.pointee.rewind(handle) }
    guard status == Status.ok else {
      stop(.rewind, status)
      throw .plugin(failure(.rewind, "status", expected: "ok", found: Status.name(status)))
    }
    last = MarketDataInstance.nothing
  }

  /// Checks that bars are in their order, with prices and volumes that can be.
  private func check(_ bars: UnsafeMutablePointer<Bar>, _ count: Int) throws(MarketDataError) {
    // As local variables they stay in registers.
    var last = self.last
    let instrumentCount = UInt32(series.count)
    for bar in bars..<(bars + count) {
      let (start, instrument) = (bar.pointee.start, bar.pointee.instrument)
      guard instrument.index < instrumentCount,
        start > last.start || start == last.start && instrument > last.instrument
      else {
        self.last = last
        throw outOfOrder(bar.pointee)
      }
      guard bar.pointee.isPlausible else { throw implausible(bar.pointee) }
      last = (start, instrument)
      // The host says where in its session a bar lies.
      bar.pointee.flags = []
    }
    self.last = last
  }

  @inline(never)
  private func outOfOrder(_ bar: Bar) -> MarketDataError {
    guard bar.instrument.index < series.count else {
      return .plugin(
        failure(
          .read, "bar.instrument", expected: "one of the \(series.count) series", found: "\(bar.instrument.index)"))
    }
    return .plugin(
      failure(
        .read, "bar.start",
        expected: "one after \(last.start) of instrument \(last.instrument.index)",
        found: "\(bar.start) of instrument \(bar.instrument.index)"))
  }

  @inline(never)
  private func implausible(_ bar: Bar) -> MarketDataError {
    .plugin(
      failure(
        .read, "bar of \(series[Int(bar.instrument.index)].symbol) at \(bar.start)",
        expected: "finite prices above 0, low not above high, a volume of 0 or more",
        found: "\(bar.open) \(bar.high) \(bar.low) \(bar.close) volume \(bar.volume)"))
  }

  private static func of(_ context: UnsafeMutableRawPointer?) -> MarketDataInstance? {
    context.map { Unmanaged<MarketDataInstance>.fromOpaque($0).takeUnretainedValue() }
  }

  private func take(_ raw: UnsafePointer<wharf_series>?) {
    take(raw, in: PluginCall.opening, "series", into: &series) { raw throws(Violation) in try Series(raw) }
  }

  private func take(_ raw: UnsafePointer<wharf_data_fault>?) {
    take(raw, in: PluginCall.opening, "fault", into: &faults) { raw throws(Violation) in try DataFault(raw) }
  }

  private func takeFingerprint(_ bytes: UnsafePointer<UInt8>?, _ length: UInt64) {
    take(bytes, in: PluginCall.opening, "fingerprint", into: &fingerprints) { bytes throws(Violation) in
      guard length == Digest.byteCount,
        let digest = Digest(bytes: UnsafeBufferPointer(start: bytes, count: Digest.byteCount))
      else { throw Violation(what: "fingerprint", expected: "\(Digest.byteCount) bytes", found: "\(length)") }
      return digest
    }
  }
}

extension Bar {
  /// Whether its prices are finite and above 0, low not above high, its volume finite and not below 0.
  @inline(__always)
  fileprivate var isPlausible: Bool {
    // Every comparison with NaN is false. Against the greatest finite number, because of a comparison with infinity the
    // compiler makes ten instructions.
    let greatest = Double.greatestFiniteMagnitude
    return low > 0 && low <= high && high <= greatest && open > 0 && open <= greatest && close > 0 && close <= greatest
      && volume >= 0 && volume <= greatest
  }
}
