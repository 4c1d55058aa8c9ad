import PluginSDK
import Testing
import TradingTypes

@Suite struct `The last closes` {
  @Test(arguments: [1, 2, 3, 7, 8, 9, 200, 500], [40, 50])
  func `are found by their distance, and have a mean`(_ length: Int, _ shift: Int) {
    var closes = RecentCloses(length)
    #expect(closes.nanos(back: length) == 0)
    for number in 1...1500 {
      closes.append(Price(nanos: Int64(number) << shift))
      #expect(closes.count == number)
      for distance in [1, (length + 1) / 2, length] {
        #expect(closes.nanos(back: distance) == Int64(max(0, number + 1 - distance)) << shift)
        guard distance <= number else { continue }
        let mean = Double(2 * number + 1 - distance) / 2 * Double(1 << shift) / 1e9
        #expect(abs(closes.mean(last: distance) - mean) <= mean * 1e-13)
      }
    }
  }

  @Test func `are whole billionths of a bar's close`() throws {
    let billion: Int64 = 1_000_000_000
    func exact(_ close: Double) throws -> Price {
      try Bar(
        start: .distantPast, end: .distantPast, open: 1, high: 1, low: 1, close: close, volume: 0,
        instrument: InstrumentID(0)
      ).exactClose
    }
    for (close, nanos) in [(0.1, 100_000_000), (2.499133, 2_499_133_000), (1e-9, 1), (9.2e9, 9_200_000_000 * billion)] {
      #expect(try exact(close).nanos == nanos)
    }
    for close in [Double.nan, .infinity, -.infinity, 0, -1, 1e-10, 9.3e9, -9.3e9] {
      #expect(throws: PluginError(.invalid, "close \(close): expected above 0 and below 9.2e9")) { try exact(close) }
    }
  }
}
