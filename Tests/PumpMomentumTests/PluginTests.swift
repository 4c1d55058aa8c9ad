import Foundation
import PluginSDK
import PluginTestKit
import Testing
import TradingTypes

@testable import PumpMomentumLogic

private let market = QuietMarket()

@Suite struct `Manifest and options` {
  private let manifest = DeclaredOptions.manifest

  private func parameters(_ changes: [String: String] = [:]) throws -> Parameters {
    try PumpMomentum(host: DeclaredOptions.host(changes).services).parameters
  }

  @Test func `the manifest names the scanner as outside programs do`() {
    #expect(manifest.id == "pump-momentum")
    #expect(manifest.name == "Pump Momentum")
    #expect(manifest.version == "1.0.0")
    #expect(manifest.roles == ["scanner"])
    #expect(manifest.permissions.isEmpty)
  }

  @Test func `the declared defaults are those of the specification`() throws {
    #expect(try parameters() == Parameters())
  }

  @Test func `every declared number has bounds around its default`() throws {
    for option in manifest.options {
      let numbers = try [option.minimum, option.default, option.maximum].map {
        try #require($0.flatMap { Price($0) }, "\(option.name)")
      }
      #expect(numbers[0] <= numbers[1] && numbers[1] <= numbers[2], "\(option.name)")
    }
  }

  @Test func `every declared option reaches its own parameter`() throws {
    var seen: Set<Parameters> = [Parameters()]
    for option in manifest.options {
      let value = try #require(option.maximum)
      let changed = try parameters([option.name: value])
      #expect(seen.insert(changed).inserted, "\(option.name)")
    }
    #expect(seen.count == manifest.options.count + 1)
  }

  @Test func `both bounds of every option are taken, and nothing beyond them`() throws {
    for option in manifest.options {
      let (low, high) = (try #require(option.minimum), try #require(option.maximum))
      #expect(throws: Never.self, "\(option.name)") { _ = try parameters([option.name: low]) }
      #expect(throws: Never.self, "\(option.name)") { _ = try parameters([option.name: high]) }
      let beyond = Price(high)!.adding(Price("1")!)!.description
      let failure = #expect(throws: PluginError.self, "\(option.name)") { _ = try parameters([option.name: beyond]) }
      #expect(failure?.status == .configuration)
      #expect(failure?.message.contains(option.name) == true)
    }
  }
}

@Suite struct `What it refuses` {
  private func failure(_ instrument: Instrument) -> PluginError? {
    #expect(throws: PluginError.self) { _ = try run([], [instrument]) }
  }

  @Test func `bars of other sizes, markets without sessions, exchanges nobody knows`() {
    #expect(failure(.share(barSeconds: 86_400))?.message.contains("expected 60 or 300 seconds, found 86400") == true)
    #expect(failure(.share(barSeconds: 120))?.status == .unsupported)
    #expect(failure(.example(market: .unfiltered, exchange: "", barSeconds: 60))?.status == .unsupported)
    #expect(failure(.example(exchange: "", barSeconds: 60))?.message.contains("expected one such as XNYS") == true)
    #expect(failure(.example(exchange: "XXXX", barSeconds: 60))?.status == .notFound)
  }

  @Test func `a bar that cannot be, or comes too late, changes nothing`() throws {
    let bars = market.script([(1, 1), (1.01, 1), (1.02, 1)])
    for spoil in [
      { $0.high = .infinity }, { $0.low = .nan }, { $0.low = 0 }, { $0.volume = -1 }, { $0.volume = .nan },
      { $0.close = $0.high * 2 }, { ($0.start, $0.end) = (bars[0].start, bars[0].end) }, { $0.end = $0.start },
      { $0.end = $0.end.adding(seconds: 60) },
    ] as [(inout Bar) -> Void] {
      let driver = try ScannerDriver<PumpMomentum>(
        host: DeclaredOptions.host(), instruments: [.share(barSeconds: 300)], session: SessionStart(explain: true))
      let clean = try ScannerDriver<PumpMomentum>(
        host: DeclaredOptions.host(), instruments: [.share(barSeconds: 300)], session: SessionStart(explain: true))
      for bar in bars[0..<2] {
        try driver.bar(bar)
        try clean.bar(bar)
      }
      var bad = bars[2]
      spoil(&bad)
      let failure = #expect(throws: PluginError.self) { try driver.bar(bad) }
      #expect(failure?.status == .invalid)
      try driver.bar(bars[2])
      try clean.bar(bars[2])
      #expect(difference(driver.observations, clean.observations) == nil)
    }
  }
}

@Suite struct `It cannot trade` {
  /// The words of an order that the host refuses in an observation (`scanner.h`).
  private static let orderWords: Set<String> = [
    "side", "quantity", "order_type", "limit_price", "stop_price", "time_in_force",
  ]

  private let bars =
    market.history()
    + market.script([(1, 1), (1, 1), (1.04, 6), (1.07, 9), (1.01, 1)]) + market.quiet(market.session(1))

  @Test func `no observation carries a word of an order`() throws {
    let told = try run(bars, [.share(barSeconds: 300)], session: SessionStart(explain: true))
    #expect(Set(told.map(\.kind)).isSuperset(of: [.alert, .label, .evaluated]))
    for observation in told {
      let names = Set(observation.fields.flatMap { [$0.name, $0.group] } + [observation.code, observation.level])
      #expect(names.isDisjoint(with: Self.orderWords))
    }
  }

  @Test func `it is a scanner and nothing else`() {
    let type: Any.Type = PumpMomentum.self
    #expect(type is any PluginSDK.Scanner.Type)
    #expect(!(type is any Strategy.Type))
    #expect(!(type is any Broker.Type))
  }

  @Test func `its source names nothing to trade with`() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Plugins/Scanners/PumpMomentum")
    let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
      .compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
    #expect(files.count > 20)
    for file in files {
      let text = try String(contentsOf: file, encoding: .utf8)
      let words = Set(text.split { !$0.isLetter && !$0.isNumber })
      let forbidden: Set<Substring> = [
        "OrderRequest", "OrderChange", "Signal", "StrategyContext", "BrokerContext", "portfolio",
      ]
      #expect(words.isDisjoint(with: forbidden), "\(file.lastPathComponent)")
    }
  }

  @Test func `through the C table it tells the same`() throws {
    for session in [SessionStart(), SessionStart(explain: true)] {
      let direct = try run(bars, [.share(barSeconds: 300)], session: session, route: .direct)
      let tables = try run(bars, [.share(barSeconds: 300)], session: session, route: .tables)
      #expect(difference(direct, tables) == nil)
      #expect(!direct.isEmpty)
    }
  }
}

@Suite struct `Wording` {
  @Test func `numbers are written with fixed decimals`() {
    let rows: [(Double, Int, String)] = [
      (91.953, 1, "92.0"), (0, 1, "0.0"), (-3.74, 1, "-3.7"), (0.05, 1, "0.1"), (2.5, 0, "3"), (-0.01, 1, "0.0"),
      (1e300, 1, "1e+300"), (.nan, 1, "unknown"), (.infinity, 1, "inf"), (12.0049, 2, "12.00"),
    ]
    for (value, digits, text) in rows { #expect(PumpMomentumLogic.Wording.fixed(value, digits) == text) }
  }
}
