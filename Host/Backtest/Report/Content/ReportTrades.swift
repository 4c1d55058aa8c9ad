import TradingTypes

/// The closed round trips of a run: the first ones in full, and exact totals over all of them.
public struct ReportTrades: Sendable {
  /// The trades that are listed, in the order they were added.
  public private(set) var rows: [ReportTrade] = []
  /// Totals over all trades, the unlisted included.
  public private(set) var totals = TradeTotals()
  /// Totals over the trades with a net profit.
  public private(set) var won = TradeTotals()
  /// Totals over the trades with a net loss.
  public private(set) var lost = TradeTotals()
  /// Totals by instrument, by index.
  public private(set) var bySymbol: [Int: TradeTotals] = [:]
  /// Totals by strategy, by index.
  public private(set) var byStrategy: [Int: TradeTotals] = [:]
  /// Totals by reason of the exit.
  public private(set) var byReason: [String: TradeTotals] = [:]
  /// Totals of the long and of the short trades.
  public private(set) var bySide: [ReportSide: TradeTotals] = [:]
  private let limit: Int

  /// A list that keeps the first `limit` trades in full.
  public init(limit: Int = 20_000) { self.limit = limit }

  /// Takes a trade, in the order they closed.
  public mutating func append(_ trade: ReportTrade) {
    if rows.count < limit { rows.append(trade) }
    totals.add(trade)
    if trade.pnl.nanos > 0 { won.add(trade) }
    if trade.pnl.nanos < 0 { lost.add(trade) }
    bySymbol[trade.symbol, default: TradeTotals()].add(trade)
    byStrategy[trade.strategy, default: TradeTotals()].add(trade)
    byReason[trade.exitReason, default: TradeTotals()].add(trade)
    bySide[trade.side, default: TradeTotals()].add(trade)
  }
}

/// Sums over trades; money in billionths of a unit, exact.
public struct TradeTotals: Sendable {
  /// How many trades.
  public private(set) var count = 0
  /// Those with a net profit.
  public private(set) var wins = 0
  /// Those with a net loss.
  public private(set) var losses = 0
  /// The sum of the net profits.
  public private(set) var profitNanos: Int128 = 0
  /// The sum of the net losses, negative.
  public private(set) var lossNanos: Int128 = 0
  /// The sum of the fees.
  public private(set) var feeNanos: Int128 = 0
  /// The largest net result.
  public private(set) var bestNanos: Int64?
  /// The smallest net result.
  public private(set) var worstNanos: Int64?
  /// The most wins in a row.
  public private(set) var longestWinning = 0
  /// The most losses in a row.
  public private(set) var longestLosing = 0
  /// The sum of the times held, in seconds.
  public private(set) var heldSeconds: Int128 = 0
  private var winning = 0
  private var losing = 0

  /// No trades.
  public init() {}

  /// The sum of the net results.
  public var netNanos: Int128 { profitNanos + lossNanos }

  mutating func add(_ trade: ReportTrade) {
    let pnl = trade.pnl.nanos
    count += 1
    winning = pnl > 0 ? winning + 1 : 0
    losing = pnl < 0 ? losing + 1 : 0
    if pnl > 0 {
      wins += 1
      profitNanos += Int128(pnl)
    } else if pnl < 0 {
      losses += 1
      lossNanos += Int128(pnl)
    }
    feeNanos += Int128(trade.fees.nanos)
    bestNanos = max(bestNanos ?? pnl, pnl)
    worstNanos = min(worstNanos ?? pnl, pnl)
    longestWinning = max(longestWinning, winning)
    longestLosing = max(longestLosing, losing)
    heldSeconds += Int128(trade.exitTime.seconds) - Int128(trade.entryTime.seconds)
  }
}
