import PluginHost
import TradingCore
import TradingTypes

internal import WharfABI

/// What only sources of market data promise.
enum MarketDataChecks {
  /// An open source; tests of one that cannot be opened are skipped.
  private static func opened(
    _ subject: CheckSubject, _ body: (DrivenPlugin, MarketDataDrive) throws -> Outcome
  ) throws -> Outcome {
    let (plugin, roles) = try subject.driven([.marketData])
    guard !roles.isEmpty else { return .pass }
    let drive = try source(plugin)
    let outcome = try body(plugin, drive)
    drive.destroy()
    return outcome
  }

  private static func source(_ plugin: DrivenPlugin, _ symbols: String = "") throws -> MarketDataDrive {
    guard let drive = try plugin.drive(.marketData) as? MarketDataDrive, drive.create() == Status.ok, drive.isUsable,
      drive.open(symbols) == Status.ok
    else { throw Unusable("the source cannot be opened with the default options") }
    return drive
  }

  static func order(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try opened(subject) { _, drive in
      let bars = drive.readAll(1000)
      for (before, bar) in zip(bars, bars.dropFirst()) {
        guard bar.start > before.start || bar.start == before.start && bar.instrument > before.instrument else {
          throw Finding(
            "market_data.read", expected: "bars in order of start, then instrument",
            found: "start \(bar.start) of instrument \(bar.instrument) after \(before.start) of \(before.instrument)",
            remedy: "merge the series before they are read")
        }
      }
      return .pass
    }
  }

  static func plausible(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try opened(subject) { _, drive in
      let series = drive.series
      for bar in drive.readAll(1000) {
        guard Int(bar.instrument) < series.count else {
          throw finding("bar.instrument", "one of the \(series.count) series", "\(bar.instrument)")
        }
        let isPlausible =
          bar.low > 0 && bar.low <= min(bar.open, bar.close) && max(bar.open, bar.close) <= bar.high
          && bar.high.isFinite && bar.volume >= 0 && bar.volume.isFinite
        guard isPlausible else {
          throw finding(
            "bar", "0 < low <= open, close <= high, volume >= 0, all finite",
            "\(bar.open) \(bar.high) \(bar.low) \(bar.close) volume \(bar.volume)")
        }
        let end = bar.start + Int64(series[Int(bar.instrument)].barSeconds) * CheckMarket.second
        guard bar.end == end else { throw finding("bar.end", "start + bar_seconds, \(end)", "\(bar.end)") }
        guard bar.flags == 0 else { throw finding("bar.flags", "0, for the host knows the calendar", "\(bar.flags)") }
      }
      return .pass
    }
  }

  static func series(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try opened(subject) { _, drive in
      let series = drive.series
      for (before, next) in zip(series, series.dropFirst())
      where !before.symbol.utf8.lexicographicallyPrecedes(next.symbol.utf8) {
        throw finding("series.symbol", "one after \(before.symbol)", next.symbol)
      }
      let bars = drive.readAll(1000, limit: 1 << 17)
      let isWhole = drive.read(1).status == Status.end
      for (index, one) in series.enumerated() {
        let own = bars.filter { $0.instrument == UInt32(index) }
        if let first = own.first, first.start != one.firstStart.nanoseconds {
          throw finding("series.first_start", "that of its first bar, \(first.start)", "\(one.firstStart.nanoseconds)")
        }
        guard isWhole else { continue }
        guard own.count == Int(one.barCount) else {
          throw finding("series.bar_count", "as many as can be read, \(own.count)", "\(one.barCount)")
        }
        guard own.last?.start == one.lastStart.nanoseconds || own.isEmpty else {
          throw finding("series.last_start", "that of its last bar, \(own.last!.start)", "\(one.lastStart.nanoseconds)")
        }
      }
      return .pass
    }
  }

  static func rewind(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try opened(subject) { _, drive in
      let first = drive.readAll(500, limit: 3000)
      let status = drive.rewind()
      guard status == Status.ok else { throw finding("status of rewind", "ok", Status.name(status)) }
      let second = drive.readAll(500, limit: 3000)
      guard same(first, second) else {
        throw finding("bars after rewind", "those before it, \(first.count)", "others, \(second.count)")
      }
      return .pass
    }
  }

