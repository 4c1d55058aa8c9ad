import Testing

@testable import PumpMomentumLogic

@Suite struct `Limits forgive rounding` {
  @Test(arguments: [2.0, -2.0, 1e-7, 5e9]) func `within a billionth of a limit a value is equal to it`(limit: Double) {
    for value in [limit, limit + limit.magnitude * 0.9e-9, limit - limit.magnitude * 0.9e-9] {
      #expect(Limit.isAtLeast(value, limit))
      #expect(Limit.isAtMost(value, limit))
      #expect(!Limit.isAbove(value, limit))
      #expect(!Limit.isBelow(value, limit))
    }
    let (above, below) = (limit + limit.magnitude * 1.1e-9, limit - limit.magnitude * 1.1e-9)
    #expect(Limit.isAbove(above, limit) && Limit.isAtLeast(above, limit) && !Limit.isAtMost(above, limit))
    #expect(Limit.isBelow(below, limit) && Limit.isAtMost(below, limit) && !Limit.isAtLeast(below, limit))
  }

  @Test func `what is not a number holds no limit`() {
    #expect(!Limit.isAtLeast(.nan, 0) && !Limit.isAtMost(.nan, 0) && !Limit.isAbove(.nan, 0) && !Limit.isBelow(.nan, 0))
    #expect(Limit.clamp(.nan).isNaN)
    #expect([-1, 0, 0.4, 1, 2].map(Limit.clamp) == [0, 0, 0.4, 1, 1])
  }
}
