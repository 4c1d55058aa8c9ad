import Configuration
import Synchronization
import Testing

@testable import PluginHost

private let second: Int64 = 1_000_000_000

/// A time that only moves when somebody waits or a test says so.
final class ManualTime: Sendable {
  private let now = Mutex<Int64>(0)
  private let waits = Mutex<[Int64]>([])

  var waited: [Int64] { waits.withLock { $0 } }
  func advance(_ nanoseconds: Int64) { now.withLock { $0 += nanoseconds } }

  var clock: OutsideClock {
    OutsideClock(
      monotonic: { self.now.withLock { $0 } }, wall: { self.now.withLock { $0 } + 1_000_000 * second },
      wait: { duration in
        self.waits.withLock { $0.append(duration) }
        self.advance(duration)
      })
  }
}

@Suite struct `A budget` {
  @Test(arguments: [(10, 7), (1, 3), (120, 60), (5, 1)]) func `never lets more leave in any stretch than its rate`(
    _ count: Int, _ seconds: Int
  ) throws {
    var budget = RequestBudget(try #require(RequestRate(count: count, seconds: seconds)), reserve: 0)
    var random = SeededGenerator(state: UInt64(count))
    var left: [Int64] = []
    var now: Int64 = 0
    for _ in 0..<5000 {
      now += Int64(random.next() % 300_000_000)
      if budget.take(now: now, isProtective: false) == .go { left.append(now) }
    }
    #expect(left.count > 100)
    for (index, time) in left.enumerated() where index >= count {
      #expect(time - left[index - count] >= Int64(seconds) * second)
    }
  }

  @Test func `says when the next one may leave`() throws {
    var budget = RequestBudget(try #require(RequestRate(count: 2, seconds: 10)), reserve: 0)
    #expect(budget.take(now: 0, isProtective: false) == .go)
    #expect(budget.take(now: 3, isProtective: false) == .go)
    #expect(budget.take(now: 5, isProtective: false) == .wait(until: 10 * second))
    #expect(budget.take(now: 10 * second, isProtective: false) == .go)
    #expect(budget.take(now: 10 * second, isProtective: false) == .wait(until: 10 * second + 3))
  }

  @Test func `keeps a part back for what protects a position`() throws {
    var budget = RequestBudget(try #require(RequestRate(count: 10, seconds: 60)), reserve: 0.2)
    for _ in 0..<8 { #expect(budget.take(now: 0, isProtective: false) == .go) }
    #expect(budget.take(now: 1, isProtective: false) == .wait(until: 60 * second))
    for _ in 0..<2 { #expect(budget.take(now: 1, isProtective: true) == .go) }
    #expect(budget.take(now: 1, isProtective: true) == .wait(until: 60 * second))
  }

  @Test func `of one request is not kept back whole`() throws {
    var budget = RequestBudget(try #require(RequestRate(count: 1, seconds: 5)), reserve: 0.9)
    #expect(budget.take(now: 0, isProtective: false) == .go)
  }

  @Test func `can be told to be slower and not to be faster`() throws {
    var budget = RequestBudget(try #require(RequestRate(count: 3, seconds: 10)), reserve: 0)
    budget.tell(remaining: 1, until: 40)
    #expect(budget.take(now: 0, isProtective: false) == .go)
    #expect(budget.take(now: 1, isProtective: true) == .wait(until: 40))
    budget.tell(remaining: 1000, until: 50)
    #expect(budget.take(now: 40, isProtective: false) == .go)
    #expect(budget.take(now: 41, isProtective: false) == .go)
    #expect(budget.take(now: 42, isProtective: false) == .wait(until: 10 * second))
  }
}

@Suite struct `The book of budgets` {
  private func book(_ yaml: String, _ time: ManualTime) throws -> BudgetBook {
    let host = try ConfigurationDocument(Array(yaml.utf8), file: "c.yaml").validated(plugins: []).host
    return BudgetBook(host.http, clock: time.clock)
  }

  @Test func `has one for each plugin and destination`() throws {
    let (time, deadline) = (ManualTime(), Int64(1))
    let book = try book("http: {rate: 1 per 60, reserve_percent: 0}\n", time)
    for (plugin, destination) in [("a", "x"), ("a", "y"), ("b", "x")] {
      #expect(book.take(plugin, destination, "", isProtective: false, deadline: deadline))
      #expect(!book.take(plugin, destination, "", isProtective: true, deadline: deadline))
    }
    #expect(time.waited.isEmpty)
  }

  @Test func `waits for one when there is time, and not when there is none`() throws {
    let time = ManualTime()
    let book = try book("http: {rate: 1 per 60, reserve_percent: 0}\n", time)
    #expect(book.take("a", "x", "", isProtective: false, deadline: 1))
    #expect(!book.take("a", "x", "", isProtective: false, deadline: 60 * second))
    #expect(time.waited.isEmpty)
    #expect(book.take("a", "x", "", isProtective: false, deadline: 60 * second + 1))
    #expect(time.waited == [60 * second])
  }

  @Test func `gives a configured name its own, and a name of the plugin's invention nothing`() throws {
    let time = ManualTime()
    let book = try book("http: {rate: 1 per 60, rates: [x/orders 2 per 60], reserve_percent: 0}\n", time)
    for expected in [true, true, false] {
      #expect(book.take("a", "x", "orders", isProtective: false, deadline: 1) == expected)
    }
    #expect(book.take("a", "x", "invented", isProtective: false, deadline: 1))
    #expect(!book.take("a", "x", "another", isProtective: false, deadline: 1))
    #expect(!book.take("a", "x", "", isProtective: false, deadline: 1))
  }

  @Test func `heeds what a service says of a name`() throws {
    let time = ManualTime()
    let book = try book("http: {rate: 100 per 60}\n", time)
    let wall = time.clock.wall()
    book.tell("a", "x", "orders", remaining: 0, until: wall + 5 * second)
    #expect(!book.take("a", "x", "orders", isProtective: true, deadline: 1))
    #expect(book.take("a", "x", "", isProtective: false, deadline: 1))
    #expect(book.take("b", "x", "orders", isProtective: false, deadline: 1))
    #expect(book.take("a", "x", "orders", isProtective: false, deadline: 6 * second))
    #expect(time.waited == [5 * second])
    // An instant that has passed, and one beyond any patience.
    for passed in [wall - 1, 0, .min] { book.tell("a", "x", "", remaining: 0, until: passed) }
    #expect(book.take("a", "x", "", isProtective: false, deadline: 9 * second))
    book.tell("a", "x", "", remaining: 0, until: .max)
    #expect(book.take("a", "x", "", isProtective: false, deadline: 86_406 * second))
  }
}
