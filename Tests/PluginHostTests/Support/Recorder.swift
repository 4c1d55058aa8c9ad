import Configuration
import PluginHost
import Synchronization
import Testing
import TradingCore
import TradingTypes

/// Keeps what plugins logged and how they broke the contract.
final class Recorder: Sendable {
  private let told = Mutex<(faults: [PluginFault], lines: [PluginLogLine])>(([], []))

  var faults: [PluginFault] { told.withLock { $0.faults } }
  var lines: [PluginLogLine] { told.withLock { $0.lines } }
  /// The faults without the plugin's name, as `call: what: expected ..., found ...`.
  var messages: [String] {
    faults.map { "\($0.call): \($0.what): expected \($0.expected), found \($0.found)" }
  }

  func clear() { told.withLock { $0 = ([], []) } }

  /// Services that tell this recorder.
  func services(
    _ image: PluginImage, configuration yaml: String = "", clock: RoadClock = RoadClock(Timestamp(nanoseconds: 0))
  ) throws -> InstanceServices {
    let text = yaml.isEmpty ? "" : "plugins:\n  \(image.manifest.id):\n" + yaml
    let effective = try ConfigurationDocument(Array(text.utf8), file: "c.yaml").validated(
      plugins: [image.manifest.schema])
    return InstanceServices(
      configuration: try #require(effective.plugin(image.manifest.id)), clock: clock, seed: 7,
      log: { line in self.told.withLock { $0.lines.append(line) } },
      faults: { fault in self.told.withLock { $0.faults.append(fault) } })
  }
}

/// A plugin compiled, listed and loaded for one test.
struct LoadedFixture: Sendable {
  let folder: TemporaryFolder
  let image: PluginImage

  init(
    _ source: String, role: String = "strategy", options: String = "[]",
    isIsolated: Bool = false
  ) throws {
    folder = try TemporaryFolder()
    let manifest = CPlugin.manifest(["roles": "[\"\(role)\"]", "options": options])
    try CPlugin.build("fixture.so", in: folder.path, source: source, manifest: manifest)
    let file = try #require(PluginDirectory.list([folder.searched], environment: [:]).first)
    image = try isIsolated ? IsolatedImage.load(file) : PluginImage.load(file)
  }
}

/// Instruments A, B, ... of daily bars at XNYS.
func instruments(_ count: Int) -> [Instrument] {
  (0..<count).map { index in
    Instrument(
      id: InstrumentID(UInt32(index)), symbol: String(UnicodeScalar(UInt8(65 + index))), currency: .usd,
      market: .equity,
      exchange: "XNYS", tick: Price(nanos: 10_000_000), step: Quantity(nanos: 1_000_000_000), barSeconds: 86_400)
  }
}

/// A daily bar; its volume tells a fixture what to do.
func bar(_ day: Int32 = 0, instrument: UInt32 = 0, volume: Double = 0) -> Bar {
  let start = CivilDate(daysSinceEpoch: 18_000 + day).midnightUTC
  return Bar(
    start: start, end: start.adding(seconds: 75_600), open: 10, high: 12, low: 9, close: 11, volume: volume,
    instrument: InstrumentID(instrument))
}
