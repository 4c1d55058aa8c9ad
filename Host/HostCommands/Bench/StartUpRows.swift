import CommandLineKit
import Workload

extension Bench {
  /// w5: this very executable, from its start to its exit.
  func startUpRows() throws -> [BenchRow] {
    let version = try measure("w5, --version") { repetition in
      let process = try MeasuredProcess(arguments: ["--version"])
      return row(
        .w5, process, variant: "--version", repetition, result: [:],
        summary: process.output.split(separator: "\n").first.map(String.init) ?? "no output",
        claims: [
          Claim("exit status", expected: 0, found: process.status),
          Claim("output", expected: HostProgram.versionText + "\n", found: process.output),
        ])
    }
    let path = try data.path(of: .minuteText, rows: 1000, named: "w1_first.csv")
    let line = ["backtest"] + Bench.crossing + Bench.periods + ["--data", path] + data.sharedOptions
    let backtest = try measure("w5, backtest") { repetition in
      let process = try MeasuredProcess(arguments: line)
      return row(
        .w5, process, variant: "backtest", repetition, result: ["bars": 1000], summary: "1000 bars from CSV",
        claims: process.claims(profit: "231.519"))
    }
    return version + backtest
  }

  /// w1 once more: the whole process, from its start over the data to its exit.
  func wholeProcessRows() throws -> [BenchRow] {
    let paths = [("csv", try data.path(of: .minuteText)), ("store", try data.storePath(of: .minuteText))]
    return try paths.flatMap { source, path in
      let line = ["backtest"] + Bench.crossing + Bench.periods + ["--data", path] + data.sharedOptions
      return try measure("w1, whole process, \(source)") { repetition in
        let process = try MeasuredProcess(arguments: line)
        return row(
          .w1, process, variant: "from \(source)", repetition, result: ["bars": JSONValue(WorkloadData.minuteCount)],
          summary: "a whole process", claims: process.claims(profit: "-8596.097"))
      }
    }
  }

  private func row(
    _ workload: BenchWorkload, _ process: MeasuredProcess, variant: String, _ repetition: Int,
    result: [String: JSONValue], summary: String,
    claims: [Claim]
  ) -> BenchRow {
    BenchRow(
      workload: workload, source: "process", variant: variant, repetition: repetition, figure: process.wallSeconds,
      unit: "s", engineSeconds: process.processorSeconds, wallSeconds: process.wallSeconds,
      processorSeconds: process.processorSeconds, loadSeconds: 0,
      peakBytes: process.peakBytes, result: result.merging(["what": .string(variant)]) { $1 }, summary: summary,
      claims: claims)
  }
}

extension MeasuredProcess {
  /// What a backtest's process must say: the profit of the first 1,000 bars is that of the shared exact reference
  /// (`ref.py`), which the document does not list.
  fileprivate func claims(profit: String) -> [Claim] {
    let line = output.split(separator: "\n").first { $0.contains("P&L") }
    let found = line?.split(separator: " ").dropFirst().first.map(String.init) ?? "nothing"
    return [
      Claim("exit status", expected: 0, found: status), Claim("P&L", expected: profit, found: found),
    ]
  }
}
