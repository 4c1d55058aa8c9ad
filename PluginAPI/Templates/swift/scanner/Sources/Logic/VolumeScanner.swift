import PluginSDK
import TradingTypes

/// Reports bars whose volume is at least `ratio` times the average volume of the `window` bars before them.
public struct VolumeScanner: Scanner {
  private struct Volumes {
    /// The last volumes, in a ring.
    var ring: [Double]
    var seen = 0
    var lastEnd = Timestamp.distantPast
  }

  private let window: Int
  private let ratio: Double
  private var session = SessionStart()
  private var volumes = PerInstrument<Volumes>()
  private var alerts: UInt64 = 0

  /// Reads `window` and `ratio`.
  public init(host: HostServices) throws(PluginError) {
    let options = try host.options
    window = try options.integer("window", in: 2...500)
    ratio = try options.number("ratio", in: 1...1000)
  }

  public mutating func start(_ instruments: [Instrument], _ session: SessionStart) throws(PluginError) {
    guard volumes.count == 0 else { throw PluginError(.invalid, "start: expected once, found a second call") }
    self.session = session
    let ring = [Double](repeating: 0, count: window)
    volumes = PerInstrument(instruments) { _ in Volumes(ring: ring) }
  }

  public mutating func onBar(_ bar: Bar, _ context: borrowing ScannerContext) throws(PluginError) {
    // A bar that was offered before counts once.
    guard bar.end > volumes[bar.instrument].lastEnd else { return }
    volumes[bar.instrument].lastEnd = bar.end
    let average = volumes[bar.instrument].ring.reduce(0) { $0 + $1 / Double(window) }
    volumes[bar.instrument].ring[volumes[bar.instrument].seen % window] = bar.volume
    volumes[bar.instrument].seen += 1
    guard volumes[bar.instrument].seen > window, bar.end >= session.decideFrom else { return }

    // An average of 0 says nothing about what is usual.
    let times = average > 0 ? bar.volume / average : nil
    let isAlert = times.map { $0 >= ratio } ?? false
    guard isAlert || session.explain else { return }
    var observation = Observation(isAlert ? .alert : .evaluated, bar.instrument, at: bar.end)
    observation.price = bar.close
    observation.score = times
    observation.code = isAlert ? "volume" : "quiet"
    observation.fields = [
      .number("inputs", "volume", bar.volume), .number("inputs", "average", average), .number("inputs", "ratio", times),
    ]
    if isAlert, let times {
      alerts += 1
      observation.number = alerts
      observation.level = "unusual_volume"
      observation.text = "volume \((times * 10).rounded() / 10) times the average of \(window) bars"
    }
    context.report(observation)
  }
}
