import PluginHost
import TradingTypes

/// What strategies and scanners have in common.
protocol BarReader: PluginInstance {
  /// The role in which it reads bars.
  static var role: PluginRole { get }

  init(_ image: PluginImage, _ services: InstanceServices) throws(PluginFault)
  func start(_ instruments: [Instrument], decideFrom: Timestamp, isExplaining: Bool) throws(PluginFault)

  var hasAnswers: Bool { get }
  func onBar(at bar: UnsafePointer<Bar>) -> CallOutcome
  func evaluate(at time: Timestamp) -> CallOutcome
  func clearAnswers()
}

extension StrategyInstance: BarReader {
  static var role: PluginRole { .strategy }

  convenience init(_ image: PluginImage, _ services: InstanceServices) throws(PluginFault) {
    try self.init(image, services, keepsDetails: true)
  }
}

extension ScannerInstance: BarReader {
  static var role: PluginRole { .scanner }
}

extension BarReader {
  /// Offers the bars of an instant that is over and forgets what is answered.
  func warm(_ bars: UnsafeBufferPointer<Bar>, at time: Timestamp) -> CallOutcome {
    guard let base = bars.baseAddress else { return .ok }
    for index in bars.indices where onBar(at: base + index) == .stopped { return .stopped }
    defer { clearAnswers() }
    return evaluate(at: time)
  }
}
