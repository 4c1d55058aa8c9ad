import TradingTypes

/// One symbol: its indicators as of its last bar, and its two books.
struct SymbolState {
  let instrument: Instrument
  /// The place of its exchange's clock.
  let clock: Int
  private var indicators = InputState()
  private(set) var inputs = Inputs()
  /// The last bar, and the number of its session.
  private(set) var bar: Bar?
  private(set) var session = 0
  var virtual = VirtualBook()
  var real = RealBook()

  init(_ instrument: Instrument, clock: Int) {
    self.instrument = instrument
    self.clock = clock
  }

  /// Whether a bar is one to take: daily, and newer than the last.
  func isNewer(_ bar: Bar) -> Bool { instrument.isDaily && self.bar.map { $0.start < bar.start } ?? true }

  /// Takes a bar; returns the virtual trade that ended in it. Allocates nothing.
  mutating func take(_ bar: Bar, session: Int, _ parameters: Parameters) -> FollowedTrade? {
    inputs = indicators.update(bar)
    self.bar = bar
    self.session = session
    real.close(bar, session: session, sma5: inputs.sma5)
    return virtual.step(bar, session: session, sma5: inputs.sma5, instrument, parameters)
  }
}
