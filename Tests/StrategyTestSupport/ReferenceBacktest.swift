import Foundation
import TradingTypes

/// A closed trade.
public struct Trade: Hashable, Sendable {
  public var entryTime: Timestamp
  public var exitTime: Timestamp
  public var quantity: Quantity
  public var entryPrice: Double
  public var exitPrice: Double

  /// Makes a trade from its parts.
  public init(entryTime: Timestamp, exitTime: Timestamp, quantity: Quantity, entryPrice: Double, exitPrice: Double) {
    self.entryTime = entryTime
    self.exitTime = exitTime
    self.quantity = quantity
    self.entryPrice = entryPrice
    self.exitPrice = exitPrice
  }
}

/// A reference back test: closed trades by backtesting.py, identical to an independent simulation.
public struct ReferenceBacktest: Sendable, CustomStringConvertible {
  /// Stem of the files of bars: `GOOG_daily`.
  public var data: String
  /// What stands after it in the files of trades: `sma_20_50_cross`.
  public var strategy: String
  /// How many trades were closed.
  public var closedTrades: Int
  /// What is held after the last bar.
  public var leftOver: Quantity
  public var description: String { data }

  /// Names a back test and what its summary says.
  public init(data: String, strategy: String, closedTrades: Int, leftOver: Quantity) {
    self.data = data
    self.strategy = strategy
    self.closedTrades = closedTrades
    self.leftOver = leftOver
  }

  /// The bars it ran on.
  public func bars() throws -> [Bar] {
    try rows("indicators/\(data)_input.csv").map { row in
      let numbers = try row[1...].map { try read(Double($0), row) }
      let start = try read(Timestamp(rfc3339: row[0]), row)
      return Bar(
        start: start, end: start.adding(seconds: 60), open: numbers[0], high: numbers[1], low: numbers[2],
        close: numbers[3], volume: numbers[4], instrument: InstrumentID(0))
    }
  }

  /// The trades it closed.
  public func trades() throws -> [Trade] {
    try rows("backtests/\(data)_\(strategy)_no_commission_trades.csv").map { row in
      Trade(
        entryTime: try read(Timestamp(rfc3339: row[1]), row), exitTime: try read(Timestamp(rfc3339: row[2]), row),
        quantity: try read(Quantity(row[5]), row), entryPrice: try read(Double(row[6]), row),
        exitPrice: try read(Double(row[7]), row))
    }
  }

  private func rows(_ path: String) throws -> [[Substring]] {
    let text = try String(
      contentsOf: try read(sharedData, []).appending(path: "reference").appending(path: path), encoding: .utf8)
    return text.split(separator: "\n").dropFirst().map { $0.split(separator: ",", omittingEmptySubsequences: false) }
  }

  private func read<Value>(_ value: Value?, _ row: [Substring]) throws -> Value {
    guard let value else { throw CocoaError(.fileReadCorruptFile, userInfo: ["row": row.joined(separator: ",")]) }
    return value
  }
}
