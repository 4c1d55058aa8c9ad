import TradingTypes

/// What a strategy or scanner keeps for each of its instruments: one value each, side by side, found by the id alone.
///
/// Unlike an array's, its values are changed where they are without asking first whether someone else holds them, which
/// is what the hot path wants, and they need not be copyable. A copy of this shares the values.
@frozen
public struct PerInstrument<State: ~Copyable> {
  @usableFromInline let states: UnsafeMutablePointer<State>
  /// How many instruments there are.
  public let count: Int
  @usableFromInline let memory: InstrumentMemory<State>

  /// Of no instruments, for before the start.
  public init() { self.init([]) { _ in preconditionFailure("no instruments") } }

  /// Makes the state of each instrument; the ids must be their places in the list, as those of `start` are.
  public init(_ instruments: [Instrument], _ make: (Instrument) -> State) {
    memory = InstrumentMemory(instruments.count)
    states = memory.states
    count = instruments.count
    for (place, instrument) in instruments.enumerated() {
      (states + place).initialize(to: make(instrument))
      memory.count += 1
    }
  }

  /// The state of an instrument, which must be one of those it was made for.
  @inlinable public subscript(id: InstrumentID) -> State {
    @inline(__always) _read {
      yield states[place(id)]
    }
    @inline(__always) nonmutating _modify {
      yield &states[place(id)]
    }
  }

  @inlinable @inline(__always) func place(_ id: InstrumentID) -> Int {
    precondition(Int(id.index) < count, "an instrument that start did not name")
    return Int(id.index)
  }
}

/// Owns the states.
@usableFromInline final class InstrumentMemory<State: ~Copyable> {
  let states: UnsafeMutablePointer<State>
  var count = 0

  init(_ capacity: Int) { states = .allocate(capacity: capacity) }

  deinit {
    states.deinitialize(count: count)
    states.deallocate()
  }
}
