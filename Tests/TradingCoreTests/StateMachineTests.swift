import Testing
import TradingTypes

@testable import TradingCore

@Suite struct `Signal states` {
  static let legal: [(SignalState, SignalState.Event, SignalState)] = [
    (.generated, .passRisk, .riskChecked), (.generated, .refuse, .rejected),
    (.riskChecked, .refuse, .rejected), (.riskChecked, .ask, .awaitingApproval), (.riskChecked, .approve, .approved),
    (.awaitingApproval, .approve, .approved), (.awaitingApproval, .reject, .rejected),
    (.awaitingApproval, .expire, .expired), (.awaitingApproval, .supersede, .superseded),
    (.awaitingApproval, .refuse, .rejected), (.approved, .expire, .expired), (.approved, .supersede, .superseded),
    (.approved, .refuse, .rejected), (.approved, .send, .executing), (.executing, .complete, .done),
    (.executing, .fail, .failed),
  ]

  @Test func `every pair of state and event is either listed or refused`() {
    for state in SignalState.allCases {
      for event in SignalState.Event.allCases {
        let listed = Self.legal.first { $0.0 == state && $0.1 == event }?.2
        #expect(state.after(event) == listed, "\(state) + \(event)")
      }
    }
  }

  @Test func `nothing happens to a signal that has ended`() {
    for state in SignalState.allCases where state.isFinal {
      #expect(SignalState.Event.allCases.allSatisfy { state.after($0) == nil })
    }
  }
}

@Suite struct `Position states` {
  static let legal: [(PositionState, PositionState.Event, PositionState)] = [
    (.none, .orderEntry, .pendingOrder), (.pendingOrder, .entryEndedUnfilled, .none),
    (.pendingOrder, .entryFill, .open),
    (.open, .entryFill, .open), (.pendingClose, .entryFill, .pendingClose), (.open, .orderExit, .pendingClose),
    (.pendingClose, .orderExit, .pendingClose), (.pendingClose, .exitEndedUnfilled, .open),
    (.open, .exitFillPart, .open), (.pendingClose, .exitFillPart, .pendingClose), (.open, .exitFillAll, .closed),
    (.pendingClose, .exitFillAll, .closed), (.closed, .recordPerformance, .performanceRecorded),
  ]

  @Test func `every pair of state and event is either listed or refused`() {
    for state in PositionState.allCases {
      for event in PositionState.Event.allCases {
        let listed = Self.legal.first { $0.0 == state && $0.1 == event }?.2
        #expect(state.after(event) == listed, "\(state) + \(event)")
      }
    }
  }
}

@Suite struct `Order states` {
  static let ten = Quantity(nanos: 10_000_000_000)
  static let four = Quantity(nanos: 4_000_000_000)
  static let six = Quantity(nanos: 6_000_000_000)

  struct Move: CustomTestStringConvertible {
    var from: OrderState
    var event: OrderState.Event
    var to: OrderState?
    var testDescription: String { "\(from) + \(event)" }
  }

  static let moves: [Move] = [
    Move(from: .intended, event: .submit, to: .submitted),
    Move(from: .intended, event: .accepted, to: nil),
    Move(from: .intended, event: .fill(four), to: nil),
    Move(from: .submitted, event: .accepted, to: .working(filled: .zero)),
    Move(from: .submitted, event: .fill(four), to: .working(filled: four)),
    Move(from: .submitted, event: .fill(ten), to: .filled),
    Move(from: .submitted, event: .rejected, to: .rejected),
    Move(from: .submitted, event: .outcomeUnknown, to: .unknown(filled: .zero)),
    Move(from: .submitted, event: .notSent, to: .intended),
    Move(from: .working(filled: .zero), event: .submit, to: nil),
    Move(from: .working(filled: four), event: .fill(six), to: .filled),
    Move(from: .working(filled: four), event: .fill(ten), to: nil),
    Move(from: .working(filled: four), event: .fill(.zero), to: nil),
    Move(from: .working(filled: four), event: .cancelled, to: .cancelled(filled: four)),
    Move(from: .working(filled: four), event: .rejected, to: .cancelled(filled: four)),
    Move(from: .working(filled: .zero), event: .rejected, to: .rejected),
    Move(from: .working(filled: four), event: .expired, to: .expired(filled: four)),
    Move(from: .working(filled: four), event: .neverArrived, to: nil),
    Move(from: .cancelled(filled: four), event: .fill(four), to: .cancelled(filled: Quantity(nanos: 8_000_000_000))),
    Move(from: .cancelled(filled: four), event: .accepted, to: nil),
    Move(from: .expired(filled: .zero), event: .fill(ten), to: .filled),
    Move(from: .filled, event: .fill(four), to: nil),
    Move(from: .filled, event: .cancelled, to: nil),
    Move(from: .rejected, event: .fill(four), to: nil),
    Move(from: .unknown(filled: .zero), event: .accepted, to: .working(filled: .zero)),
    Move(from: .unknown(filled: .zero), event: .neverArrived, to: .intended),
    Move(from: .unknown(filled: four), event: .neverArrived, to: nil),
    Move(from: .unknown(filled: four), event: .fill(six), to: .filled),
    Move(from: .unknown(filled: .zero), event: .rejected, to: .rejected),
  ]

  @Test(arguments: moves) func `a move is as listed or refused`(_ move: Move) {
    let result = try? move.from.after(move.event, ordered: Self.ten)
    #expect(result == move.to)
  }

  @Test func `no sequence of events fills more than was ordered`() {
    var random = SplitMix64(seed: 7)
    for _ in 0..<2000 {
      var state = OrderState.intended
      var filled: Int64 = 0
      for _ in 0..<12 {
        let event = random.orderEvent()
        guard let next = try? state.after(event, ordered: Self.ten) else { continue }
        if case .fill(let quantity) = event { filled += quantity.nanos }
        state = next
        #expect(state.filled(of: Self.ten).nanos == filled)
      }
      #expect(filled <= Self.ten.nanos)
    }
  }
}

extension SplitMix64 {
  mutating func orderEvent() -> OrderState.Event {
    switch below(8) {
    case 0: .submit
    case 1: .accepted
    case 2: .cancelled
    case 3: .expired
    case 4: .rejected
    case 5: .outcomeUnknown
    default: .fill(Quantity(nanos: Int64(1 + below(5)) * 1_000_000_000))
    }
  }
}

/// Seeded randomness for property tests.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func below(_ bound: UInt64) -> UInt64 { ((next() >> 32) &* bound) >> 32 }
}
