import TradingCore
import TradingTypes

/// What plugins may see of the account: written by the runtime, read by plugins during its calls into them.
public final class PortfolioBoard {
  /// The account.
  public struct Account: Hashable, Sendable {
    /// Cash plus the value of what is held.
    public var equity: Money
    /// Cash, in the currency of the equity.
    public var cash: Money
    /// What may be spent on entries, in the currency of the equity.
    public var buyingPower: Money
    /// Whether the circuit breaker is tripped.
    public var isBreakerTripped: Bool

    /// Makes an account from its parts.
    public init(equity: Money, cash: Money, buyingPower: Money, isBreakerTripped: Bool) {
      self.equity = equity
      self.cash = cash
      self.buyingPower = buyingPower
      self.isBreakerTripped = isBreakerTripped
    }
  }

  /// What is held of an instrument and under way in it.
  public struct Holding: Hashable, Sendable {
    /// What there is, as bits.
    public struct Flags: OptionSet, Hashable, Sendable {
      public let rawValue: UInt32
      public init(rawValue: UInt32) { self.rawValue = rawValue }
      /// A position is held.
      public static let position = Flags(rawValue: 1)
      /// An order is working.
      public static let workingOrder = Flags(rawValue: 2)
      /// A signal awaits approval or execution.
      public static let pendingSignal = Flags(rawValue: 4)
      /// The outcome of an order is unknown.
      public static let blocked = Flags(rawValue: 8)
    }

    /// What there is.
    public var flags: Flags = []
    /// How much is held.
    public var quantity: Quantity = .zero
    /// At which average price.
    public var averagePrice: Price = .zero

    /// Makes a holding of nothing.
    public init() {}
  }

  /// Whether a plugin has asked for the portfolio's table.
  public let watch = PortfolioWatch()
  /// The account; `nil` while it cannot be computed.
  public var account: Account?
  /// What is held, by instrument.
  private var holdings: [Holding]

  /// Makes a board for so many instruments, with nothing on it.
  public init(instrumentCount: Int) { holdings = Array(repeating: Holding(), count: instrumentCount) }

  /// What is held of an instrument, which must be one of the board's.
  public subscript(_ instrument: InstrumentID) -> Holding {
    get { holdings[Int(instrument.index)] }
    set { holdings[Int(instrument.index)] = newValue }
  }

  /// What is held of an instrument; `nil` when the board has no such instrument.
  func holding(_ index: UInt32) -> Holding? { index < holdings.count ? holdings[Int(index)] : nil }
}
