import BacktestReport
import BacktestStatistics
import Runtime
import TradingTypes

/// Follows the account through a backtest: the running statistics always, the curve and its report only when wanted.
final class AccountCurve: AccountObserver {
  private let currency: Currency
  private let keepsSeries: Bool
  private(set) var statistics: EquityAccumulator
  /// The curve for the report; `nil` when none is written.
  private(set) var sampler: AccountSampler?
  /// Name and equity in billionths of every mark, in order; empty when nobody wants them.
  private(set) var series: ContiguousArray<(time: Timestamp, nanos: Int64)> = []
  /// Marks at which the equity could not be computed; they are in no figure.
  private(set) var unknownCount = 0

  /// - Parameters:
  ///   - start: the equity before the first bar.
  ///   - keepsSeries: whether every mark is kept, 16 bytes each.
  ///   - samples: whether a bounded curve for the report is kept.
  init(start: Money, keepsSeries: Bool, samples: Bool) {
    currency = start.currency
    self.keepsSeries = keepsSeries
    statistics = EquityAccumulator(start: start)
    if samples { sampler = AccountSampler(startingEquity: start.double) }
  }

  func take(_ marks: UnsafeBufferPointer<AccountMark>) {
    // As a local variable the statistics stay in registers.
    var statistics = self.statistics
    for mark in marks {
      guard mark.equityNanos != AccountMark.unknown else {
        unknownCount += 1
        continue
      }
      statistics.add(
        Money(nanos: mark.equityNanos, currency: currency), at: mark.barStart, holdsPosition: mark.isInvested)
    }
    self.statistics = statistics
    guard sampler != nil || keepsSeries else { return }
    for mark in marks where mark.equityNanos != AccountMark.unknown {
      sampler?.add(at: mark.barStart, equity: Money(nanos: mark.equityNanos, currency: currency).double)
      if keepsSeries { series.append((mark.barStart, mark.equityNanos)) }
    }
  }
}
