import Testing

@testable import PumpMomentumLogic

@Suite struct `Levels` {
  struct Case: Sendable {
    var note: String
    var inputs: Inputs
    var met: Level?
  }

  // m15 of 5 % is 0.05 / (0.04 * sqrt(15 / 390)) = 6.4.
  private static let shares: [Case] = [
    Case(note: "watch at its limits", inputs: .example(r15: 0.03, multiple: 2, z: 2, hod: 0.7), met: .watch),
    Case(note: "a hair below", inputs: .example(r15: 0.03 * (1 - 9e-10), multiple: 2, z: 2, hod: 0.7), met: .watch),
    Case(note: "r15 below", inputs: .example(r15: 0.0299, multiple: 2, z: 2, hod: 0.7)),
    Case(note: "rvol15 below", inputs: .example(r15: 0.03, multiple: 1.99, z: 2, hod: 0.7)),
    Case(note: "zv15 below", inputs: .example(r15: 0.03, multiple: 2, z: 1.99, hod: 0.7)),
    Case(note: "hod below", inputs: .example(r15: 0.03, multiple: 2, z: 2, hod: 0.69)),
    Case(note: "watch asks for no VWAP", inputs: .example(r15: 0.03, multiple: 2, z: 2, price: 99), met: .watch),
    Case(note: "watch asks for no fade", inputs: .example(r15: 0.03, multiple: 2, z: 2, fade: 0.9), met: .watch),
    Case(note: "signal at its limits", inputs: .example(r15: 0.05, multiple: 3, z: 3, hod: 0.85), met: .signal),
    Case(note: "hod too low for it", inputs: .example(r15: 0.05, multiple: 3, z: 3, hod: 0.84), met: .watch),
    Case(note: "price at VWAP", inputs: .example(r15: 0.05, multiple: 3, z: 3, price: 100), met: .watch),
    Case(note: "no volume, no VWAP", inputs: .example(r15: 0.05, multiple: 3, z: 3, vwap: .nan), met: .watch),
    Case(note: "fade at its limit", inputs: .example(r15: 0.05, multiple: 3, z: 3, fade: 0.25), met: .watch),
    Case(note: "fade below it", inputs: .example(r15: 0.05, multiple: 3, z: 3, fade: 0.249), met: .signal),
    Case(note: "fade unknown", inputs: .example(r15: 0.05, multiple: 3, z: 3, fade: .nan), met: .watch),
    Case(note: "m15 too low", inputs: .example(r15: 0.05, multiple: 3, z: 3, atrShare: 0.09), met: .watch),
    Case(note: "nothing known", inputs: .example(r15: .nan, multiple: .nan, z: .nan, hod: .nan)),
  ]
  private static let coins: [Case] = [
    Case(note: "watch at its limits", inputs: .example(r15: 0.04, multiple: 3, z: 2.5, hod: 0.7), met: .watch),
    Case(note: "r15 below", inputs: .example(r15: 0.039, multiple: 3, z: 2.5)),
    Case(note: "rvol15 below", inputs: .example(r15: 0.04, multiple: 2.9, z: 2.5)),
    Case(note: "zv15 below", inputs: .example(r15: 0.04, multiple: 3, z: 2.4)),
    Case(note: "signal at its limits", inputs: .example(r15: 0.08, multiple: 4, z: 3, hod: 0.85), met: .signal),
    Case(note: "no m15 asked for", inputs: .example(r15: 0.08, multiple: 4, z: 3, atrShare: 9), met: .signal),
    Case(note: "r15 of a share's signal", inputs: .example(r15: 0.05, multiple: 4, z: 3), met: .watch),
  ]

  @Test func `shares meet levels at the default limits`() {
    for row in Self.shares { #expect(LevelReading(row.inputs, rules()).met == row.met, "\(row.note)") }
  }

  @Test func `coins meet levels at the default limits`() {
    for row in Self.coins { #expect(LevelReading(row.inputs, rules(.coin())).met == row.met, "\(row.note)") }
  }

  @Test func `a held level is kept at four fifths of its lower bounds`() {
    let kept = Inputs.example(r15: 0.024, multiple: 1.6, z: 1.6, hod: 0.56, fade: 0.312)
    #expect(LevelReading(kept, rules()).met == nil)
    #expect(LevelReading(kept, rules()).level(after: .watch) == .watch)
    #expect(LevelReading(kept, rules()).level(after: .signal) == .watch)
    #expect(LevelReading(kept, rules()).level(after: nil) == nil)
    for lost in [
      Inputs.example(r15: 0.0239, multiple: 1.6, z: 1.6, hod: 0.56), .example(r15: 0.024, multiple: 1.59, z: 1.6),
      .example(r15: 0.024, multiple: 1.6, z: 1.59), .example(r15: 0.024, multiple: 1.6, z: 1.6, hod: 0.55),
      .example(r15: 0.024, multiple: 1.6, z: 1.6, fade: 0.3125),
    ] {
      #expect(LevelReading(lost, rules()).level(after: .signal) == nil)
    }
    let signal = Inputs.example(r15: 0.04, multiple: 2.4, z: 2.4, hod: 0.68)
    #expect(LevelReading(signal, rules()).level(after: .signal) == .signal)
    #expect(LevelReading(signal, rules()).level(after: .watch) == .watch)
    #expect(LevelReading(signal, rules()).level(after: nil) == nil)
    // m15 at four fifths: 0.04 / (a * sqrt(15 / 390)) = 2.4.
    let slow = Inputs.example(r15: 0.04, multiple: 2.4, z: 2.4, atrShare: 0.0851)
    #expect(LevelReading(slow, rules()).level(after: .signal) == .watch)
  }

  @Test func `fading is half of the rise lost, or a price below VWAP`() {
    let rows: [(Inputs, Bool, Bool)] = [
      (.example(fade: 0.5), true, false), (.example(fade: 0.5 * (1 - 9e-10)), true, false),
      (.example(fade: 0.49), false, false), (.example(price: 99.9), false, true), (.example(price: 100), false, false),
      (.example(price: 100 * (1 - 9e-10)), false, false), (.example(price: 99, vwap: .nan), false, false),
      (.example(fade: .nan), false, false),
    ]
    for (inputs, hasFaded, isBelow) in rows {
      let reading = LevelReading(inputs, rules())
      #expect(reading.hasFaded == hasFaded)
      #expect(reading.isBelowVWAP == isBelow)
      #expect(reading.isFading == (hasFaded || isBelow))
    }
  }

  @Test func `the score weighs momentum, volume, its deviation and the place in the day`() {
    #expect((Inputs.example(r15: 1, multiple: 16, z: 6.1, hod: 1).score - 100).magnitude < 1e-12)
    #expect(Inputs.example(r15: -1, multiple: 0.5, z: -6, hod: 0).score == 0)
    #expect((Inputs.example(r15: -1, multiple: 4, z: 0, hod: 0).score - 15).magnitude < 1e-12)
    #expect((Inputs.example(r15: -1, multiple: 1, z: 3, hod: 0).score - 10).magnitude < 1e-12)
    #expect((Inputs.example(r15: -1, multiple: 1, z: 0, hod: 0.5).score - 7.5).magnitude < 1e-12)
    // m15 = 3: half of 35.
    let half = 3 * 0.04 * (15.0 / 390).squareRoot()
    #expect((Inputs.example(r15: half, multiple: 0, z: 0, hod: 0).score - 17.5).magnitude < 1e-12)
  }
}
