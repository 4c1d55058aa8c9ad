import Testing

@testable import PluginHost

@Suite struct `The limits of an instance` {
  @Test func `let a burst of lines through and then so many a second`() {
    var limits = InstanceLimits()
    (limits.logBurst, limits.logPerSecond) = (10, 5)
    var budget = LineBudget(limits, now: 1000)
    func taken(at now: Int64) -> Int {
      var count = 0
      for _ in 0..<20 where budget.take(now: now) { count += 1 }
      return count
    }
    #expect(taken(at: 1000) == 10)
    #expect(budget.dropped == 10)
    // A fifth of a second pays for one.
    #expect(taken(at: 1000 + 199_999_999) == 0)
    #expect(taken(at: 1000 + 200_000_000) == 1)
    #expect(taken(at: 1000 + 60_000_000_000) == 10)
    #expect(budget.dropped == 10 + 20 + 19 + 10)
  }

  @Test func `count what a store holds and what changes`() throws {
    var limits = InstanceLimits()
    (limits.stateBytes, limits.stateKeys) = (20, 3)
    let store = MemoryStateStore()
    store.commit([.init(key: [1], value: [1, 2, 3]), .init(key: [2], value: [4])])
    let changes: [[UInt8]: [UInt8]?] = [[2]: nil, [3]: [5, 6]]
    var quota = try StateQuota(store, changes)
    // Key and value count: 4 and 3 bytes.
    #expect(quota.excess([4], 12, limits) == nil)
    #expect(quota.excess([4], 13, limits) == "more than 20 bytes")
    #expect(quota.excess([1], 16, limits) == nil && quota.excess([1], 17, limits) != nil)
    quota.set([4], 12)
    #expect(quota.excess([5], 0, limits) == "more than 3 keys")
    #expect(quota.excess([4], 12, limits) == nil)
    quota.set([1], nil)
    #expect(quota.excess([5], 3, limits) == nil)
  }

  @Test func `let a store that is too full be emptied`() throws {
    var limits = InstanceLimits()
    limits.stateBytes = 5
    let store = MemoryStateStore()
    store.commit([.init(key: [1], value: Array(repeating: 0, count: 100))])
    let quota = try StateQuota(store, [:])
    #expect(quota.excess([1], 99, limits) == nil)
    #expect(quota.excess([1], 101, limits) != nil && quota.excess([2], 0, limits) != nil)
  }
}
