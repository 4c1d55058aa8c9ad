import CommandLineKit
import Workload

/// `host bench`: runs the shared performance workload, checks what comes out, and says how long it took.
enum BenchCommand {
  static let command = HostCommand(
    specification: CommandSpecification(
      "bench", abstract: "Run the performance workload, check its results and print its times.",
      discussion: [
        "w1 one symbol's backtest, w2 the scan of 500 symbols, w3 the scan with one new bar a symbol, w4 a sweep of "
          + "200 pairs of periods, w5 starting up, w6 orders, isolation calls of a plugin in a process of its own. All "
          + "of them unless some are named. Each is run once "
          + "before it is counted.",
        "Data is generated unless --data names a folder with the files. Where a result is not the one that the "
          + "workload must give, the status is 70.",
      ],
      arguments: [
        ArgumentSpecification(
          "WORKLOAD", .choice(BenchWorkload.allCases.map(\.rawValue)), help: "Which workloads to run.",
          isOptional: true, isRepeatable: true)
      ],
      options: [
        OptionSpecification(
          "data", value: "DIR", help: "The folder with the workload's files, such as w1.csv; else they are generated."),
        OptionSpecification(
          "repeat", value: "N", .integer(1...1000), help: "How many times each is counted; a row each.", default: "1"),
        OptionSpecification(
          "generate", value: "DIR", help: "Write the files of the workloads to a folder instead of running them."),
      ],
      examples: ["host bench", "host bench w2 w3 --repeat 5 --json", "host bench --generate /tmp/data"])
  ) { arguments, streams in
    let named = Set(arguments.arguments("WORKLOAD"))
    let workloads = BenchWorkload.allCases.filter { named.isEmpty || named.contains($0.rawValue) }
    if let folder = arguments.value("generate") {
      for option in ["data", "repeat"] where arguments.has(option) {
        throw CommandFailure(
          code: "conflicting_options", message: "'--generate' runs nothing, so '--\(option)' has no meaning with it",
          where: "--\(option)", expected: "--generate alone", found: "both", remedy: "leave one of them out",
          exitCode: .usage)
      }
      try streams.show(WorkloadGeneration(workloads, folder: folder, streams))
      return .ok
    }
    let report = try Bench(arguments, streams).run(workloads)
    try streams.show(report)
    return report.rows.allSatisfy { $0.mistakes.isEmpty } ? .ok : .internalFault
  }
}
