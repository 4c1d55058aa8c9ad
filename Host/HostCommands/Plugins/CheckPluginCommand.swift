import CommandLineKit
import Configuration
import Conformance
import Glibc
import Hashing
import PluginHost
import TradingTypes

/// `host check-plugin`: whether a plugin file keeps the contract, each test in a process of its own.
enum CheckPluginCommand {
  static let command = HostCommand(
    specification: CommandSpecification(
      "check-plugin", abstract: "Test whether a plugin file keeps the contract, and say what to mend.",
      discussion: [
        "Every test runs in a process of its own with a deadline. What it does is run the plugin's code as you, so check "
          + "what you built or trust; a check says that a plugin is well made, not that it means well.",
        "Each level runs twice the repetitions and random inputs of the one below it: 1 takes a second, 5 some seconds, "
          + "10 minutes. The same seed and level make the same tests.",
      ], arguments: [ArgumentSpecification("FILE", help: "The plugin's .so file.", isOptional: true)],
      options: [
        OptionSpecification(
          "level", value: "N", .integer(ConformanceSuite.levels), help: "How thorough the tests are, 1 to 10.",
          default: "\(ConformanceSuite.defaultLevel)"),
        OptionSpecification(
          "seed", value: "N", .integer(0...Int.max),
          help: "What random inputs start from; take it from an earlier check.",
          default: "another one each time"),
        OptionSpecification(
          "test", value: "NAME", help: "Make this test only, whatever its level.", isRepeatable: true),
        .flag("list", help: "Show the tests instead of making them."),
      ],
      examples: [
        "host check-plugin libMine.so", "host check-plugin libMine.so --seed 7 --test elf-one-export",
        "host check-plugin --list",
      ])
  ) { arguments, streams in
    let named = try namedTests(arguments)
    if arguments.has("list") {
      try streams.show(TestList(tests: named ?? ConformanceSuite.tests))
      return .ok
    }
    let (path, digest) = try file(arguments)
    let run = CheckRun(
      path: path, seed: UInt64(arguments.integer("seed") ?? .random(in: 0...0xffff_ffff)),
      level: arguments.integer("level") ?? ConformanceSuite.defaultLevel, tests: named,
      width: Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    let report = try perform(run, digest, streams)
    if streams.mode == .json { try streams.show(report) }
    if named == nil { try record(report, arguments, streams) }
    return report.failed.isEmpty ? .ok : .badData
  }

  /// Keeps the verdict beside the approvals, so that whoever approves the file sees it; where there is no home folder,
  /// nobody does. Blocks on the disk.
  private static func record(
    _ report: CheckReport, _ arguments: ParsedArguments, _ streams: StandardStreams
  ) throws {
    let home = try HostEnvironment.locations(arguments).home
    guard access(home, F_OK) == 0, let now = Timestamp(seconds: SessionLedger.wallTime().seconds) else { return }
    let verdict = CheckVerdict(
      level: report.level, seed: report.seed, passed: report.count(.pass) + report.count(.warn),
      failed: report.failed.count, checkedAt: now)
    do throws(TrustFileError) {
      try PluginLockFile(home: home).recordCheck(verdict, of: report.digest)
    } catch {
      streams.errors.line("warning: the verdict is not kept: \(error)")
    }
  }

  /// The tests asked for by name; `nil` for those of the level.
  private static func namedTests(_ arguments: ParsedArguments) throws -> [ConformanceTest]? {
    let names = arguments.values("test")
    guard !names.isEmpty else { return nil }
    for name in names where ConformanceSuite.test(named: name) == nil {
      throw arguments.invalidValue(of: "test", found: name, expected: "a test of host check-plugin --list")
    }
    return ConformanceSuite.tests.filter { names.contains($0.name) }
  }

  /// The file's whole path and its hash.
  private static func file(_ arguments: ParsedArguments) throws -> (path: String, digest: Digest) {
    guard let given = arguments.argument("FILE") else {
      throw CommandFailure(
        code: "missing_argument", message: "'host check-plugin' needs FILE", where: "FILE",
        expected: "the path of a plugin file", found: nil, remedy: "name the plugin's .so file", exitCode: .usage)
    }
    func failure(_ found: String) -> CommandFailure {
      CommandFailure(
        code: "no_such_file", message: "the plugin file cannot be read", where: given,
        expected: "a file that can be read", found: found, remedy: "name the plugin's .so file", exitCode: .noInput)
    }
    guard let resolved = realpath(given, nil) else { throw failure(systemMessage(errno)) }
    defer { free(resolved) }
    let path = String(cString: resolved)
    do { return (path, try CheckRun.digest(path)) } catch { throw failure("\(error)") }
  }

  /// Makes the tests; in text, shows each result as soon as all before it are known.
  private static func perform(_ run: CheckRun, _ digest: Digest, _ streams: StandardStreams) throws -> CheckReport {
    var report = CheckReport(file: run.path, digest: digest, seed: run.seed, level: run.level, results: [])
    let progress = ProgressReporter(
      capabilities: streams.errors.capabilities, now: systemMonotonicNanoseconds, write: streams.errors.write)
    let began = systemMonotonicNanoseconds()
    if streams.mode == .text { try streams.write(report.heading) }
    if streams.errors.capabilities.isTerminal { progress.begin("checking", total: run.tests.count, unit: "tests") }
    var failure: (any Error)?
    do {
      report.results = try run.perform { result, done in
        progress.erase()
        if streams.mode == .text, failure == nil {
          do { try streams.write(report.lines(result, Style(streams.outputCapabilities))) } catch { failure = error }
        }
        progress.advance(to: done)
      }
    } catch {
      progress.finish()
      throw CommandFailure(
        code: "cannot_check", message: "\(error)", where: error.place, expected: nil, found: nil,
        remedy: "free memory, processes or disk space and try again", exitCode: .tryAgain)
    }
    progress.finish()
    if let failure { throw failure }
    report.seconds = Double(systemMonotonicNanoseconds() - began) / 1e9
    if streams.mode == .text { try streams.write(report.summary(Style(streams.outputCapabilities))) }
    return report
  }
}
