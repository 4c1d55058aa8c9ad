import CommandLineKit
import Glibc
import PluginHost
import TradingCore
import TradingTypes
import Workload

extension Bench {
  /// What a wall between the host and a plugin costs: one call of `on_bar` without and with it, the start of a process
  /// behind it, and the memory of that process.
  func isolationRows() throws -> [BenchRow] {
    let environment = try HostEnvironment(arguments, isThorough: true)
    let file = try environment.plugin("sma-cross", role: .strategy)
    let services = try ServiceMaker(configuration: environment.configuration(), calendars: [:], log: { _ in })
    func strategy(_ image: PluginImage) throws -> StrategyInstance {
      let clock = RoadClock(Timestamp(nanoseconds: 0))
      let instance = try StrategyInstance(image, services.services("sma-cross", clock: clock))
      try instance.start([Bench.instrument], decideFrom: .distantPast, isExplaining: false)
      return instance
    }
    let calls = try [("call in-process", false), ("call isolated", true)].flatMap { name, isIsolated in
      let image = isIsolated ? try PluginImage.isolated(file) : try PluginImage.load(file)
      return try measure("isolation, \(name)") { repetition in
        let (instance, count) = (try strategy(image), isIsolated ? 200_000 : 2_000_000)
        let watch = Stopwatch()
        let answered = offer(count, to: instance)
        return row(
          name, repetition, figure: watch.wallSeconds / Double(count) * 1e9, unit: "ns/call", watch,
          result: ["calls": JSONValue(count)], summary: "\(count) calls of on_bar",
          claims: [Claim("calls", expected: count, found: answered)])
      }
    }
    return try calls + startRows(file)
  }

  private func startRows(_ file: PluginFile) throws -> [BenchRow] {
    let starts = try measure("isolation, start") { repetition in
      let watch = Stopwatch()
      let image = try PluginImage.isolated(file)
      let seconds = watch.wallSeconds
      let memory = image.processIdentifier.map(RunnerMemory.init)
      return row(
        "start", repetition, figure: seconds * 1e3, unit: "ms", watch,
        result: [
          "rss_bytes": memory.map { JSONValue($0.resident) } ?? .null,
          "pss_bytes": memory?.proportional.map { JSONValue($0) } ?? .null,
        ],
        summary: "to ready; RSS \((memory?.resident ?? 0) >> 10) KiB, PSS \((memory?.proportional ?? 0) >> 10) KiB",
        claims: [Claim("is over", expected: false, found: image.isOver)])
    }
    return starts
  }

  private static let instrument = Instrument(
    id: InstrumentID(0), symbol: "AAA", currency: .usd, market: .unfiltered, exchange: "", tick: .zero,
    step: Quantity(nanos: 1), barSeconds: 60)

  /// Offers bars one after the other; answers how many were taken.
  private func offer(_ count: Int, to instance: StrategyInstance) -> Int {
    var bar = Bar(
      start: Timestamp(nanoseconds: 0), end: Timestamp(nanoseconds: 60_000_000_000), open: 10, high: 12, low: 9,
      close: 11, volume: 5, instrument: InstrumentID(0))
    var taken = 0
    for index in 0..<count {
      bar.start = Timestamp(nanoseconds: Int64(index) * 60_000_000_000)
      bar.end = bar.start.adding(seconds: 60)
      if instance.onBar(at: &bar) == .ok { taken += 1 }
    }
    return taken
  }

  private func row(
    _ variant: String, _ repetition: Int, figure: Double, unit: String, _ watch: Stopwatch,
    result: [String: JSONValue], summary: String, claims: [Claim]
  ) -> BenchRow {
    BenchRow(
      workload: .isolation, source: "process", variant: variant, repetition: repetition, figure: figure, unit: unit,
      engineSeconds: watch.wallSeconds, wallSeconds: watch.wallSeconds, processorSeconds: watch.threadSeconds,
      loadSeconds: 0, result: result.merging(["what": .string(variant)]) { $1 }, summary: summary, claims: claims)
  }
}

/// The memory of another process, as far as this one may see it.
private struct RunnerMemory {
  /// Bytes in memory, those that it shares with others included.
  var resident: Int
  /// Of bytes that it shares with others only its part; `nil` where the system does not tell.
  var proportional: Int?

  init(_ process: Int32) {
    let fields = RunnerMemory.text("/proc/\(process)/statm").split(separator: " ")
    resident = (fields.count > 1 ? Int(fields[1]) ?? 0 : 0) * Int(getpagesize())
    let line = RunnerMemory.text("/proc/\(process)/smaps_rollup").split(separator: "\n").first { $0.hasPrefix("Pss:") }
    proportional = line?.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 << 10 }
  }

  private static func text(_ path: String) -> String {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return "" }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = read(file, &bytes, bytes.count)
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }
}
