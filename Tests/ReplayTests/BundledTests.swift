import PluginSDK
import PluginTestKit
import Testing
import TradingTypes

@Suite struct `The bundled history` {
  @Test(arguments: [[String](), ["bundled"]])
  func `two indices of 5,031 sessions are there without any file`(_ paths: [String]) throws {
    let reading = try Reading(paths: paths)
    #expect(reading.faults == [])
    #expect(
      reading.series
        == ["IXIC", "SPX"].map {
          Series(
            symbol: $0, barSeconds: 86_400, firstStart: Timestamp(rfc3339: "1999-01-04T00:00:00Z")!,
            lastStart: Timestamp(rfc3339: "2018-12-31T00:00:00Z")!, barCount: 5031, step: Quantity("0.01"),
            currency: Currency("USD"))
        })
    #expect(reading.bars.count == 10_062)
    #expect(reading.bars.allSatisfy(\.isPlausible) == true)
  }

  @Test func `its last bars are those of the source`() throws {
    let bars = try Reading(paths: ["bundled"]).bars
    let last = bars.suffix(2)
    #expect(last.map(\.instrument.index) == [0, 1])
    #expect(last.map(\.open) == [6649.52002, 2498.939941])
    #expect(last.map(\.high) == [6659.959961, 2509.23999])
    #expect(last.map(\.low) == [6570.060059, 2482.820068])
    #expect(last.map(\.close) == [6635.279785, 2506.850098])
    #expect(last.map(\.volume) == [2_098_560_000, 3_442_870_000])
  }

  @Test func `early S&P opens repeat the close before as SOURCE says`() throws {
    let reading = try Reading(paths: ["bundled"])
    let repeats = [UInt32(0), 1].map { instrument in
      let bars = reading.bars.filter { $0.instrument.index == instrument }
      return zip(bars, bars.dropFirst()).count { $0.close == $1.open }
    }
    #expect(repeats == [8, 2004])
  }

  @Test func `one of them can be asked for`() throws {
    let reading = try Reading(paths: ["bundled"], symbols: ["SPX"])
    #expect(reading.series.map(\.symbol) == ["SPX"])
    #expect(reading.bars.allSatisfy { $0.instrument.index == 0 })
  }
}
