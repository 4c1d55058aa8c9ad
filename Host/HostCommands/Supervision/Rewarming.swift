import CommandLineKit
import Hashing
import PluginHost
import Runtime
import TradingCore
import TradingTypes

/// Shows a new instance the session's earlier bars, from a second reading of the market data.
///
/// It takes the time it takes, during which the session waits; so it goes back no further than ``limit`` bars before now.
struct Rewarming {
  /// Bars an instance is shown at most, the latest ones.
  static let limit: UInt64 = 5_000_000
  /// The code of the failure that the data is not what it was, of which the plugin is not guilty.
  static let dataChanged = "data_changed"

  let rack: PluginRack
  let data: OpenedData
  let source: String
  /// The symbols the session was asked for.
  let symbols: [String]
  let startAt: Timestamp
  let endBefore: Timestamp

  /// Offers everything that ended by a time, instant by instant, with the clock set to each.
  ///
  /// - Throws: ``FailedAgain`` when `offer` answers that the instance has stopped; what the source throws; `CommandFailure`
  ///   when it has other data than before.
  func show(
    through time: Timestamp, clock: RoadClock, offer: (UnsafeBufferPointer<Bar>, Timestamp) -> CallOutcome
  ) throws {
    let image = try rack.image(source, role: .marketData)
    let instance = try MarketDataInstance(image, rack.services(source, clock: clock))
    let contents = try instance.open(symbols: symbols) { _ in }
    guard contents.fingerprint == data.contents.fingerprint else {
      throw CommandFailure(
        code: Rewarming.dataChanged, message: "the market data is not what it was when the session began",
        where: source,
        expected: data.contents.fingerprint.hex, found: contents.fingerprint.hex,
        remedy: "restore the files named with --data; the session goes on where it was", exitCode: .badData)
    }
    var skipped: UInt64 = 0
    let total = contents.series.reduce(UInt64(0)) { $0 + $1.barCount }
    if total > Rewarming.limit {
      var count: UInt64 = 0
      try walk(instance, through: time) { bars, _ in
        count += UInt64(bars.count)
        return .ok
      }
      skipped = count > Rewarming.limit ? count - Rewarming.limit : 0
      try instance.rewind()
    }
    try walk(instance, through: time) { bars, instant in
      guard skipped < bars.count else {
        skipped -= UInt64(bars.count)
        return .ok
      }
      clock.now = instant
      return offer(bars, instant)
    }
  }

  private func walk(
    _ instance: MarketDataInstance, through time: Timestamp,
    _ body: (UnsafeBufferPointer<Bar>, Timestamp) -> CallOutcome
  ) throws {
    var feed = MarketFeed(
      MarketDataAdapter(instance, startAt: startAt), instruments: data.universe.instruments,
      calendars: data.universe.calendars, endBefore: endBefore)
    defer { feed.close() }
    var bars = UnsafeBufferPointer<Bar>(start: nil, count: 0)
    while let instant = try feed.next(&bars), instant.time <= time {
      if !instant.isOpen, body(bars, instant.time) == .stopped { throw FailedAgain() }
    }
  }
}
