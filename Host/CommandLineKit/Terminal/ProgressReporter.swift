/// Shows the progress of long work on stderr.
///
/// At a terminal, one line is drawn over at most ten times a second and erased at the end; otherwise each step gives
/// one plain line. Not for several threads at once.
public final class ProgressReporter {
  private let capabilities: TerminalCapabilities
  private let now: MonotonicClock
  private let write: (String) -> Void
  private var state: ProgressState?
  private var began: UInt64 = 0
  private var lastDrawn: UInt64?
  private var isDrawn = false
  private var isStale = false

  private static let interval: UInt64 = 100_000_000

  /// A reporter.
  ///
  /// - Parameters:
  ///   - capabilities: those of the descriptor that `write` writes to.
  ///   - now: the clock that limits redrawing and gives the time left.
  ///   - write: takes pieces of text for stderr.
  public init(
    capabilities: TerminalCapabilities, now: @escaping MonotonicClock, write: @escaping (String) -> Void
  ) {
    self.capabilities = capabilities
    self.now = now
    self.write = write
  }

  deinit { erase() }

  /// Begins a step; the one before it counts as ended.
  public func begin(_ step: String, total: Int? = nil, unit: String = "") {
    drawIfStale()
    state = ProgressState(step: step, total: total, unit: unit)
    began = now()
    if capabilities.redraws {
      draw(at: began)
    } else {
      write(
        printable(step) + (total.map { " (\($0)" + (unit.isEmpty ? "" : " " + printable(unit)) + ")" } ?? "") + "\n")
    }
  }

  /// Notes how many units of the step are done. Reads the clock only at a terminal; call it every so many units.
  public func advance(to completed: Int) {
    guard capabilities.redraws, state != nil else { return }
    state!.completed = completed
    isStale = true
    let time = now()
    if let lastDrawn, time &- lastDrawn < Self.interval { return }
    draw(at: time)
  }

  /// Ends the work: draws the last state if it is not on the screen yet, then erases the line.
  public func finish() {
    drawIfStale()
    erase()
    state = nil
  }

  /// Takes the line off the screen, to print something else; the next ``advance(to:)`` draws it again.
  public func erase() {
    guard isDrawn else { return }
    write("\r\u{1B}[K")
    isDrawn = false
    lastDrawn = nil
  }

  private func drawIfStale() {
    if isStale, state != nil { draw(at: now()) }
  }

  private func draw(at time: UInt64) {
    state!.elapsed = time >= began ? time - began : 0
    write("\r" + state!.line(width: capabilities.columns - 1) + "\u{1B}[K")
    isDrawn = true
    isStale = false
    lastDrawn = time
  }
}
