import CommandLineKit
import Glibc
import Indicators
import Workload

extension Bench {
  private static let cells = WorkloadData.symbols * WorkloadData.historyDays
  private static let updates = WorkloadData.symbols * WorkloadData.liveDays

  /// w2: on one thread by its processor time, then on all processors by the clock.
  func panelRows() throws -> [BenchRow] {
    let (columns, loadSeconds) = try dailyColumns()
    let processors = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    return try Set([1, processors]).sorted().flatMap { threads in
      var scan = PanelScan(columns, days: WorkloadData.historyDays, threads: threads)
      return try measure("w2, " + Figures.count(threads, "thread", "threads")) { repetition in
        let watch = Stopwatch()
        scan.run()
        let (wall, processor) = (watch.wallSeconds, watch.processSeconds)
        let seconds = threads == 1 ? processor : wall
        let figures = scan.figures
        return BenchRow(
          workload: .w2, source: "memory", threads: threads, repetition: repetition,
          figure: seconds * 1e9 / Double(Bench.cells), unit: "ns/cell", engineSeconds: seconds, wallSeconds: wall,
          processorSeconds: processor,
          loadSeconds: loadSeconds, result: figures.json.merging(["bars": JSONValue(Bench.cells)]) { $1 },
          summary: figures.summary, claims: figures.historyClaims)
      }
    }
  }

  /// w3: the updates alone by their processor time; the whole steps, by the clock, beside them.
  func liveRows() throws -> [BenchRow] {
    let (columns, loadSeconds) = try dailyColumns()
    var scan = LiveScan(columns, history: WorkloadData.historyDays)
    return try measure("w3") { repetition in
      let seconds = scan.runUpdates()
      let times = scan.runSteps()
      let figures = scan.figures
      let micros = [0.5, 0.99].map { times.quantile($0).map { Double($0) / 1e3 } ?? .nan }
      let step: JSONValue = ["median": .number(micros[0]), "p99": .number(micros[1])]
      return BenchRow(
        workload: .w3, source: "memory", repetition: repetition, figure: seconds * 1e9 / Double(Bench.updates),
        unit: "ns/update", engineSeconds: seconds, processorSeconds: seconds, loadSeconds: loadSeconds,
        result: figures.json.merging(["bars": JSONValue(Bench.updates), "step_us": step]) { $1 },
        summary: "\(figures.summary); step \(Figures.number(micros[0])) us, p99 \(Figures.number(micros[1]))",
        claims: figures.liveClaims)
    }
  }
}

extension ScanFigures {
  fileprivate var json: [String: JSONValue] {
    var sums: [String: JSONValue] = [:]
    var cells: [String: JSONValue] = [:]
    for column in ScanColumn.allCases {
      sums[column.documentName] = .number(self.sums[column.rawValue])
      cells[column.documentName] = JSONValue(self.cells[column.rawValue])
    }
    return [
      "sums": .object(sums), "cells": .object(cells), "ranked": JSONValue(ranked),
      "first_ten": .array(firstTen.map { JSONValue($0) }),
    ]
  }

  fileprivate var summary: String {
    Figures.count(ranked, "symbol", "symbols") + " ranked, first "
      + firstTen.prefix(3).map(String.init).joined(separator: " ")
  }
}
