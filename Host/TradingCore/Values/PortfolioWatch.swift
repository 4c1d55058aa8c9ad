public import Synchronization

/// Whether any plugin looks at the portfolio: set when one asks for it, read before each instant's bars are offered.
public final class PortfolioWatch: Sendable {
  @usableFromInline let flag = Atomic<Bool>(false)

  /// Makes a watch that is off.
  public init() {}

  /// Whether one looks.
  @inlinable public var isOn: Bool { flag.load(ordering: .relaxed) }
  /// A plugin looks from now on.
  public func turnOn() { flag.store(true, ordering: .relaxed) }
}
