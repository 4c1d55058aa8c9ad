import BarStore
import CommandLineKit
import TradingTypes

/// What an import did with one series.
struct ImportOutcome {
  /// What was done.
  enum Action: String {
    case created, appended, merged, replaced, repaired, unchanged
  }

  var action: Action
  var file: String
  /// Bars that were not there before.
  var added: Int
  var series: StoredSeries
}

/// Joins imported series with stored ones. All are compared before the first file is touched.
struct ImportWriter {
  let target: ImportTarget
  let replaces: Bool

  /// One series on its way.
  private struct Step {
    var imported: SeriesPlace
    var stored: SeriesPlace?
    var outcome: ImportOutcome
  }

  /// Writes the series of a store into the files they belong to. Throws ``CommandFailure`` or ``BarStoreError``.
  func write(_ spool: BarStoreFile) throws -> [ImportOutcome] {
    var steps: [Step] = []
    var conflicts: [CommandError] = []
    let common = target.isFile && StoreFolder.exists(target.path) ? try BarStoreFile(path: target.path) : nil
    for index in spool.series.indices {
      let imported = SeriesPlace(file: spool, index: index)
      let stored = try storedSeries(imported.series, common)
      do throws(ImportConflict) {
        steps.append(try step(imported, stored))
      } catch {
        switch error {
        case .store(let error): throw error
        case .command(let error): conflicts.append(error)
        }
      }
    }
    if let failure = CommandFailure(conflicts) { throw failure }
    if target.isFile {
      try writeFile(&steps, common)
    } else {
      for index in steps.indices { try write(&steps[index]) }
    }
    return steps.map(\.outcome)
  }

  /// What is stored of a symbol, if anything.
  private func storedSeries(_ imported: StoredSeries, _ common: BarStoreFile?) throws -> SeriesPlace? {
    if target.isFile {
      guard let common, let index = common.series.firstIndex(where: { $0.symbol == imported.symbol }) else {
        return nil
      }
      return SeriesPlace(file: common, index: index)
    }
    let path = file(of: imported)
    guard StoreFolder.exists(path) else { return nil }
    let store: BarStoreFile
    do throws(BarStoreError) {
      store = try BarStoreFile(path: path)
    } catch {
      // A file of one series that cannot be used is no loss.
      if replaces { return nil }
      throw error
    }
    guard store.series.count == 1, store.series[0].symbol == imported.symbol,
      store.series[0].barSeconds == imported.barSeconds
    else {
      throw CommandFailure(
        code: "other_series", message: "\(path) does not hold what its name says", where: path,
        expected: "\(imported.symbol) in bars of \(StoreFolder.size(imported.barSeconds))",
        found: store.series.map { "\($0.symbol) in \(StoreFolder.size($0.barSeconds))" }.joined(separator: ", "),
        remedy: "move that file elsewhere, or name another folder with --into", exitCode: .badData)
    }
    return SeriesPlace(file: store, index: 0)
  }

  private func file(of series: StoredSeries) -> String {
    target.isFile ? target.path : "\(target.path)/\(StoreFolder.name(series.symbol, barSeconds: series.barSeconds))"
  }

  private func step(_ imported: SeriesPlace, _ stored: SeriesPlace?) throws(ImportConflict) -> Step {
    let new = imported.series
    func step(_ action: ImportOutcome.Action, _ added: Int, _ series: StoredSeries) -> Step {
      Step(
        imported: imported, stored: stored,
        outcome: ImportOutcome(action: action, file: file(of: new), added: added, series: series))
    }
    guard let stored else { return step(.created, new.barCount, new) }
    let old = stored.series
    guard old.barSeconds == new.barSeconds else {
      if replaces { return step(.replaced, new.barCount, new) }
      throw .command(conflict(old, "bars of \(StoreFolder.size(old.barSeconds))", StoreFolder.size(new.barSeconds)))
    }
    if let a = old.step, let b = new.step, a != b, !replaces {
      throw .command(conflict(old, "a quantity step of \(a)", "\(b)"))
    }
    if let a = old.currency, let b = new.currency, a != b, !replaces {
      throw .command(conflict(old, "prices in \(a)", "\(b)"))
    }
    let comparison: SeriesComparison
    do throws(BarStoreError) {
      if old.hash == new.hash {
        return stored.file.isWhole(series: stored.index) ? step(.unchanged, 0, old) : step(.repaired, 0, new)
      }
      comparison = try SeriesComparison(stored: stored, imported: imported)
    } catch {
      if replaces { return step(.replaced, new.barCount, new) }
      throw .store(error)
    }
    if let first = comparison.firstConflict {
      if replaces { return step(.replaced, new.barCount, new) }
      throw .command(
        conflict(
          old, "the stored bar at \(first.stored.start), \(ImportWriter.text(first.stored))",
          "\(ImportWriter.text(first.imported)), and \(comparison.conflicts) such bars in all"))
    }
    guard comparison.added > 0 else { return step(.unchanged, 0, old) }
    return step(comparison.isAppended ? .appended : .merged, comparison.added, new)
  }

