import TradingTypes
import WharfABI

/// A scanner: a value that sees bars and reports observations. It cannot trade: no signal or order is in its reach.
///
/// Calls to one instance never overlap. ``onBar(_:_:)`` is the hot path, as for ``Strategy``.
public protocol Scanner {
  /// Reads the options and takes what it needs from the host. Must not block.
  init(host: HostServices) throws(PluginError)

  /// Learns the instruments, in the order of their ids; called once, before the first bar.
  mutating func start(_ instruments: [Instrument], _ session: SessionStart) throws(PluginError)

  /// Takes one finished bar; bars come in order of end, then instrument. `bar.instrument` is one of those of `start`.
  mutating func onBar(_ bar: Bar, _ context: borrowing ScannerContext) throws(PluginError)

  /// No more bars will come: report what is still open. Without an own implementation nothing is.
  mutating func finish(_ context: borrowing ScannerContext) throws(PluginError)
}

extension Scanner {
  public mutating func finish(_ context: borrowing ScannerContext) throws(PluginError) {}
}

/// A scanner that looks once all bars of an instant have been offered.
public protocol EvaluatingScanner: Scanner {
  /// All bars that end at `time` have been offered.
  mutating func evaluate(at time: Timestamp, _ context: borrowing ScannerContext) throws(PluginError)
}

/// Where a scanner's observations go during one call. It cannot be kept.
@frozen
public struct ScannerContext: ~Copyable {
  @usableFromInline let sink: UnsafePointer<wharf_observation_sink>
  /// The bar's place in its session; empty outside `onBar`.
  public let session: SessionFlags

  @inlinable package init(sink: UnsafePointer<wharf_observation_sink>, session: SessionFlags) {
    self.sink = sink
    self.session = session
  }

  /// Hands an observation to the host, which copies it.
  public func report(_ observation: Observation) {
    observation.withRaw { sink.pointee.observation(sink.pointee.context, $0) }
  }
}
