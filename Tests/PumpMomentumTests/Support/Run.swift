import PluginSDK
import PluginTestKit
import PumpMomentumLogic
import TradingTypes

extension Instrument {
  static func share(_ symbol: String = "GME", id: UInt32 = 0, barSeconds: Int32 = 60) -> Instrument {
    .example(symbol, id: id, barSeconds: barSeconds)
  }

  static func coin(
    _ symbol: String = "BRDBTC", id: UInt32 = 0, currency: String = "BTC", barSeconds: Int32 = 60
  ) -> Instrument {
    .example(
      symbol, id: id, currency: Currency(currency)!, market: .crypto, exchange: "", tick: nil, barSeconds: barSeconds)
  }
}

/// Runs the scanner over bars as the host does: by end, then instrument, each instant evaluated, then the finish.
func run(
  _ bars: [Bar], _ instruments: [Instrument], options: [String: String] = [:],
  session: SessionStart = SessionStart(), route: Route = .direct
) throws -> [Observation] {
  let driver = try ScannerDriver<PumpMomentum>(
    route: route, host: DeclaredOptions.host(options), instruments: instruments, session: session)
  let sorted = bars.sorted { ($0.end, $0.instrument) < ($1.end, $1.instrument) }
  for (place, bar) in sorted.enumerated() {
    try driver.bar(bar)
    if place + 1 == sorted.count || sorted[place + 1].end != bar.end { try driver.evaluate(at: bar.end) }
  }
  try driver.finish()
  return driver.observations
}
