import Backtest
import CommandLineKit
import Glibc
import PluginHost
import TradingCore
import TradingTypes

/// Reads further bars from a file or from standard input and scans each instant as soon as it is complete: when a line
/// of another time follows, at an empty line, and at the end of the input.
final class ScanFollower {
  private let file: String
  private let setup: ScanSetup
  private let streams: StandardStreams
  private let reader: LineReader
  private let descriptor: Int32
  private let instruments: [String: InstrumentID]
  private var lastStarts: [Timestamp]
  private var lastInstant: Timestamp
  /// The bars of the instant that is being read; all start at once.
  private var waiting: [Bar] = []
  /// The line of the first of them.
  private var firstLine = 0
  private var steps: [ScanStep] = []
  private var nanoseconds: [UInt64] = []
  private var barCount = 0
  private var line = 0
  /// What the last step answered and nobody has seen yet.
  private var text = ""

  /// Opens the input, before anything is scanned; `-` is standard input.
  init(_ path: String, _ setup: ScanSetup, _ streams: StandardStreams) throws {
    descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw CommandFailure(
        code: "no_such_file",
        message: "the file with further bars cannot be opened: \(String(cString: strerror(errno)))",
        where: path, expected: "a file of lines \(FollowedLine.layout), or - for standard input", found: nil,
        remedy: "name another file with --follow", exitCode: .noInput)
    }
    file = path == "-" ? "standard input" : path
    self.setup = setup
    self.streams = streams
    reader = LineReader(descriptor: descriptor, now: systemMonotonicNanoseconds)
    let universe = setup.data.universe.instruments
    instruments = Dictionary(universe.map { ($0.symbol, $0.id) }, uniquingKeysWith: { first, _ in first })
    lastStarts = setup.data.contents.series.map(\.lastStart)
    lastInstant = .distantPast
  }

  deinit { if descriptor != STDIN_FILENO { close(descriptor) } }

  /// Follows to the end of the input. Blocks while nothing comes.
  ///
  /// - Parameter last: the last instant of the history.
  func follow(_ run: any ScanRun, after last: Timestamp) throws -> [ScanStep] {
    lastInstant = last
    run.keepsNews = true
    while let text = try nextLine() {
      do throws(FollowedLine.Fault) {
        if text.allSatisfy({ $0 == " " }) {
          try step(run)
        } else if line > 1 || text != FollowedLine.layout {
          try take(FollowedLine(text), run)
        }
      } catch {
        throw error.failure(file, line)
      }
      try tell()
    }
    do throws(FollowedLine.Fault) { try step(run) } catch { throw error.failure(file, line) }
    try tell()
    tellTimes()
    return steps
  }

  /// Writes what the last step answered at once; beside the JSON object it goes to stderr.
  private func tell() throws {
    guard !text.isEmpty else { return }
    try streams.write(text)
    text = ""
  }

  private func nextLine() throws -> String? {
    while true {
      switch reader.next(timeout: nil) {
      case .line(let text):
        line += 1
        return text
      case .endOfFile: return nil
      case .timedOut, .interrupted: continue
      case .invalidUTF8: throw unreadable("bytes that are no UTF-8")
      case .tooLong(let limit): throw unreadable("a line of more than \(limit) bytes")
      case .failed(let number):
        throw CommandFailure(
          code: "input_unreadable", message: "the bars cannot be read: \(String(cString: strerror(number)))",
          where: file, expected: "lines \(FollowedLine.layout)", found: nil,
          remedy: "look at the file named with --follow",
          exitCode: .inputOutput)
      }
    }
  }

  private func unreadable(_ found: String) -> CommandFailure {
    FollowedLine.Fault(
      code: "bad_line", message: "the line cannot be read", expected: FollowedLine.layout, found: found
    ).failure(file, line + 1)
  }

  private func take(_ read: FollowedLine, _ run: any ScanRun) throws(FollowedLine.Fault) {
    guard let instrument = instruments[String(read.symbol)] else {
      throw FollowedLine.Fault(
        code: "unknown_symbol", message: "the symbol is not in the history", expected: "one of the scanned symbols",
        found: "\(read.symbol.prefix(40))", remedy: "name a history with bars of it with --data")
    }
    var bar = read.bar
    bar.instrument = instrument
    if setup.data.universe.instruments[Int(instrument.index)].isDaily,
      CivilDate(utc: bar.start).midnightUTC != bar.start
    {
      throw FollowedLine.Fault(
        code: "bad_time", message: "a daily bar is named by its date", expected: "00:00 UTC of the session's date",
        found: "\(bar.start)")
    }
    let last = lastStarts[Int(instrument.index)]
    guard bar.start > last else {
      throw FollowedLine.Fault(
        code: bar.start == last ? "duplicate_bar" : "out_of_order",
        message: bar.start == last ? "the bar was there before" : "the bar is older than one that was there before",
        expected: "a bar of \(read.symbol) after \(last)", found: "\(bar.start)")
    }
    if let open = waiting.first?.start, open != bar.start {
      guard open < bar.start else {
        throw FollowedLine.Fault(
          code: "out_of_order", message: "the bar is older than the one in the line before",
          expected: "\(open) or later", found: "\(bar.start)", remedy: "sort the lines by time")
      }
      try step(run)
    }
    lastStarts[Int(instrument.index)] = bar.start
    if waiting.isEmpty { firstLine = line }
    waiting.append(bar)
  }

  /// Scans the bars that wait, and tells what was answered.
  private func step(_ run: any ScanRun) throws(FollowedLine.Fault) {
    guard !waiting.isEmpty else { return }
    waiting.sort { $0.instrument < $1.instrument }
    let began = systemMonotonicNanoseconds()
    var (at, used) = (lastInstant, 0)
    var early: Timestamp?
    let skipped: [String: Int]
    do {
      skipped = try setup.walk(BarArray(waiting).source()) { bar in
        guard bar.pointee.end > lastInstant else { return early = bar.pointee.end }
        run.offer(bar)
        used += 1
      } evaluate: { time in
        guard time > lastInstant else { return }
        run.evaluate(time)
        at = time
      }
    } catch {
      preconditionFailure("bars in memory can be read: \(error)")
    }
    if let early {
      throw FollowedLine.Fault(
        code: "out_of_order", message: "the instant of the bar has been decided on before",
        expected: "bars that end after \(lastInstant)", found: "one that ends at \(early)",
        remedy: "give all bars of one time together, and end the history before the first of them", line: firstLine)
    }
    let news = run.takeNews()
    nanoseconds.append(systemMonotonicNanoseconds() - began)
    for (reason, count) in skipped.sorted(by: { $0.key < $1.key }) {
      streams.errors.line("\(file):\(firstLine): \(count) bars of \(waiting[0].start) were not used: \(reason)")
    }
    waiting.removeAll(keepingCapacity: true)
    barCount += used
    guard used > 0 else { return }
    lastInstant = at
    let (step, lines) = ScanStep.make(at: at, bars: used, news: news, symbol: setup.symbol)
    steps.append(step)
    if !lines.isEmpty { text = lines.joined(separator: "\n") + "\n" }
  }

  private func tellTimes() {
    guard !nanoseconds.isEmpty else { return streams.errors.line("no bars followed") }
    let sorted = nanoseconds.sorted()
    func micros(_ rank: Double) -> String {
      let place = min(Int(Double(sorted.count) * rank), sorted.count - 1)
      return "\(Double(sorted[place] / 100) / 10) µs"
    }
    streams.errors.line(
      "followed \(steps.count) instants with \(barCount) bars; from an instant's last bar to its answers: "
        + "median \(micros(0.5)), 99 of 100 within \(micros(0.99))")
  }
}
