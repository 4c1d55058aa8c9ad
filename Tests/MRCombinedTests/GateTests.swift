import Testing

@testable import MRCombinedLogic

@Suite struct `Bar gates` {
  /// Inputs that pass every bar gate with room to spare.
  static var passing: Inputs {
    var inputs = Inputs()
    (inputs.barCount, inputs.close, inputs.sma200) = (220, 100, 90)
    (inputs.rv, inputs.tradedValue) = (1, 1e9)
    return inputs
  }

  struct Row: Sendable, CustomTestStringConvertible {
    let gate: Gate.Name
    let value: Double
    let passes: Bool
    var testDescription: String { "\(gate.rawValue) at \(value)" }
  }

  /// Limits of the defaults, with values inside and outside the forgiven 1e-9.
  @Test(arguments: [
    Row(gate: .trend, value: 90, passes: false), Row(gate: .trend, value: 90 * (1 + 5e-10), passes: false),
    Row(gate: .trend, value: 90 * (1 + 2e-9), passes: true),
    Row(gate: .score, value: 0.5, passes: true), Row(gate: .score, value: 0.5 * (1 - 5e-10), passes: true),
    Row(gate: .score, value: 0.5 * (1 - 2e-9), passes: false), Row(gate: .score, value: .nan, passes: false),
    Row(gate: .relativeVolume, value: 0.5, passes: true), Row(gate: .relativeVolume, value: 0.499_999, passes: false),
    Row(gate: .relativeVolume, value: 0.5 * (1 - 5e-10), passes: true),
    Row(gate: .relativeVolume, value: 3, passes: true), Row(gate: .relativeVolume, value: 3.000_001, passes: false),
    Row(gate: .relativeVolume, value: 3 * (1 + 5e-10), passes: true),
    Row(gate: .relativeVolume, value: .nan, passes: false),
    Row(gate: .price, value: 5, passes: true), Row(gate: .price, value: 4.99, passes: false),
    Row(gate: .tradedValue, value: 5e6, passes: true), Row(gate: .tradedValue, value: 4.99e6, passes: false),
    Row(gate: .stopPositive, value: 0.01, passes: true), Row(gate: .stopPositive, value: 0, passes: false),
    Row(gate: .stopPositive, value: -1, passes: false), Row(gate: .stopPositive, value: .nan, passes: false),
  ]) func `each holds at its limit as the specification says`(_ row: Row) throws {
    var inputs = Self.passing
    var score = 0.9
    var stop = 80.0
    switch row.gate {
    case .trend: inputs.close = row.value
    case .score: score = row.value
    case .relativeVolume: inputs.rv = row.value
    case .price: (inputs.close, inputs.sma200) = (row.value, 1)
    case .tradedValue: inputs.tradedValue = row.value
    case .stopPositive: stop = row.value
    default: Issue.record("not a bar gate")
    }
    let gates = BarGates(inputs: inputs, score: score, stop: stop, parameters: Parameters())
    let gate = try #require(gates.gate(row.gate))
    #expect(gate.passed == row.passes)
    #expect(gates.pass == row.passes)
    #expect(gate.value == row.value || (gate.value.isNaN && row.value.isNaN))
    #expect((gate.note == "not_computable") == row.value.isNaN)
    for other in Gate.Name.allCases where other.needsOnlyBars && other != row.gate {
      #expect(gates.gate(other)?.passed == true, "\(other)")
    }
  }

  @Test func `a volume names the bound it broke`() {
    func limit(_ rv: Double) -> Double? {
      var inputs = Self.passing
      inputs.rv = rv
      return BarGates(inputs: inputs, score: 1, stop: 1, parameters: Parameters()).gate(.relativeVolume)?.limit
    }
    #expect(limit(0.2) == 0.5)
    #expect(limit(5) == 3)
    #expect(limit(0.8) == 0.5)
    #expect(limit(1.2) == 3)
  }
}

@Suite struct `State gates` {
  static let clear = StateFacts(occupation: [], breakerTripped: false, nextSession: .known("2018-04-23"))

  func gate(_ name: Gate.Name, _ change: (inout StateFacts) -> Void) throws -> Gate {
    var facts = Self.clear
    change(&facts)
    return try #require(facts.gate(name, Parameters()))
  }

  @Test func `the clear state passes every one`() {
    for name in Gate.Name.allCases where !name.needsOnlyBars {
      #expect(Self.clear.gate(name, Parameters())?.passed == true, "\(name)")
    }
    #expect(Self.clear.isFollowed(Parameters()))
  }

  @Test(arguments: [(nil, true), (0.002, true), (0.002 * (1 + 5e-10), true), (0.002_001, false), (Double.nan, false)])
  func `a spread up to 20 basis points passes, and so does an unknown one`(_ spread: Double?, _ passes: Bool) throws {
    let gate = try gate(.spread) { $0.spread = spread }
    #expect(gate.passed == passes)
    #expect((gate.note == "unknown") == (spread == nil))
  }

  @Test(arguments: [(nil, true), (1, false), (2, false), (3, true)])
  func `earnings that may move one of the next two sessions fail`(_ sessions: Int?, _ passes: Bool) throws {
    let gate = try gate(.earnings) { $0.sessionsToEarnings = sessions }
    #expect(gate.passed == passes)
    #expect((gate.note == "unknown") == (sessions == nil))
  }

  @Test(arguments: [(nil, true), (0, false), (1, false), (2, false), (3, true), (10, true)])
  func `a stop blocks its own session and the two after it`(_ sessions: Int?, _ passes: Bool) throws {
    #expect(try gate(.cooldown) { $0.sessionsSinceStop = sessions }.passed == passes)
  }

  @Test func `anything held or under way occupies the symbol, and so does not knowing`() throws {
    for raw in [1, 2, 4, 8, 15] as [UInt32] {
      #expect(try !gate(.free) { $0.occupation = StateFacts.Occupation(rawValue: raw) }.passed)
    }
    #expect(try gate(.free) { $0.occupation = [.position, .blocked] }.note == "position blocked")
    let unknown = try gate(.free) { $0.occupation = nil }
    #expect(!unknown.passed)
    #expect(unknown.note == "not_computable")
  }

  @Test(arguments: [(false, true), (true, false), (nil, false)] as [(Bool?, Bool)])
  func `a breaker that is not known to be armed fails`(_ tripped: Bool?, _ passes: Bool) throws {
    #expect(try gate(.breaker) { $0.breakerTripped = tripped }.passed == passes)
  }

  @Test func `the calendar passes from data, and fails where it ends`() throws {
    #expect(try gate(.calendar) { $0.nextSession = .fromData }.note == "from_data")
    #expect(try gate(.calendar) { $0.nextSession = .fromData }.passed)
    #expect(try !gate(.calendar) { $0.nextSession = .unknown }.passed)
  }

  @Test func `a tripped breaker does not stop a signal from being followed`() {
    var facts = Self.clear
    facts.breakerTripped = true
    #expect(facts.isFollowed(Parameters()))
    facts.occupation = .position
    #expect(!facts.isFollowed(Parameters()))
  }

  @Test func `the names are those that outside programs rely on, in their order`() {
    #expect(
      Gate.Name.allCases.map(\.rawValue) == [
        "trend", "score", "relative_volume", "price", "traded_value", "spread", "stop_positive", "earnings", "free",
        "cooldown", "breaker", "calendar",
      ])
  }
}
