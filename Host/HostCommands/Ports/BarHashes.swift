import Hashing
import TradingCore
import TradingTypes

/// SHA-256 of the bars of each instrument, in ledger encoding: 56 bytes a bar, little-endian: start and end in
/// nanoseconds, then open, high, low, close and volume as IEEE doubles.
final class BarHashes {
  private final class Stream { var hash = SHA256() }
  private let streams: [Stream]

  init(instrumentCount: Int) { streams = (0..<instrumentCount).map { _ in Stream() } }

  func add(_ bar: Bar) {
    var words = (
      bar.start.nanoseconds.littleEndian, bar.end.nanoseconds.littleEndian, bar.open.bitPattern.littleEndian,
      bar.high.bitPattern.littleEndian, bar.low.bitPattern.littleEndian, bar.close.bitPattern.littleEndian,
      bar.volume.bitPattern.littleEndian
    )
    withUnsafeBytes(of: &words) { streams[Int(bar.instrument.index)].hash.update($0) }
  }

  /// The hash of all bars of an instrument so far, hexadecimal.
  func hash(_ instrument: InstrumentID) -> String { streams[Int(instrument.index)].hash.digestSoFar().hex }

  /// Adds to each signal the hash of all bars of its instrument so far: what it was decided on.
  func mark(_ signals: inout SignalBuffer) {
    signals.changeEach { signal in
      signal.fields.append(Field(group: "data", name: "bars_sha256", value: .text(hash(signal.instrument))))
    }
  }
}
