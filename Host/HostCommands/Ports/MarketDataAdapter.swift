import PluginHost
import Runtime
import TradingTypes

/// A market-data plugin as the engine's source of bars.
final class MarketDataAdapter: BarSource {
  private let instance: MarketDataInstance
  private let startAt: Timestamp
  private var waiting: [Bar] = []
  private var next = 0
  private var isAtEnd = false

  /// - Parameter startAt: bars that start before it are passed over (`--no-warm-up`).
  init(_ instance: MarketDataInstance, startAt: Timestamp) {
    self.instance = instance
    self.startAt = startAt
  }

  func read(into buffer: UnsafeMutableBufferPointer<Bar>) throws -> Int {
    if startAt == .distantPast { return try instance.read(into: buffer) }
    var count = 0
    while count < buffer.count {
      if next == waiting.count {
        guard !isAtEnd else { break }
        waiting.removeAll(keepingCapacity: true)
        next = 0
        isAtEnd = try !instance.read(into: &waiting)
        continue
      }
      if waiting[next].start >= startAt {
        buffer[count] = waiting[next]
        count += 1
      }
      next += 1
    }
    return count
  }
}
