import PluginHost
import Runtime
import TradingTypes

/// A market-data plugin as the engine's source of bars.
final class MarketDataAdapter: BarSource {
  private let instance: MarketDataInstance
  private let startAt: Timestamp

  /// - Parameter startAt: bars that start before it are passed over (`--no-warm-up`).
  init(_ instance: MarketDataInstance, startAt: Timestamp) {
    self.instance = instance
    self.startAt = startAt
  }

  func read(into buffer: UnsafeMutableBufferPointer<Bar>) throws -> Int {
    while true {
      let count = try instance.read(into: buffer)
      guard count > 0, buffer[0].start < startAt else { return count }
      // Bars come in order of start: what is too early stands in front.
      guard let first = buffer[..<count].firstIndex(where: { $0.start >= startAt }) else { continue }
      for index in first..<count { buffer[index - first] = buffer[index] }
      return count - first
    }
  }
}
