import CommandLineKit
import PluginHost
import TradingCore
import TradingTypes

/// A plugin that is walked over bars, with the report of what it answered so far.
protocol ScanRun: AnyObject {
  associatedtype Instance: BarReader
  associatedtype Report: ScanReport

  var instance: Instance { get }
  var report: Report { get set }
  /// Whether answers are also kept as news; off at first.
  var keepsNews: Bool { get set }
  /// The answers since they were last taken, in the order they came.
  var news: [ScanNews] { get set }
  /// Moves what the instance answered into the report and the news.
  func collect()
  /// No more bars will come; throws when the plugin stopped on the way.
  func finish() throws
}

/// A report to which steps of followed bars may belong.
protocol ScanReport: CommandReport {
  /// `nil` when none were to be followed.
  var steps: [ScanStep]? { get set }
}

extension ScanRun {
  /// Offers a finished bar.
  func offer(_ bar: UnsafePointer<Bar>) {
    _ = instance.onBar(at: bar)
    if instance.hasAnswers { collect() }
  }

  /// All bars of an instant were offered.
  func evaluate(_ time: Timestamp) {
    _ = instance.evaluate(at: time)
    if instance.hasAnswers { collect() }
  }

  /// The news since the last time.
  func takeNews() -> [ScanNews] {
    defer { news.removeAll(keepingCapacity: true) }
    return news
  }

  /// Shows the report with the steps of bars that were followed.
  func show(_ streams: StandardStreams, steps: [ScanStep]?) throws {
    report.steps = steps
    try streams.show(report)
  }
}

/// An answer of the present step, for people.
struct ScanNews {
  var instrument: InstrumentID
  var time: Timestamp
  /// Ranked among others of its step.
  var isRaised: Bool
  var score: Double?
  /// What was answered, in words.
  var text: String
}

/// A strategy under scan.
final class SignalScanRun: ScanRun {
  let instance: StrategyInstance
  private let from: Timestamp
  private let plugin: String
  var report: SignalScan
  var news: [ScanNews] = []
  var keepsNews = false

  init(_ setup: ScanSetup) throws {
    (plugin, from) = (setup.plugin, setup.from)
    instance = try setup.rack.reader(
      setup.plugin, setup.data.universe.instruments, decideFrom: setup.from, isExplaining: true)
    report = SignalScan(setup)
  }

  func finish() throws {
    if instance.isStopped { throw StoppedScan(plugin: plugin).failure }
  }

  func collect() {
    for signal in instance.signals where signal.decidedAt >= from {
      let isReported = report.take(signal)
      if keepsNews, isReported || signal.verdict == .raised { news.append(signal.news) }
    }
    for trade in instance.virtualTrades { report.take(trade) }
    instance.clearAnswers()
  }
}

/// A scanner under scan.
final class ObservationScanRun: ScanRun {
  let instance: ScannerInstance
  private let from: Timestamp
  private let plugin: String
  var report: ObservationScan
  var news: [ScanNews] = []
  var keepsNews = false

  init(_ setup: ScanSetup) throws {
    (plugin, from) = (setup.plugin, setup.from)
    instance = try setup.rack.reader(
      setup.plugin, setup.data.universe.instruments, decideFrom: setup.from, isExplaining: true)
    report = ObservationScan(setup)
  }

  func finish() throws {
    _ = instance.finish()
    collect()
    if instance.isStopped { throw StoppedScan(plugin: plugin).failure }
  }

  func collect() {
    for observation in instance.observations where observation.time >= from {
      report.take(observation)
      if keepsNews, report.reportsAllBars || observation.kind != .evaluated { news.append(observation.news) }
    }
    instance.clearAnswers()
  }
}

extension SignalProposal {
  fileprivate var news: ScanNews {
    let isRaised = verdict == .raised
    let why = isRaised ? "" : blockedBy.isEmpty ? code : blockedBy.joined(separator: ",")
    let verdict = isRaised ? (action == .exit ? "exit" : "raised") : verdict == .refused ? "refused" : "evaluated"
    let size = quantity > .zero ? "  quantity \(quantity)" : ""
    return ScanNews(
      instrument: instrument, time: decidedAt, isRaised: isRaised, score: score,
      text: verdict + (why.isEmpty ? "" : " \(why)") + "  close \(close)\(size)")
  }
}

extension Observation {
  fileprivate var news: ScanNews {
    let name = kind == .alert ? level : kind == .evaluated ? "" : kind.name
    let words = [name, code].filter { !$0.isEmpty }.joined(separator: " ")
    return ScanNews(
      instrument: instrument, time: time, isRaised: kind == .alert, score: score,
      text: words + (price.map { "  price \($0)" } ?? ""))
  }
}
