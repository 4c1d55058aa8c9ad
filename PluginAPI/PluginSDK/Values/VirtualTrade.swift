import TradingTypes
import WharfABI

/// A round trip the strategy followed without money, to judge itself.
public struct VirtualTrade: Hashable, Sendable {
  /// What was traded.
  public var instrument: InstrumentID
  /// Start of the bar of the signal.
  public var signalTime: Timestamp
  /// Start of the bar it entered on.
  public var entryTime: Timestamp
  /// Start of the bar it left on.
  public var exitTime: Timestamp
  /// Entry price.
  public var entry: Price
  /// Protective stop.
  public var stop: Price
  /// Exit price.
  public var exit: Price
  /// Why it was left.
  public var exitReason: ExitReason
  /// Session closes it lived through.
  public var sessionCloses: UInt32
  /// `exit / entry - 1`, before costs.
  public var grossReturn: Double
  /// The detail of the exit: `sma5`; may be empty.
  public var code: String

  /// Makes a virtual trade from its parts.
  public init(
    instrument: InstrumentID, signalTime: Timestamp, entryTime: Timestamp, exitTime: Timestamp, entry: Price,
    stop: Price, exit: Price, exitReason: ExitReason, sessionCloses: UInt32, grossReturn: Double, code: String = ""
  ) {
    self.instrument = instrument
    self.signalTime = signalTime
    self.entryTime = entryTime
    self.exitTime = exitTime
    self.entry = entry
    self.stop = stop
    self.exit = exit
    self.exitReason = exitReason
    self.sessionCloses = sessionCloses
    self.grossReturn = grossReturn
    self.code = code
  }

  func withRaw(_ body: (UnsafePointer<wharf_virtual_trade>) -> Void) {
    withText(code) { code, length in
      var raw = wharf_virtual_trade()
      raw.struct_size = UInt32(MemoryLayout<wharf_virtual_trade>.size)
      raw.instrument = instrument.index
      raw.signal_time = signalTime.nanoseconds
      raw.entry_time = entryTime.nanoseconds
      raw.exit_time = exitTime.nanoseconds
      raw.entry = entry.nanos
      raw.stop = stop.nanos
      raw.exit = exit.nanos
      raw.exit_reason = exitReason.rawValue
      raw.session_closes = sessionCloses
      raw.gross_return = grossReturn
      raw.code = code
      raw.code_length = length
      withUnsafePointer(to: raw, body)
    }
  }
}
