import CommandLineKit
import Configuration
import MarketCalendar
import PluginHost
import TradingCore
import TradingTypes

/// The market data of a session, opened: what it has, what was wrong with it, and the instruments made of it.
struct OpenedData {
  let instance: MarketDataInstance
  let contents: MarketDataContents
  var universe: Universe
  let faults: DataFaultTally

  /// Opens the source, lists what was skipped, and learns the sessions that only the data knows. Blocks on the disk.
  init(
    rack: PluginRack, source: String, symbols: [String], configuration: HostConfiguration, market: Market,
    quoteCurrency: Currency?, errors: LineOutput
  ) throws {
    let image = try rack.image(source, role: .marketData)
    instance = try rack.make(source) { () throws(PluginFault) in
      try MarketDataInstance(image, OpenedData.servicesOrFault(rack, source))
    }
    var tally = DataFaultTally()
    do {
      contents = try instance.open(symbols: symbols) { tally.add($0) }
    } catch {
      tally.report(to: errors)
      throw tally.failure(error)
    }
    tally.report(to: errors)
    faults = tally
    guard !contents.series.isEmpty else {
      throw CommandFailure(
        code: "no_data", message: "the source has no bars", where: source, expected: "at least one symbol with bars",
        found: "none", remedy: "name other files with --data", exitCode: .badData)
    }
    universe = try Universe(
      series: contents.series, configuration: configuration, market: market, quoteCurrency: quoteCurrency)
    if universe.needsDates(contents.series) { try learnDates() }
  }

  /// Refuses a range that holds none of the data.
  func requireBars(from: Timestamp, endBefore: Timestamp) throws {
    let hasBars = contents.series.contains { $0.lastStart >= from.dayStart && $0.firstStart < endBefore }
    guard !hasBars else { return }
    let first = contents.series.map(\.firstStart).min().map { "\(CivilDate(utc: $0))" } ?? "nothing"
    let last = contents.series.map(\.lastStart).max().map { "\(CivilDate(utc: $0))" } ?? "nothing"
    throw CommandFailure(
      code: "empty_range", message: "the range holds no bar", where: "--from and --to",
      expected: "a range within \(first) to \(last)", found: "none of it", remedy: "name other days",
      exitCode: .badData)
  }

  private static func servicesOrFault(_ rack: PluginRack, _ id: String) throws(PluginFault) -> InstanceServices {
    do {
      return try rack.services(id)
    } catch {
      preconditionFailure("an image was loaded, so its plugin is configured: \(error)")
    }
  }

  private mutating func learnDates() throws {
    var dates: [String: Set<CivilDate>] = [:]
    var bars: [Bar] = []
    while true {
      bars.removeAll(keepingCapacity: true)
      let goesOn = try instance.read(into: &bars)
      for bar in bars {
        let instrument = universe.instruments[Int(bar.instrument.index)]
        guard instrument.market == .equity, let calendar = universe.calendars[instrument.exchange] else { continue }
        let date = CivilDate(utc: bar.start)
        if date < calendar.knownDates.lowerBound { dates[instrument.exchange, default: []].insert(date) }
      }
      guard goesOn else { break }
    }
    universe.extendCalendars(with: dates)
    try instance.rewind()
  }
}

/// What was refused, skipped or noticed in the data: counted by kind, the first of each kind shown.
struct DataFaultTally {
  private(set) var counts: [String: Int] = [:]
  private var notices: [String: Int] = [:]
  private(set) var shown: [DataFault] = []
  private(set) var fatal: [DataFault] = []

  /// How many of one kind are listed one by one.
  private static let listed = 20
  private static let noticesListed = 3

  /// Rows and files that were skipped.
  var skipped: Int { counts.values.reduce(0, +) }

  mutating func add(_ fault: DataFault) {
    guard fault.isSkipped else {
      fatal.append(fault)
      return
    }
    if fault.code == "more_faults" { addUnlisted(fault.text) }
    if fault.isNotice {
      notices[fault.code, default: 0] += 1
      if notices[fault.code, default: 0] <= DataFaultTally.noticesListed { shown.append(fault) }
    } else {
      counts[fault.code, default: 0] += 1
      if counts[fault.code, default: 0] <= DataFaultTally.listed { shown.append(fault) }
    }
  }

  /// Counts what a source does not list one by one: `57 more ...: high_below_low 7, missing_field 50`.
  private mutating func addUnlisted(_ text: String) {
    for part in text.split(separator: ":").last?.split(separator: ",") ?? [] {
      let words = part.split(separator: " ")
      guard words.count == 2, let count = Int(words[1]) else { continue }
      if DataFault.isNotice(code: String(words[0])) {
        notices[String(words[0]), default: 0] += count
      } else {
        counts[String(words[0]), default: 0] += count
      }
    }
  }

  func report(to errors: LineOutput) {
    for fault in shown {
      errors.line("\(fault.isNotice ? "noticed" : "skipped"): \(DataFaultTally.text(fault))")
    }
    for (word, counts, listed) in [
      ("skipped", counts, DataFaultTally.listed), ("noticed", notices, DataFaultTally.noticesListed),
    ] {
      for (code, count) in counts.sorted(by: { $0.key < $1.key }) where count > listed {
        errors.line("\(word): \(count) times \(code) in all; the first \(listed) are listed")
      }
    }
  }

  static func text(_ fault: DataFault) -> String {
    let place = fault.file.isEmpty ? "" : fault.line == 0 ? "\(fault.file): " : "\(fault.file):\(fault.line): "
    return "\(place)\(fault.code): \(fault.text)"
  }

  /// Why the source cannot be used, with every fault it told.
  func failure(_ error: MarketDataError) -> CommandFailure {
    let notFound = error == .notFound
    let faults = fatal.map { fault in
      let text = FaultText(fault.text)
      let place = fault.line == 0 ? fault.file : "\(fault.file):\(fault.line)"
      return CommandError(
        code: fault.code, message: fault.text, where: text.place.isEmpty ? place : "\(place): \(text.place)",
        expected: text.expected, found: text.found,
        remedy: text.remedy ?? "name another file with --data, or mend this one",
        exitCode: notFound ? .noInput : .badData)
    }
    if case .failed(let reason) = error {
      let text = FaultText(reason)
      return CommandFailure(
        code: "data_unreadable", message: "the market data cannot be read to its end: \(reason)", where: text.place,
        expected: text.expected, found: text.found, remedy: text.remedy ?? "look at the files named with --data",
        exitCode: .badData)
    }
    return CommandFailure(faults)
      ?? CommandFailure(
        code: notFound ? "no_such_data" : "bad_data", message: "the market data cannot be used: \(error)",
        where: "--data",
        expected: "files with time and OHLCV columns", found: nil, remedy: "name another file with --data",
        exitCode: notFound ? .noInput : .badData)
  }
}

extension DataFault {
  /// Only noticed: nothing was skipped (see `wharf_data_fault` in market_data.h).
  var isNotice: Bool {
    isSkipped && DataFault.isNotice(code: code)
  }

  static func isNotice(code: String) -> Bool {
    code.hasPrefix("possible_") || ["no_final_newline", "more_faults", "too_many_files"].contains(code)
  }
}

extension Timestamp {
  /// Midnight UTC of its day: daily bars are named by it.
  fileprivate var dayStart: Timestamp { self == .distantPast ? self : CivilDate(utc: self).midnightUTC }
}
