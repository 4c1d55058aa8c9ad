import PluginSDK
import TradingTypes

/// Bars from CSV files, or from the history inside the plugin: checked, counted and put in order of time.
///
/// Every row is read and judged when the source opens; the bars are kept packed (about a dozen bytes each), in a temporary
/// file when there are many, and unpacked as they are read.
public struct Replay: MarketDataSource {
  private let paths: [String]
  private let settings: Loader.Settings
  private var merge: BarMerge?

  /// Reads `paths`, `bad_rows`, `naive_times`, `splits`, `gaps` and `bar_seconds`.
  public init(host: HostServices) throws(PluginError) {
    let options = try host.options
    let listed = try options.list("paths")
    paths = listed.isEmpty ? [SourceFiles.bundledPath] : listed
    var settings = Loader.Settings()
    settings.badRows = try options.choice("bad_rows")
    settings.naiveTimes = try options.choice("naive_times")
    settings.splits = try options.choice("splits")
    settings.gaps = try options.choice("gaps")
    settings.barSeconds = try options.optionalInteger("bar_seconds", in: 1...86_400)
    self.settings = settings
  }

  init(paths: [String], settings: Loader.Settings) {
    self.paths = paths
    self.settings = settings
  }

  public mutating func open(_ symbols: [String], _ context: borrowing MarketDataContext) throws(PluginError) {
    let answer = load(symbols)
    for fault in answer.faults { context.report(fault) }
    if let failure = answer.failure { throw failure }
    for one in answer.series { context.report(one.series) }
    context.fingerprint(answer.series.fingerprint())
  }

  public mutating func read(into bars: inout BarWriter) throws(PluginError) {
    guard let merge else { throw PluginError(.invalid, "replay: read before open") }
    do throws(RowFault) {
      try merge.read(into: &bars)
    } catch {
      throw PluginError(.io, "replay: \(error.text)")
    }
  }

  public mutating func rewind() throws(PluginError) {
    guard let merge else { throw PluginError(.invalid, "replay: rewind before open") }
    merge.rewind()
  }

  /// What opening the source came to.
  struct Answer {
    var series: [LoadedSeries] = []
    var faults: [DataFault] = []
    var failure: PluginError?
  }

  /// Reads the files; bars can be read afterwards unless there was a failure.
  mutating func load(_ symbols: [String]) -> Answer {
    let loader = Loader(settings, symbols: symbols)
    loader.load(paths: paths)
    let series = loader.series()
    let sources = paths.joined(separator: ", ")
    loader.log.begin("")
    let missing = Set(symbols).subtracting(series.map(\.series.symbol)).sorted()
    let known = loader.table.states.map { $0.pointee.symbol }.sorted()
    let isMissing = !loader.log.isRefused && !missing.isEmpty
    if isMissing {
      for symbol in missing {
        let kind = known.contains(symbol) ? "no usable bar of it" : "only \(Replay.list(known))"
        loader.log.refuse(.noSuchSymbol, "expected bars of \(symbol) in \(sources), found \(kind)")
      }
    } else if series.isEmpty, !loader.log.isRefused {
      loader.log.refuse(
        .noBars, "expected at least one bar in \(sources), found none; name a file or folder with bars")
    }
    var answer = Answer(series: series, faults: loader.log.faults)
    let isNoFile = answer.faults.contains { !$0.isSkipped && $0.code == FaultCode.noSuchFile.rawValue }
    if isMissing || isNoFile {
      answer.failure = PluginError(.notFound, "replay: \(Replay.reason(answer.faults))")
    } else if loader.log.isRefused {
      answer.failure = PluginError(.invalid, "replay: \(Replay.reason(answer.faults))")
    }
    merge = answer.failure == nil ? BarMerge(series, loader.store) : nil
    return answer
  }

  private static func reason(_ faults: [DataFault]) -> String {
    guard let first = faults.first(where: { !$0.isSkipped }) else { return "the source cannot be used" }
    let place = first.file.isEmpty ? "" : first.file + (first.line.map { ":\($0)" } ?? "") + ": "
    return "\(place)\(first.code): \(first.text)"
  }

  private static func list(_ symbols: [String]) -> String {
    guard symbols.count > 20 else { return symbols.isEmpty ? "no symbol" : symbols.joined(separator: ", ") }
    return symbols.prefix(20).joined(separator: ", ") + " and \(symbols.count - 20) more"
  }
}
