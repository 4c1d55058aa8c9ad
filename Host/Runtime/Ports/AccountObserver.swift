import TradingCore
import TradingTypes

/// The account after all bars of an instant, at their closes.
public struct AccountMark: Hashable, Sendable {
  /// Start of the first of these bars: what the mark is called.
  public var barStart: Timestamp
  /// The instant.
  public var time: Timestamp
  /// Cash and positions at their last prices, billionths of the account's currency; ``unknown`` when not computable.
  public var equityNanos: Int64
  /// Whether anything is held.
  public var isInvested: Bool

  /// The equity of a mark at which it could not be computed.
  public static let unknown = Int64.min

  /// Makes a mark.
  public init(barStart: Timestamp, time: Timestamp, equityNanos: Int64, isInvested: Bool) {
    self.barStart = barStart
    self.time = time
    self.equityNanos = equityNanos
    self.isInvested = isInvested
  }
}

extension AccountMark {
  /// A mark of an equity as the core answers it.
  @inline(__always)
  init(barStart: Timestamp, time: Timestamp, equity: (nanos: Int64?, isInvested: Bool)) {
    self.init(
      barStart: barStart, time: time, equityNanos: equity.nanos ?? AccountMark.unknown, isInvested: equity.isInvested)
  }
}

/// Who looks at the account over time. Marks come many at once, in order of time, so that nobody is called for each bar.
public protocol AccountObserver: AnyObject {
  /// Takes the next marks; the memory is the caller's and lives until this returns.
  func take(_ marks: UnsafeBufferPointer<AccountMark>) throws
}

extension Core {
  /// The account as it stands.
  @inline(__always)
  mutating func mark(barStart: Timestamp, time: Timestamp) -> AccountMark {
    AccountMark(barStart: barStart, time: time, equity: equityMark())
  }
}
