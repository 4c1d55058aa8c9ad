import Runtime
import TradingCore
import TradingTypes

/// Keeps the rows a backtest's result is made of in memory and lets all others go.
final class MemoryRecorder: Recorder {
  private let keepsTrades: Bool
  private let keepsFills: Bool
  private(set) var trades: [TradeRecord] = []
  private(set) var fills: [FillRecord] = []

  init(keepsTrades: Bool, keepsFills: Bool) {
    self.keepsTrades = keepsTrades
    self.keepsFills = keepsFills
  }

  var isCatchingUp: Bool { false }
  var keepsJournal: Bool { false }

  var rows: RowKinds {
    var rows: RowKinds = []
    if keepsTrades { rows.insert(.trades) }
    if keepsFills { rows.insert(.fills) }
    return rows
  }

  func append(_ record: Record) -> Bool {
    switch record {
    case .trade(let trade): if keepsTrades { trades.append(trade) }
    case .fill(let fill): if keepsFills { fills.append(fill) }
    default: break
    }
    return false
  }

  func append(_ observation: Observation, scanner: String) -> Bool { false }
  func journal(_ input: JournaledInput) {}
  func commit() {}
}
