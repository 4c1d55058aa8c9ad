import Configuration
import Synchronization

/// The budgets of every plugin towards every destination, shared by all threads.
public final class BudgetBook: Sendable {
  private struct Key: Hashable {
    var plugin: String
    var destination: String
    var budget: String?
  }

  /// Budgets that plugins may name and nobody configured: what services say about them is kept, but not without end.
  static let namedLimit = 64
  /// What a service says counts for a day at most.
  static let longestTold: Int64 = 86_400 * 1_000_000_000

  private let rate: RequestRate
  private let rates: [DestinationRate]
  private let reserve: Double
  private let clock: OutsideClock
  private let budgets = Mutex<[Key: RequestBudget]>([:])

  /// Makes budgets of a configuration.
  public init(_ configuration: HTTPConfiguration, clock: OutsideClock = .system) {
    rate = configuration.rate.value
    rates = configuration.rates.value
    reserve = configuration.reservePercent.value.double / 100
    self.clock = clock
  }

  /// Waits until a request may leave, at most until `deadline`; whether it may. It is counted then.
  func take(
    _ plugin: String, _ destination: String, _ budget: String, isProtective: Bool, deadline: Int64
  ) -> Bool {
    let keys = keys(plugin, destination, budget)
    while true {
      let now = clock.monotonic()
      guard now < deadline else { return false }
      let decision = budgets.withLock { budgets in
        var taken: [Key: RequestBudget] = [:]
        for key in keys {
          var budget = budgets[key] ?? self.budget(key)
          let decision = budget.take(now: now, isProtective: isProtective)
          guard decision == .go else { return decision }
          taken[key] = budget
        }
        budgets.merge(taken) { $1 }
        return .go
      }
      guard case .wait(let until) = decision else { return true }
      guard until < deadline else { return false }
      clock.wait(until - now)
    }
  }

  /// Takes what a service said about a budget; `until` is an instant of the calendar.
  func tell(_ plugin: String, _ destination: String, _ budget: String, remaining: Int64?, until: Int64) {
    let (distance, overflow) = until.subtractingReportingOverflow(clock.wall())
    guard !overflow, distance > 0 else { return }
    let ahead = min(distance, BudgetBook.longestTold)
    let key = Key(plugin: plugin, destination: destination, budget: budget.isEmpty ? nil : budget)
    budgets.withLock { budgets in
      guard budgets[key] != nil || budgets.count(where: { $0.key.plugin == plugin }) < BudgetBook.namedLimit else {
        return
      }
      budgets[key, default: self.budget(key)].tell(remaining: remaining, until: clock.monotonic() + ahead)
    }
  }

  /// The budgets that a request uses up: one that is configured by its name, else the destination's own, and with it
  /// what the service said of the name.
  private func keys(_ plugin: String, _ destination: String, _ budget: String) -> [Key] {
    let own = Key(plugin: plugin, destination: destination, budget: nil)
    guard !budget.isEmpty else { return [own] }
    let named = Key(plugin: plugin, destination: destination, budget: budget)
    if configured(named) != nil { return [named] }
    return budgets.withLock { $0[named] != nil } ? [named, own] : [own]
  }

  private func configured(_ key: Key) -> RequestRate? {
    rates.last { $0.destination == key.destination && $0.budget == key.budget }?.rate
  }

  private func budget(_ key: Key) -> RequestBudget {
    RequestBudget(configured(key) ?? rate, reserve: reserve)
  }
}
