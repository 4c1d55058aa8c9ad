import BarStore
import CommandLineKit
import Configuration
import Glibc
import PluginHost
import TradingCore
import TradingTypes

/// `host data import`: bars from the replay plugin, by way of a store that nobody sees, into the stores they belong to.
///
/// The plugin gives bars in order of time, those of all symbols mixed. They are packed as they come, so that memory does not
/// grow with them; then each series is joined with what is stored of it.
struct DataImport {
  private let streams: StandardStreams
  private let environment: HostEnvironment
  private let target: ImportTarget
  private let symbols: [String]
  private let replaces: Bool
  private let source: String
  private let overrides: [ConfigurationOverride]

  /// Reads the options; looks at nothing but the configuration and the plugin folders.
  init(_ arguments: ParsedArguments, _ streams: StandardStreams) throws {
    self.streams = streams
    environment = try HostEnvironment(arguments)
    target = try ImportTarget(arguments.value("into") ?? StoreFolder.ofHome(environment.locations))
    symbols = arguments.list("symbols")
    replaces = arguments.has("replace")
    let paths = arguments.arguments("PATH")
    source = paths.map { $0.split(separator: "/").last.map(String.init) ?? $0 }.joined(separator: ", ")
    overrides =
      try StrategyParameters.overrides(
        arguments.pairs("param"), plugins: [environment.plugin(DataImport.plugin, role: .marketData)]) + [
        ConfigurationOverride(
          ConfigurationKey("plugins", DataImport.plugin, "paths"), paths.joined(separator: ","), .commandLine("PATH"))
      ]
  }

  private static let plugin = "replay"

  /// Imports, and answers what came of it. Blocks on the disk.
  func run() throws -> ImportReport {
    let configuration = try environment.configuration(overrides: overrides, inUse: [DataImport.plugin])
    for warning in configuration.warnings { streams.errors.line("warning: \(warning)") }
    let rack = PluginRack(environment, configuration, RoadClock(Timestamp(nanoseconds: 0)), streams.errors)
    let image = try rack.image(DataImport.plugin, role: .marketData)
    let services = try rack.services(DataImport.plugin)
    let instance = try rack.make(DataImport.plugin) { () throws(PluginFault) in
      try MarketDataInstance(image, services)
    }
    var faults = ImportFaults()
    let contents: MarketDataContents
    do throws(MarketDataError) {
      contents = try instance.open(symbols: symbols) { faults.add($0) }
    } catch {
      faults.report(to: streams.errors)
      throw faults.failure(error)
    }
    faults.report(to: streams.errors)
    let lock = try StoreLock(target.folder)
    defer { withExtendedLifetime(lock) {} }
    do {
      let spool = try gather(instance, contents.series)
      let outcomes = try ImportWriter(target: target, replaces: replaces).write(spool)
      return ImportReport(into: target.path, outcomes: outcomes, faults: faults)
    } catch let error as BarStoreError {
      throw CommandFailure(error.commandError)
    }
  }

  /// Packs all bars into a store without a name.
  private func gather(_ instance: MarketDataInstance, _ series: [Series]) throws -> BarStoreFile {
    let path = "\(target.folder)/.import\(BarStoreFile.suffix).\(getpid()).tmp"
    let writer = try BarStoreWriter(path: path)
    let places = series.map {
      writer.begin(
        $0.symbol, barSeconds: $0.barSeconds, step: $0.step, currency: $0.currency, source: source)
    }
    let progress = ProgressReporter(
      capabilities: streams.errors.capabilities, now: systemMonotonicNanoseconds, write: streams.errors.write)
    if streams.errors.capabilities.redraws {
      progress.begin("importing", total: Int(series.reduce(0) { $0 + $1.barCount }), unit: "bars")
    }
    defer { progress.finish() }
    let bars = UnsafeMutableBufferPointer<Bar>.allocate(capacity: 2048)
    defer { bars.deallocate() }
    var done = 0
    while true {
      let count = try instance.read(into: bars)
      guard count > 0 else { break }
      for index in 0..<count { try writer.append(bars[index], to: places[Int(bars[index].instrument.index)]) }
      done += count
      progress.advance(to: done)
    }
    _ = try writer.commit()
    defer { unlink(path) }
    return try BarStoreFile(path: path)
  }
}

/// Where imported bars go.
struct ImportTarget {
  /// As it was given: a folder, or one file.
  let path: String
  /// Whether all series go into one file.
  let isFile: Bool

  /// The folder that the files lie in.
  var folder: String {
    guard isFile else { return path }
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  init(_ path: String) throws {
    var path = path
    while path.utf8.count > 1, path.hasSuffix("/") { path.removeLast() }
    self.path = path
    isFile = !StoreFolder.isFolder(path) && (path.hasSuffix(BarStoreFile.suffix) || BarStoreFile.isStore(path))
    guard isFile || !StoreFolder.exists(path) || StoreFolder.isFolder(path) else {
      throw CommandFailure(
        code: "not_a_store", message: "the bars cannot go there", where: "--into \(path)",
        expected: "a folder, or a name that ends in \(BarStoreFile.suffix)", found: "another file",
        remedy: "name a folder or a new file", exitCode: .usage)
    }
  }
}
