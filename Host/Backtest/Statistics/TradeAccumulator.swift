public import TradingTypes

/// Takes closed trades one by one and keeps what their statistics need, in constant memory.
public struct TradeAccumulator: Sendable {
  /// The currency of every profit.
  public let currency: Currency
  /// How many trades were taken.
  public private(set) var count = 0
  /// How many of them earned more than nothing after costs.
  public private(set) var wins = 0
  /// How many of them lost after costs.
  public private(set) var losses = 0
  /// The most profitable one's profit after costs; `nil` before the first trade.
  public private(set) var best: Money?
  /// The least profitable one's profit after costs; `nil` before the first trade.
  public private(set) var worst: Money?
  /// The longest time from entry to exit, in nanoseconds; `nil` before the first trade.
  public private(set) var longest: Int64?

  private var won: Int128 = 0
  private var lost: Int128 = 0
  private var held: Int128 = 0

  /// Begins without trades.
  public init(currency: Currency) { self.currency = currency }

  /// Takes a trade.
  ///
  /// - Parameters:
  ///   - profit: what it earned after all its costs; traps when it is in another currency.
  ///   - entry: when it was opened.
  ///   - exit: when it was closed; not before `entry`.
  public mutating func add(profit: Money, entry: Timestamp, exit: Timestamp) {
    precondition(profit.currency == currency, "a profit in another currency")
    count += 1
    if profit.nanos > 0 {
      wins += 1
      won += Int128(profit.nanos)
    } else if profit.nanos < 0 {
      losses += 1
      lost -= Int128(profit.nanos)
    }
    best = Money(nanos: max(best?.nanos ?? .min, profit.nanos), currency: currency)
    worst = Money(nanos: min(worst?.nanos ?? .max, profit.nanos), currency: currency)
    let duration = Int128(exit.nanoseconds) - Int128(entry.nanoseconds)
    held += duration
    longest = max(longest ?? 0, Int64(clamping: duration))
  }

  /// The sum of all profits and losses; `nil` when it does not fit.
  public var profit: Money? { money(won - lost) }
  /// The fraction of trades that earned more than nothing after costs; `nil` without trades.
  public var winRate: Double? { count > 0 ? Double(wins) / Double(count) : nil }
  /// What the winners won over what the losers lost; `nil` when nothing was lost.
  public var profitFactor: Double? { lost > 0 ? Double(won) / Double(lost) : nil }
  /// The mean profit of the winners, toward zero to a billionth; `nil` without any.
  public var averageWin: Money? { wins > 0 ? money(won / Int128(wins)) : nil }
  /// The mean profit of the losers, a negative amount, toward zero to a billionth; `nil` without any.
  public var averageLoss: Money? { losses > 0 ? money(-lost / Int128(losses)) : nil }
  /// The mean time from entry to exit, in nanoseconds; `nil` without trades.
  public var averageHolding: Int64? { count > 0 ? Int64(clamping: held / Int128(count)) : nil }

  private func money(_ nanos: Int128) -> Money? {
    Int64(exactly: nanos).map { Money(nanos: $0, currency: currency) }
  }
}
