import PluginSDK
import TradingTypes

/// Daily bars of one made-up symbol. They are a pure function of the options, so the same seed always gives the same bars:
/// see ``Walk``.
public struct WalkSource: MarketDataSource {
  private let symbol: String
  private let bars: Int
  private let seed: UInt64
  private let volatility: Double
  /// Set once it is open.
  private var walk: Walk?

  /// Reads `symbol`, `bars`, `seed` and `volatility`.
  public init(host: HostServices) throws(PluginError) {
    let options = try host.options
    symbol = try options.text("symbol")
    bars = try options.integer("bars", in: 1...60_000)
    seed = UInt64(try options.integer("seed", in: 0 ... .max))
    volatility = try options.number("volatility", in: 0...0.5)
    guard (1...64).contains(symbol.utf8.count) else {
      throw .option("symbol", expected: "1 to 64 bytes", found: "\(symbol.utf8.count)")
    }
  }

  public mutating func open(_ symbols: [String], _ context: borrowing MarketDataContext) throws(PluginError) {
    if let other = symbols.first(where: { $0 != symbol }) {
      throw PluginError(.notFound, "symbol \(other): there is only \(symbol)")
    }
    context.report(
      Series(
        symbol: symbol, barSeconds: 86_400, firstStart: Walk.start(of: 0), lastStart: Walk.start(of: bars - 1),
        barCount: bars, currency: .usd))
    context.fingerprint(fingerprint())
    walk = Walk(seed: seed)
  }

  public mutating func read(into writer: inout BarWriter) throws(PluginError) {
    guard walk != nil else { throw PluginError(.invalid, "read: expected after open") }
    while !writer.isFull, walk!.index < bars { writer.append(walk!.next(volatility)) }
  }

  public mutating func rewind() throws(PluginError) {
    guard walk != nil else { throw PluginError(.invalid, "rewind: expected after open") }
    walk = Walk(seed: seed)
  }

  /// Four sums (FNV-1a, each started elsewhere) over every bar: another bar, other bytes.
  private func fingerprint() -> [UInt8] {
    var lanes: [4 of UInt64] = [0xcbf2_9ce4_8422_2325, 1, 2, 3]
    var walk = Walk(seed: seed)
    while walk.index < bars {
      let bar = walk.next(volatility)
      let words =
        [UInt64(bitPattern: bar.start.nanoseconds), UInt64(bitPattern: bar.end.nanoseconds)]
        + [bar.open, bar.high, bar.low, bar.close, bar.volume].map(\.bitPattern) + [0]
      for word in words {
        for shift in stride(from: 0, to: 64, by: 8) {
          for lane in 0..<4 { lanes[lane] = (lanes[lane] ^ (word >> UInt64(shift) & 0xff)) &* 0x100_0000_01b3 }
        }
      }
    }
    return (0..<4).flatMap { lane in (0..<8).map { UInt8(truncatingIfNeeded: lanes[lane] >> UInt64(8 * $0)) } }
  }
}
