import CommandLineKit
import Workload

/// One call of `host bench`: what was asked for, and what the workloads share.
final class Bench {
  let arguments: ParsedArguments
  let streams: StandardStreams
  let repetitions: Int
  let progress: ProgressReporter
  let data: BenchData
  private var columns: (DailyColumns, loadSeconds: Double)?

  init(_ arguments: ParsedArguments, _ streams: StandardStreams) throws {
    self.arguments = arguments
    self.streams = streams
    repetitions = arguments.integer("repeat") ?? 1
    progress = ProgressReporter(
      capabilities: streams.errors.capabilities, now: systemMonotonicNanoseconds, write: streams.errors.write)
    data = BenchData(arguments, progress)
    #if DEBUG
      streams.errors.line("note: this host was built for debugging; its figures say nothing of the release build")
    #endif
  }

  /// Runs the workloads; rows come in the workloads' order. Blocks until all is measured.
  func run(_ workloads: [BenchWorkload]) throws -> BenchReport {
    defer { progress.finish() }
    // A child counts what its parent had resident when it was started, so processes are measured before data is there.
    let startUp = workloads.contains(.w5) ? try startUpRows() : []
    let wholeProcess = workloads.contains(.w1) ? try wholeProcessRows() : []
    var rows: [BenchRow] = []
    for workload in workloads {
      switch workload {
      case .w1: rows += try crossingRows() + wholeProcess
      case .w2: rows += try panelRows()
      case .w3: rows += try liveRows()
      case .w4: rows += try sweepRows()
      case .w5: rows += startUp
      case .w6: rows += try orderRows()
      case .isolation: rows += try isolationRows()
      }
    }
    return BenchReport(rows: rows)
  }

  /// Runs `body` once uncounted (repetition 0), then once for each row, and keeps each row's peak of memory.
  func measure(_ what: String, _ body: (_ repetition: Int) throws -> BenchRow) throws -> [BenchRow] {
    progress.begin("measuring \(what)", total: repetitions, unit: "repetitions")
    _ = try body(0)
    return try (1...repetitions).map { repetition in
      PeakMemory.reset()
      var row = try body(repetition)
      if row.peakBytes == nil { row.peakBytes = PeakMemory.bytes }
      progress.advance(to: repetition)
      return row
    }
  }

  /// The bars of w2 and w3, read or generated once.
  func dailyColumns() throws -> (DailyColumns, loadSeconds: Double) {
    if let columns { return columns }
    progress.begin(data.named.map { "reading w2 and w3 from \($0)" } ?? "generating w2 and w3")
    let watch = Stopwatch()
    let loaded: DailyColumns
    do throws(WorkloadFileError) {
      loaded = try data.named.map(WorkloadFile.readDailyColumns) ?? DailyColumns.generated()
    } catch {
      throw error.commandFailure
    }
    columns = (loaded, watch.wallSeconds)
    return (loaded, watch.wallSeconds)
  }
}

extension WorkloadFileError {
  /// The error in the form of the command line.
  var commandFailure: CommandFailure {
    switch fault {
    case .unreadable(let number):
      CommandFailure(
        code: "no_input", message: "cannot read \(path): \(systemMessage(number))", where: path,
        expected: "the workload's \(file.rawValue)", found: systemMessage(number),
        remedy: "write the files with host bench --generate DIR, or leave --data out", exitCode: .noInput)
    case .wrongSize(let bytes):
      CommandFailure(
        code: "wrong_file", message: "\(path) is not the workload's \(file.rawValue)", where: path,
        expected: "\(file.mustGive.bytes) bytes", found: "\(bytes) bytes",
        remedy: "write the files again with host bench --generate DIR", exitCode: .badData)
    }
  }
}