  static func capacity(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try opened(subject) { plugin, drive in
      let limit = 500 + subject.rounds(25)
      let large = drive.readAll(limit, limit: limit)
      for capacity in [1, 2, 7, 64] {
        let other = try source(plugin)
        let bars = other.readAll(capacity, limit: large.count)
        guard same(bars, large) else {
          throw finding(
            "bars read \(capacity) at a time", "those read at once, \(large.count)", "others, \(bars.count)")
        }
      }
      return .pass
    }
  }

  static func room(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try opened(subject) { _, drive in
      for capacity in [3, 1, 100, 2] where drive.isUsable {
        let piece = drive.read(capacity)
        guard piece.count <= UInt64(capacity), !piece.isOverrun else {
          throw finding(
            "out_bars", "at most \(capacity) bars, the capacity",
            "\(piece.count)\(piece.isOverrun ? ", and memory behind them changed" : "")")
        }
        guard piece.status != Status.ok || piece.count > 0 else {
          throw finding("out_count", "at least one bar with ok", "none; the end is a status of its own")
        }
      }
      return .pass
    }
  }

  static func end(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try opened(subject) { _, drive in
      var piece = drive.read(4096)
      var left = 256
      while piece.status == Status.ok, left > 0 {
        piece = drive.read(4096)
        left -= 1
      }
      guard left > 0 else { return .skip("the source is too long to be read to its end here") }
      for _ in 0..<3 {
        guard piece.status == Status.end, piece.count == 0 else {
          throw finding("read at the end", "end with a count of 0", "\(Status.name(piece.status)) with \(piece.count)")
        }
        piece = drive.read(8)
      }
      return .pass
    }
  }

  static func fingerprint(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try opened(subject) { plugin, drive in
      let found = drive.fingerprints
      guard found.count == 1, found[0].count == 32 else {
        throw finding("fingerprint", "one, of 32 bytes", "\(found.map(\.count)) bytes")
      }
      for time in 2...6 where try source(plugin).fingerprints != found {
        throw finding("fingerprint", "the same for the same bars", "another when opened for the \(time)th time")
      }
      return .pass
    }
  }

  static func unknownSymbol(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    let (plugin, _) = try subject.driven([.marketData])
    guard let drive = try plugin.drive(.marketData) as? MarketDataDrive, drive.create() == Status.ok else {
      return .pass
    }
    let status = drive.open("NO.SUCH.SYMBOL")
    drive.destroy()
    try drive.requireListed("for a symbol that does not exist")
    // Who has to ask the outside world may also fail to reach it.
    let isCertain = plugin.manifest.permissions.isEmpty
    guard status == Status.notFound || !isCertain && status != Status.ok else {
      throw finding("status of open", "not_found for a symbol that does not exist", Status.name(status))
    }
    return .pass
  }

  static func selection(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try opened(subject) { plugin, drive in
      let series = drive.series
      guard series.count > 1, let wanted = series.last else { return .skip("the source has one series only") }
      let all = drive.readAll(1000).filter { Int($0.instrument) == series.count - 1 }
      let one = try source(plugin, wanted.symbol)
      guard one.series.map(\.symbol) == [wanted.symbol] else {
        throw finding("series", wanted.symbol + " alone", one.series.map(\.symbol).joined(separator: ", "))
      }
      let bars = one.readAll(1000, limit: all.count)
      guard same(bars.map { renumbered($0) }, all.map { renumbered($0) }) else {
        throw finding("bars of \(wanted.symbol) alone", "those it has among others, from instrument 0", "others")
      }
      return .pass
    }
  }

  private static func renumbered(_ bar: wharf_bar) -> wharf_bar {
    var bar = bar
    bar.instrument = 0
    return bar
  }

  private static func same(_ first: [wharf_bar], _ second: [wharf_bar]) -> Bool {
    first.count == second.count
      && zip(first, second).allSatisfy { a, b in
        a.start == b.start && a.end == b.end && a.open == b.open && a.high == b.high && a.low == b.low
          && a.close == b.close && a.volume == b.volume && a.instrument == b.instrument
      }
  }

  private static func finding(_ what: String, _ expected: String, _ found: String) -> Finding {
    Finding(
      "market_data: \(what)", expected: expected, found: found, remedy: "see wharf/market_data.h on this function")
  }
}
