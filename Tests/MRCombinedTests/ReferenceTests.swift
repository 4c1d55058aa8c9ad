import MarketCalendar
import Testing
import TradingTypes

@testable import MRCombinedLogic

/// The figures of the specification over the shared daily files, at 10 basis points a round trip.
@Suite(.needsSharedData) struct `Figures of the specification` {
  struct Run {
    var trades: [FollowedTrade] = []
    /// The evaluations whose bar gates pass.
    var candidates: [Evaluation] = []
  }

  /// Walks all symbols together, bar by bar.
  static func run(_ symbols: [String]) throws -> Run {
    var bars: [Bar] = []
    for (index, symbol) in symbols.enumerated() { bars += try SharedData.bars(of: symbol, id: UInt32(index)) }
    bars.sort { ($0.end, $0.instrument) < ($1.end, $1.instrument) }
    var universe = Universe(symbols)
    var run = Run()
    for (index, bar) in bars.enumerated() {
      if let trade = universe.take(bar) { run.trades.append(trade) }
      guard index + 1 == bars.count || bars[index + 1].end != bar.end else { continue }
      run.candidates += universe.evaluate(at: bar.end, all: false) { .flat("10000") }
    }
    return run
  }

  static let all = Result { try run(SharedData.symbols()) }

  /// Walks each symbol with the bar gates of the defaults and other stops.
  static let variants = Result { try trades(stops: [2, 1000]) }

  static func trades(stops: [Double]) throws -> [Double: [FollowedTrade]] {
    let books = stops.map { stop in
      var parameters = Parameters()
      parameters.stopATR = stop
      return parameters
    }
    var trades: [Double: [FollowedTrade]] = [:]
    for symbol in try SharedData.symbols() {
      let instrument = equity(symbol)
      var state = InputState()
      var virtual = books.map { _ in VirtualBook() }
      for (session, bar) in try SharedData.bars(of: symbol, id: 0).enumerated() {
        let inputs = state.update(bar)
        for (index, book) in books.enumerated() {
          if let trade = virtual[index].step(bar, session: session, sma5: inputs.sma5, instrument, book) {
            trades[book.stopATR, default: []].append(trade)
          }
        }
        let score = Scores(inputs).score
        guard inputs.barCount >= Parameters.barsNeeded, score >= 0.5,
          let gated = Plan(inputs, instrument, Parameters()),
          BarGates(inputs: inputs, score: score, stop: gated.stop.double, parameters: Parameters()).pass
        else { continue }
        for (index, book) in books.enumerated() where virtual[index].sessionsSinceStop(session) ?? 3 >= 3 {
          let plan = try #require(Plan(inputs, instrument, book))
          virtual[index].follow(
            FollowedSignal(time: bar.start, decidedAt: bar.end, session: session, score: score, plan: plan))
        }
      }
    }
    return trades
  }

  struct Statistics {
    let net: [Double]
    init(_ trades: [FollowedTrade]) { net = trades.map { $0.grossReturn - 0.001 } }
    var count: Int { net.count }
    var mean: Double { Statistics.mean(net) }
    var hit: Double { Double(net.filter { $0 > 0 }.count) / Double(net.count) }
    var win: Double { Statistics.mean(net.filter { $0 > 0 }) }
    var loss: Double { Statistics.mean(net.filter { $0 <= 0 }) }
    var worst: Double { net.min() ?? .nan }
    var t: Double {
      let variance = net.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(net.count - 1)
      return mean / (variance / Double(net.count)).squareRoot()
    }
    static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
  }

  @Test func `30 symbols give the row of the defaults`() throws {
    let statistics = Statistics(try Self.all.get().trades)
    #expect(statistics.count == 1155)
    #expect(abs(statistics.hit - 0.648) < 0.0005)
    #expect(abs(statistics.mean - 0.0038) < 0.00005)
    #expect(abs(statistics.win - 0.0247) < 0.00005)
    #expect(abs(statistics.loss + 0.0347) < 0.00005)
    #expect(abs(statistics.t - 3.0) < 0.05)
    #expect(abs(statistics.worst + 0.329) < 0.0005)
  }

  /// A stop of 1000 ATR lies below zero and is never reached.
  @Test(arguments: [
    (2.0, 1161, 0.628, 0.0023, 1.9, -0.268),
    (1000, 1154, 0.657, 0.0057, 4.7, -0.433),
  ])
  func `other stops at the same gates give their rows`(
    _ stop: Double, _ count: Int, _ hit: Double, _ mean: Double, _ t: Double, _ worst: Double
  ) throws {
    let statistics = Statistics(try #require(Self.variants.get()[stop]))
    #expect(statistics.count == count)
    #expect(abs(statistics.hit - hit) < 0.0005)
    #expect(abs(statistics.mean - mean) < 0.00005)
    #expect(abs(statistics.t - t) < 0.05)
    #expect(abs(statistics.worst - worst) < 0.0005)
  }

  @Test func `nine of 30 symbols come together on 2015-08-20`() throws {
    let day = date("2015-08-20").midnightUTC
    #expect(try Self.all.get().candidates.filter { $0.bar.start == day }.count == 9)
  }

  @Test func `an expected value of 0.15 per cent keeps 0.38 and drops 0.40 per cent`() throws {
    let run = try Self.all.get()
    var kept: [Double] = []
    var dropped: [Double] = []
    for trade in run.trades {
      let found = run.candidates.first {
        $0.bar.start == trade.signal.time && $0.scores.score == trade.signal.score
      }
      let candidate = try #require(found)
      let net = trade.grossReturn - 0.001
      if candidate.expectedValue >= 0.0015 { kept.append(net) } else { dropped.append(net) }
    }
    #expect(abs(Statistics.mean(kept) - 0.0038) < 0.00005)
    #expect(abs(Statistics.mean(dropped) - 0.0040) < 0.00005)
  }

  @Test func `in AAPL 116 bars pass the bar gates and 64 become trades`() throws {
    let run = try Self.run(["AAPL"])
    #expect(run.candidates.count == 116)
    #expect(run.trades.count == 64)
  }
}