  private func conflict(_ series: StoredSeries, _ expected: String, _ found: String) -> CommandError {
    CommandError(
      code: "conflicting_bars", message: "\(series.symbol) is stored with other bars; nothing was imported",
      where: "\(file(of: series)): \(series.symbol)", expected: expected, found: found,
      remedy:
        "give --replace to put the new series in place of the stored one, or import into another place with --into",
      exitCode: .badData)
  }

  private static func text(_ bar: Bar) -> String {
    "open \(bar.open) high \(bar.high) low \(bar.low) close \(bar.close) volume \(bar.volume)"
  }

  // MARK: Writing

  /// Writes a folder's file of one series.
  private func write(_ step: inout Step) throws {
    guard step.outcome.action != .unchanged else { return }
    let writer = try BarStoreWriter(path: step.outcome.file)
    try put(step, writer)
    step.outcome.series = try writer.commit()[0]
  }

  /// Writes the one file of all series, those that are not imported too.
  private func writeFile(_ steps: inout [Step], _ common: BarStoreFile?) throws {
    guard steps.contains(where: { $0.outcome.action != .unchanged }) else { return }
    let writer = try BarStoreWriter(path: target.path)
    let imported = Set(steps.map(\.imported.series.symbol))
    for (index, series) in (common?.series ?? []).enumerated() where !imported.contains(series.symbol) {
      let place = SeriesPlace(file: common!, index: index)
      try copy(place, writer, as: series)
    }
    for step in steps { try put(step, writer) }
    let written = Dictionary(uniqueKeysWithValues: try writer.commit().map { ($0.symbol, $0) })
    for index in steps.indices {
      steps[index].outcome.series = written[steps[index].outcome.series.symbol] ?? steps[index].outcome.series
    }
  }

  private func put(_ step: Step, _ writer: BarStoreWriter) throws(BarStoreError) {
    switch step.outcome.action {
    case .created, .replaced, .repaired: try copy(step.imported, writer, as: step.imported.series)
    case .unchanged: if let stored = step.stored { try copy(stored, writer, as: stored.series) }
    case .appended, .merged:
      guard let stored = step.stored else { return }
      var series = step.imported.series
      series.step = series.step ?? stored.series.step
      series.currency = series.currency ?? stored.series.currency
      let place = begin(series, writer)
      try SeriesComparison.walk(stored, step.imported) { (old: Bar?, new: Bar?) throws(BarStoreError) in
        if let bar = old ?? new { try writer.append(bar, to: place) }
      }
    }
  }

  private func copy(_ place: SeriesPlace, _ writer: BarStoreWriter, as series: StoredSeries) throws(BarStoreError) {
    let target = begin(series, writer)
    var bars = place.bars()
    while let bar = try bars.next() { try writer.append(bar, to: target) }
  }

  private func begin(_ series: StoredSeries, _ writer: BarStoreWriter) -> Int {
    writer.begin(
      series.symbol, barSeconds: series.barSeconds, step: series.step, currency: series.currency, source: series.source)
  }
}

/// Why a series cannot be joined with what is stored.
enum ImportConflict: Error {
  case store(BarStoreError)
  case command(CommandError)
}
