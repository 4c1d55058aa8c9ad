import Testing
import TradingTypes

@testable import PumpMomentumLogic

/// One bar as the episode machine sees it: minutes after the first, what is met and kept.
private struct Step: Sendable {
  var minute: Int64
  var met: Level?
  var keeps: Set<Level> = []
  var fades = false
  var isBelow = false
  var score = 50.0
  /// What is expected: `level reason`, `quiet`, or nothing.
  var expected = ""

  init(
    _ minute: Int64, _ met: Level? = nil, keeps: Set<Level> = [], fades: Bool = false, isBelow: Bool = false,
    score: Double = 50, gives expected: String = ""
  ) {
    self.minute = minute
    self.met = met
    self.keeps = keeps
    self.fades = fades
    self.isBelow = isBelow
    self.score = score
    self.expected = expected
  }
}

@Suite struct `Episodes` {
  private func follow(_ steps: [Step], _ machine: EpisodeMachine = EpisodeMachine()) -> EpisodeMachine {
    var machine = machine
    var number: UInt64 = 1
    for step in steps {
      let reading = LevelReading(
        met: step.met, keepsWatch: step.keeps.contains(.watch), keepsSignal: step.keeps.contains(.signal),
        hasFaded: step.fades, isBelowVWAP: step.isBelow, score: step.score)
      let time = Timestamp("2022-03-23T13:31:00Z").adding(seconds: step.minute * 60)
      let found: String
      switch machine.step(at: time, reading, number: number) {
      case .none: found = ""
      case .quiet: found = "quiet"
      case .alert(let level, let reason, let episode):
        found = "\(level) \(reason.rawValue)"
        if reason == .open {
          #expect(episode.number == number)
          number += 1
        }
      }
      #expect(found == step.expected, "minute \(step.minute)")
    }
    return machine
  }

  @Test func `rule 1: an open episode that fades alerts and closes, whatever level is met`() {
    _ = follow([
      Step(0, .watch, gives: "watch open"), Step(1, .signal, fades: true, gives: "fading fade"), Step(2),
      Step(3, fades: true),
    ])
    _ = follow([Step(0, .watch, gives: "watch open"), Step(1, .watch, isBelow: true, gives: "fading below_vwap")])
    _ = follow([Step(0, .watch, gives: "watch open"), Step(1, fades: true, isBelow: true, gives: "fading fade")])
  }

  @Test func `rule 2: a held level is kept, a higher one is not`() {
    // Kept through minute 59, so that the quiet hour counts from there.
    let machine = follow([
      Step(0, .watch, gives: "watch open"), Step(29, keeps: [.watch]), Step(59, keeps: [.watch], gives: "watch time"),
      Step(60),
      Step(118), Step(119, gives: "quiet"),
    ])
    #expect(machine.open == nil)
    // A signal is not kept where only a watch was held.
    _ = follow([
      Step(0, .watch, gives: "watch open"), Step(1, keeps: [.watch, .signal]),
      Step(2, .signal, gives: "signal higher_level"),
    ])
    // Once lost, a level is no longer held.
    let lost = follow([Step(0, .watch, gives: "watch open"), Step(1), Step(2, keeps: [.watch])])
    #expect(lost.open?.held == nil)
  }

  @Test func `rule 3: a met level opens, a kept one does not`() {
    _ = follow([Step(0, keeps: [.watch, .signal]), Step(1, .signal, gives: "signal open")])
  }

  @Test func `rule 3: no episode opens while the pump is fading`() {
    _ = follow([Step(0, .signal, fades: true), Step(1, .watch, isBelow: true), Step(2, .watch, gives: "watch open")])
  }

  @Test func `rule 3: for half an hour after a fading close only a higher level opens`() {
    let faded = [Step(0, .watch, gives: "watch open"), Step(10, fades: true, gives: "fading fade")]
    _ = follow(faded + [Step(11, .watch), Step(39, .watch), Step(40, .watch, gives: "watch open")])
    _ = follow(faded + [Step(11, .watch), Step(12, .signal, gives: "signal open")])
    let strong = [Step(0, .signal, gives: "signal open"), Step(10, fades: true, gives: "fading fade")]
    _ = follow(strong + [Step(11, .signal), Step(39, .watch), Step(40, .watch, gives: "watch open")])
  }

  @Test func `rule 3: after a quiet close a level opens at once`() {
    _ = follow([Step(0, .watch, gives: "watch open"), Step(60, gives: "quiet"), Step(61, .watch, gives: "watch open")])
  }

  @Test func `rule 4: a level above the best alerts, and only once`() {
    _ = follow([
      Step(0, .watch, gives: "watch open"), Step(1, .signal, gives: "signal higher_level"), Step(2, .watch),
      Step(3, .signal),
    ])
  }

  @Test func `rule 4: a score fifteen points above that of the last alert alerts`() {
    _ = follow([
      Step(0, .watch, score: 50, gives: "watch open"), Step(1, .watch, score: 64.9),
      Step(2, .watch, score: 65 * (1 - 9e-10), gives: "watch score"), Step(3, .watch, score: 79),
      Step(4, .watch, score: 80, gives: "watch score"), Step(5, .signal, score: 40, gives: "signal higher_level"),
      Step(6, .watch, score: 55, gives: "watch score"),
    ])
  }

  @Test func `rule 4: half an hour after the last alert a level alerts again`() {
    _ = follow([
      Step(0, .watch, gives: "watch open"), Step(29, .watch), Step(30, .watch, gives: "watch time"), Step(59, .watch),
      Step(60, keeps: [.watch], gives: "watch time"),
    ])
  }

  @Test func `rule 4: without a level nothing alerts`() {
    _ = follow([Step(0, .watch, gives: "watch open"), Step(31, score: 99), Step(45)])
  }

  @Test func `rule 5: an hour after the last bar with a level the episode ends quietly`() {
    _ = follow([Step(0, .watch, gives: "watch open"), Step(59), Step(60, gives: "quiet"), Step(61)])
    _ = follow([Step(0, .watch, gives: "watch open"), Step(20, .watch), Step(79), Step(90, gives: "quiet")])
    // A bar that has a level itself ends nothing, however late it comes.
    _ = follow([Step(0, .watch, gives: "watch open"), Step(200, .watch, gives: "watch time")])
  }

  @Test func `a session's end closes without an alert and without a rest`() {
    var machine = follow([Step(0, .watch, gives: "watch open")])
    #expect(machine.endSession()?.number == 1)
    #expect(machine.endSession() == nil)
    _ = follow([Step(1, .watch, gives: "watch open")], machine)
  }
}
