import Foundation
import PluginHost
import Testing
import TradingCore
import WharfABI

@testable import Conformance

@Suite struct `Markets made up for a check` {
  static func answers(_ name: String, _ role: PluginRole) throws -> [Answer] {
    let folder = URL(fileURLWithPath: Check.executable).deletingLastPathComponent().path
    let scratch = try Scratch()
    let subject = try CheckSubject(path: folder + "/lib\(name).so", seed: 1, level: 5, scratch: scratch.path)
    let (plugin, _) = try subject.driven([role])
    var random = SeededGenerator(seed: 1, stream: "market")
    let drive = try plugin.drive(role)
    drive.walk(plugin.market(role, &random))
    return drive.answers
  }

  @Test(arguments: ["SMACross", "RSI2", "MRCombined", "MinimalC"]) func `make strategies raise signals`(
    _ name: String
  ) throws {
    let actions = try Self.answers(name, .strategy).compactMap { answer -> SignalAction? in
      if case .signal(let signal) = answer { signal.action } else { nil }
    }
    #expect(actions.contains(.enterLong), "\(actions)")
  }

  @Test func `make a scanner alert and follow its alerts`() throws {
    let kinds = try Self.answers("PumpMomentum", .scanner).compactMap { answer -> Observation.Kind? in
      if case .observation(let observation) = answer { observation.kind } else { nil }
    }
    #expect(kinds.contains(.alert), "\(kinds)")
    #expect(kinds.contains(.label), "\(kinds)")
  }

  @Test func `make a venue fill orders`() throws {
    let kinds = try Self.answers("Paper", .broker).compactMap { answer -> OrderReport.Kind? in
      if case .report(let report) = answer { report.kind } else { nil }
    }
    for kind in [OrderReport.Kind.accepted, .fill, .cancelled, .replaced] { #expect(kinds.contains(kind), "\(kind)") }
  }

  @Test func `are the same for the same seed, in order of time, and in sessions of the exchange`() {
    for make in [{ CheckMarket.daily(&$0) }, { CheckMarket.minutes(&$0) }] as [(inout SeededGenerator) -> CheckMarket] {
      var randoms = [1, 1, 2].map { SeededGenerator(seed: UInt64($0), stream: "market") }
      let markets = randoms.indices.map { make(&randoms[$0]) }
      func closes(_ index: Int) -> [Double] { markets[index].bars.map(\.close) }
      #expect(closes(0) == closes(1))
      #expect(closes(0) != closes(2))
      let bars = markets[0].bars
      let isOrdered = zip(bars, bars.dropFirst()).allSatisfy { ($0.end, $0.instrument) < ($1.end, $1.instrument) }
      #expect(isOrdered)
      let isPlausible = bars.allSatisfy {
        0 < $0.low && $0.low <= min($0.open, $0.close) && max($0.open, $0.close) <= $0.high
      }
      #expect(isPlausible)
      let ends = Set(CheckMarket.sessions.map(\.close))
      let lastOnes = bars.filter { $0.flags & UInt32(WHARF_SESSION_LAST) != 0 }
      #expect(!lastOnes.isEmpty && lastOnes.allSatisfy { ends.contains($0.end) })
    }
  }
}
