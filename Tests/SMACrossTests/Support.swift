import Foundation
import PluginSDK
import PluginTestKit
import SMACrossLogic
import TradingTypes

/// The folder of real market data: `WHARF_SHARED`, else `../shared` beside the package; `nil` (said on stderr) without.
let sharedData: URL? = {
  let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  let folder =
    ProcessInfo.processInfo.environment["WHARF_SHARED"].map { URL(filePath: $0) }
    ?? root.deletingLastPathComponent().appending(path: "shared")
  let data = folder.appending(path: "data")
  guard FileManager.default.fileExists(atPath: data.path) else {
    FileHandle.standardError.write(
      Data("SKIPPED: reference trades: no folder \(data.path); set WHARF_SHARED to the one that holds it\n".utf8))
    return nil
  }
  return data
}()

/// A closed trade.
struct Trade: Hashable {
  var entryTime: Timestamp
  var exitTime: Timestamp
  var quantity: Quantity
  var entryPrice: Double
  var exitPrice: Double
}

/// Fills what the strategy wants whole at the next bar's open, without costs.
struct FillLoop {
  let driver: StrategyDriver<SMACross>
  private(set) var trades: [Trade] = []
  private(set) var fills = 0
  private(set) var cash = 0.0
  private(set) var held = Quantity.zero
  private var handled = 0
  private var entry: (time: Timestamp, price: Double)?

  init(_ driver: StrategyDriver<SMACross>) { self.driver = driver }

  mutating func run(_ bars: [Bar]) throws {
    for bar in bars {
      for signal in driver.signals[handled...] { try fill(signal, on: bar) }
      handled = driver.signals.count
      try driver.bar(bar)
    }
  }

  private mutating func fill(_ signal: Signal, on bar: Bar) throws {
    let quantity = signal.ownQuantity!
    let side: Side = signal.action == .enterLong ? .buy : .sell
    fills += 1
    cash -= (side == .buy ? 1 : -1) * quantity.double * bar.open
    held = side == .buy ? held.adding(quantity)! : held.subtracting(quantity)!
    if side == .buy {
      entry = (bar.start, bar.open)
    } else if let entry {
      trades.append(
        Trade(
          entryTime: entry.time, exitTime: bar.start, quantity: quantity, entryPrice: entry.price, exitPrice: bar.open))
    }
    try driver.fill(
      Fill(
        instrument: bar.instrument, side: side, exitReason: signal.exitReason, signalBar: signal.barTime,
        time: bar.start, price: Price(bar.open)!, quantity: quantity, position: held))
  }
}

/// The first bars of the performance workload: SplitMix64 with seed 20240608 from 500.00000 on, minutes from 2020 on.
func workloadBars(_ count: Int) -> [Bar] {
  var state: UInt64 = 20_240_608
  func below(_ n: UInt64) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((((z ^ (z >> 31)) >> 32) * n) >> 32)
  }
  var price = 50_000_000
  return (0..<count).map { index in
    let (gap, body) = (below(41) - 20, below(1041) - 520)
    let (upper, lower, volume) = (below(151), below(151), 1000 + below(99_001))
    let open = price * (1_000_000 + gap) / 1_000_000
    let close = open * (1_000_000 + body) / 1_000_000
    let (top, bottom) = (max(open, close), min(open, close))
    price = close
    let start = Timestamp(seconds: 1_577_836_800 + 60 * Int64(index))!
    func ticks(_ value: Int) -> Double { Double(value) / 100_000 }
    return Bar(
      start: start, end: start.adding(seconds: 60), open: ticks(open), high: ticks(top + top * upper / 1_000_000),
      low: ticks(bottom - bottom * lower / 1_000_000), close: ticks(close), volume: Double(volume),
      instrument: InstrumentID(0))
  }
}

/// Daily bars that open and close at the given prices.
func bars(_ closes: [Double], instrument: UInt32 = 0) -> [Bar] {
  closes.enumerated().map { index, close in
    let start = CivilDate(daysSinceEpoch: 18_000 + Int32(index)).midnightUTC
    return Bar(
      start: start, end: start.adding(seconds: 75_600), open: close, high: close, low: close, close: close, volume: 1,
      instrument: InstrumentID(instrument))
  }
}
