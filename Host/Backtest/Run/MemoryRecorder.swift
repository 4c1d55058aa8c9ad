import BacktestStatistics
import Runtime
import TradingCore
import TradingTypes

/// Keeps the rows a backtest's result is made of in memory; all others go on to a further recorder, if there is one.
final class MemoryRecorder: Recorder {
  private let keepsTrades: Bool
  private let keepsFills: Bool
  private let further: (any Recorder)?
  // One thread has it, and nothing that is called while one of these changes looks at them.
  @exclusivity(unchecked) private(set) var statistics: TradeAccumulator
  @exclusivity(unchecked) private(set) var trades: [TradeRecord] = []
  @exclusivity(unchecked) private(set) var fills: [FillRecord] = []

  init(currency: Currency, keepsTrades: Bool, keepsFills: Bool, further: (any Recorder)?) {
    self.keepsTrades = keepsTrades
    self.keepsFills = keepsFills
    self.further = further
    statistics = TradeAccumulator(currency: currency)
  }

  var isCatchingUp: Bool { further?.isCatchingUp ?? false }
  // Everything a backtest does can be done again.
  var keepsJournal: Bool { false }
  var rows: RowKinds { further?.rows ?? (keepsFills ? [.trades, .fills] : .trades) }

  func append(_ record: Record) throws -> Bool {
    switch record {
    case .trade(let trade):
      statistics.add(profit: trade.pnl, entry: trade.entryTime, exit: trade.exitTime)
      if keepsTrades { trades.append(trade) }
    case .fill(let fill): if keepsFills { fills.append(fill) }
    default: break
    }
    return try further?.append(record) ?? false
  }

  func append(_ observation: Observation, scanner: String) throws -> Bool {
    try further?.append(observation, scanner: scanner) ?? false
  }

  func journal(_ input: JournaledInput) {}
  func commit() throws { try further?.commit() }
}
