import CommandLineKit
import Testing

@Suite struct `Progress line` {
  private static let second: UInt64 = 1_000_000_000

  @Test(arguments: [
    (
      ProgressState(step: "replaying", completed: 25, total: 100, unit: "bars", elapsed: 10 * second), 79,
      "replaying  [=========                             ]  25%  25/100 bars  ETA 0:30"
    ),
    (
      ProgressState(step: "replaying", completed: 25, total: 100, unit: "bars", elapsed: 10 * second), 50,
      "replaying  25%  25/100 bars  ETA 0:30"
    ),
    (
      ProgressState(step: "replaying", completed: 100, total: 100, elapsed: second), 60,
      "replaying  [=================================] 100%  100/100"
    ),
    (ProgressState(step: "replaying", total: 100, elapsed: second), 30, "replaying   0%  0/100"),
    (ProgressState(step: "reading", completed: 7, unit: "files", elapsed: 61 * second), 60, "reading  7 files  1:01"),
    (ProgressState(step: "replaying", completed: 1, total: 4, elapsed: 3000 * second), 12, "replaying…"),
    (
      ProgressState(step: "x", completed: 1, total: 1000, elapsed: 9000 * second), 40,
      "x  [           ]   0%  1/1000  ETA --:--"
    ),
    (ProgressState(step: "x", completed: 1, total: 4, elapsed: 1300 * second), 23, "x  25%  1/4  ETA 1:05:…"),
  ])
  func `is a function of state and width`(_ state: ProgressState, _ width: Int, _ line: String) {
    #expect(state.line(width: width) == line)
  }

  @Test func `never exceeds its width and never traps`() {
    var generator = SeededGenerator(state: 7)
    let counts = [Int.min, -1, 0, 1, 50, 1000, .max]
    for _ in 0..<5000 {
      let state = ProgressState(
        step: generator.text(upTo: 30), completed: counts.randomElement(using: &generator)!,
        total: [nil, Int.min, -5, 0, 1, 100, .max].randomElement(using: &generator)!, unit: generator.text(upTo: 4),
        elapsed: [0, 1, Self.second, .max].randomElement(using: &generator)!)
      let width = Int.random(in: 0...200, using: &generator)
      #expect(displayWidth(state.line(width: width)) <= width)
    }
  }
}

@Suite struct `Progress reporter` {
  private final class Screen {
    var written: [String] = []
    let clock = ManualClock()

    func reporter(_ capabilities: TerminalCapabilities) -> ProgressReporter {
      let clock = clock
      return ProgressReporter(
        capabilities: capabilities, now: { clock.nanoseconds }, write: { self.written.append($0) })
    }
  }

  private static let erasure = "\r\u{1B}[K"

  @Test func `redraws at most ten times a second`() {
    let screen = Screen()
    let reporter = screen.reporter(.terminal80)
    reporter.begin("replaying", total: 2000)
    for millisecond in 1...2000 {
      screen.clock.nanoseconds = UInt64(millisecond) * 1_000_000
      reporter.advance(to: millisecond)
    }
    #expect(screen.written.count == 21)
    #expect(screen.written.allSatisfy { $0.hasPrefix("\r") && $0.hasSuffix("\u{1B}[K") })
  }

  @Test func `draws the last state and erases it`() {
    let screen = Screen()
    let reporter = screen.reporter(.terminal80)
    reporter.begin("replaying", total: 10)
    reporter.advance(to: 10)
    #expect(screen.written.count == 1)
    reporter.finish()
    #expect(screen.written.count == 3)
    #expect(screen.written[1].contains("100%  10/10"))
    #expect(screen.written[2] == Self.erasure)
    reporter.finish()
    #expect(screen.written.count == 3)
  }

  @Test func `draws a step's last state before the next begins`() {
    let screen = Screen()
    let reporter = screen.reporter(.terminal80)
    reporter.begin("one", total: 3)
    reporter.advance(to: 3)
    reporter.begin("two")
    #expect(screen.written.count == 3)
    #expect(screen.written[1].contains("one") && screen.written[1].contains("3/3"))
    #expect(screen.written[2].contains("two"))
  }

  @Test func `erases when it goes away`() {
    let screen = Screen()
    do {
      let reporter = screen.reporter(.terminal80)
      reporter.begin("one")
    }
    #expect(screen.written.last == Self.erasure)
  }

  @Test func `is drawn again after something else was printed`() {
    let screen = Screen()
    let reporter = screen.reporter(.terminal80)
    reporter.begin("one", total: 3)
    reporter.erase()
    reporter.erase()
    reporter.advance(to: 1)
    #expect(screen.written.count == 3)
    #expect(screen.written[1] == Self.erasure)
    #expect(screen.written[2].contains("1/3"))
  }

  @Test(arguments: [
    TerminalCapabilities.piped, TerminalCapabilities(isTerminal: true, columns: 80, showsStyle: false, redraws: false),
  ])
  func `without redrawing each step is a plain line`(_ capabilities: TerminalCapabilities) {
    let screen = Screen()
    let reporter = screen.reporter(capabilities)
    reporter.begin("reading", total: 3, unit: "files")
    for count in 1...3 {
      screen.clock.nanoseconds += 1_000_000_000
      reporter.advance(to: count)
    }
    reporter.begin("replaying")
    reporter.finish()
    #expect(screen.written == ["reading (3 files)\n", "replaying\n"])
  }

  @Test func `advancing before any step does nothing`() {
    let screen = Screen()
    screen.reporter(.terminal80).advance(to: 1)
    #expect(screen.written.isEmpty)
  }
}
