import TradingTypes
import WharfABI

/// A source of bars in order of time. Every call may block.
public protocol MarketDataSource {
  /// Reads the options (for files: the paths).
  init(host: HostServices) throws(PluginError)

  /// Opens the source: reports its series in ascending order of symbol, its faults and its fingerprint.
  ///
  /// An empty list of symbols asks for all. Throws `notFound` when the source or a wanted symbol does not exist, and
  /// `invalid` when it cannot be used (a fault said why).
  mutating func open(_ symbols: [String], _ context: borrowing MarketDataContext) throws(PluginError)

  /// Appends bars in order of start, then instrument, until the writer is full or no bar is left. Appending none means
  /// the end. The end of a bar is its start plus the bar size; the host knows the calendar and stamps it.
  mutating func read(into bars: inout BarWriter) throws(PluginError)

  /// Starts reading again from the first bar.
  mutating func rewind() throws(PluginError)
}

/// Where a source's answers go while it opens. It cannot be kept.
@frozen
public struct MarketDataContext: ~Copyable {
  @usableFromInline let sink: UnsafePointer<wharf_market_data_sink>

  @inlinable package init(sink: UnsafePointer<wharf_market_data_sink>) { self.sink = sink }

  /// Tells of one series; its place among them, from 0, is its instrument id.
  public func report(_ series: Series) { series.withRaw { sink.pointee.series(sink.pointee.context, $0) } }

  /// Tells of something refused or skipped.
  public func report(_ fault: DataFault) { fault.withRaw { sink.pointee.fault(sink.pointee.context, $0) } }

  /// Tells 32 bytes that change whenever any bar changes.
  public func fingerprint(_ bytes: [UInt8]) {
    bytes.withUnsafeBufferPointer {
      sink.pointee.fingerprint(sink.pointee.context, $0.baseAddress, UInt64($0.count))
    }
  }
}

/// Room for some bars, lent to one `read`.
@frozen
public struct BarWriter: ~Copyable {
  @usableFromInline let bars: UnsafeMutablePointer<wharf_bar>
  /// How many bars fit in all.
  public let capacity: Int
  @usableFromInline var written = 0

  @inlinable package init(_ bars: UnsafeMutablePointer<wharf_bar>, capacity: Int) {
    self.bars = bars
    self.capacity = capacity
  }

  /// How many were appended.
  @inlinable public var count: Int { written }
  /// Whether no bar fits any more.
  @inlinable public var isFull: Bool { written == capacity }

  /// Appends a bar; a bar that does not fit is refused with `false`.
  @inlinable @discardableResult public mutating func append(_ bar: Bar) -> Bool {
    guard written < capacity else { return false }
    (bars + written).initialize(
      to: wharf_bar(
        start: bar.start.nanoseconds, end: bar.end.nanoseconds, open: bar.open, high: bar.high, low: bar.low,
        close: bar.close, volume: bar.volume, instrument: bar.instrument.index, flags: 0))
    written &+= 1
    return true
  }
}
