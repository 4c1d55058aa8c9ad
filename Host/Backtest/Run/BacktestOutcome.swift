import BacktestStatistics
import TradingCore
import TradingTypes

/// What a backtest came to.
public struct BacktestOutcome: Sendable {
  /// Bars that decisions were made on.
  public var bars: UInt64
  /// Bars that were not used, by reason.
  public var skippedBars: [String: Int]
  /// Start of the first and of the last bar that decisions were made on; `nil` when there was none.
  public var first: Timestamp?
  public var last: Timestamp?
  /// Signals, orders, fills, trades, realised profit and fees.
  public var counters: Counters
  /// Positions held at the end.
  public var openPositions: [HeldPosition]
  /// Cash and positions at the end; `nil` when not computable.
  public var finalEquity: Money?
  /// Statistics of all closed round trips.
  public var tradeStatistics: TradeAccumulator
  /// Closed round trips in the order they closed; empty when they were not asked for.
  public var trades: [TradeRecord]
  /// Confirmed fills in their order; empty when they were not asked for.
  public var fills: [FillRecord]
  /// Processor time from the first bar to the last, without loading the data; in nanoseconds.
  public var engineNanoseconds: UInt64
  /// Processor time of reading the source; in nanoseconds.
  public var readNanoseconds: UInt64
}
