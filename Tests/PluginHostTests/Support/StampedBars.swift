import PluginHost
import TradingTypes

/// An instance that is offered bars.
protocol TakesBars {
  func onBar(at bar: UnsafePointer<Bar>) -> CallOutcome
}

extension TakesBars {
  /// Offers a copy of a bar, stamped with its place in its session.
  func onBar(_ bar: Bar, isSessionFirst: Bool, isSessionLast: Bool) -> CallOutcome {
    var bar = bar
    bar.flags = BarFlags(rawValue: (isSessionFirst ? 1 : 0) | (isSessionLast ? 2 : 0))
    return onBar(at: &bar)
  }
}

extension StrategyInstance: TakesBars {}
extension ScannerInstance: TakesBars {}
extension BrokerInstance: TakesBars {}
