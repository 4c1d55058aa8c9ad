import Foundation
import MarketCalendar
import PluginHost
import Testing
import TradingCore
import TradingTypes

/// One file behind either wall.
@Suite(.serialized) struct `A plugin behind either wall` {
  /// What a strategy logs and which faults it has while it is offered these bars.
  private func story(
    _ fixture: LoadedFixture, _ volumes: [Double], _ configuration: String = ""
  ) throws -> [String] {
    let recorder = Recorder()
    let store = MemoryStateStore()
    let board = PortfolioBoard(instrumentCount: 2)
    board.account = .init(
      equity: Money(nanos: 5, currency: .usd), cash: Money(nanos: 3, currency: .usd),
      buyingPower: Money(nanos: 2, currency: .usd),
      isBreakerTripped: true)
    var services = try recorder.services(
      fixture.image, configuration: configuration, clock: RoadClock(Timestamp(nanoseconds: 5)))
    services.state = store
    services.portfolio = board
    services.calendars = ["XNYS": .xnys]
    var story: [String] = []
    do {
      let strategy = try StrategyInstance(fixture.image, services)
      try strategy.start(instruments(2), decideFrom: .distantPast, isExplaining: false)
      for volume in volumes {
        let outcome = strategy.onBar(bar(volume: volume), isSessionFirst: true, isSessionLast: false)
        story.append("\(volume): \(outcome)")
        story += strategy.signals.map { "\($0)" }
        strategy.clearAnswers()
      }
    }
    story += recorder.lines.map { "\($0.level): \($0.text)" } + recorder.messages
    story += store.keys(withPrefix: []).map { "\($0)" }
    return story
  }

  @Test func `gets the same of every table of the host`() throws {
    let volumes = [-1.0] + Probe.calls.indices.map(Double.init)
    let configuration = "    key: ${secret:KEY}\n    fast: 30\n"
    let stories = try [false, true].map { isIsolated in
      try story(LoadedFixture(Probe.source, options: Probe.options, isIsolated: isIsolated), volumes, configuration)
    }
    #expect(stories[0].count > volumes.count * 2)
    #expect(stories[1] == stories[0])
  }

  @Test func `has its answers judged alike, the bad ones too`() throws {
    // A list that is said to be longer than it is cannot be read, in whichever process it is.
    let volumes =
      [0.0]
      + GarbageStrategy.signals.enumerated().filter { _, answer in
        !["check_count = 257", "field_count = 513"].contains { answer.change.contains($0) }
      }.map { Double($0.offset + 1) }
    let stories = try [false, true].map { isIsolated in
      try story(LoadedFixture(GarbageStrategy.source, isIsolated: isIsolated), volumes)
    }
    #expect(stories[0].count > volumes.count * 2 - 2)
    #expect(stories[1] == stories[0])
  }

  @Test(arguments: LoadFailure.all + LoadFailure.security)
  func `fails to load with the same words`(_ row: LoadFailure) throws {
    let folder = try TemporaryFolder()
    let path = try CPlugin.build(
      "x.so", in: folder.path, source: row.source,
      manifest: CPlugin.manifest(["roles": row.roles, "abi": "\"\(row.abi)\""]))
    let file = try #require(PluginDirectory.list([folder.searched], environment: [:]).first)
    let error = try #require(throws: PluginLoadError.self) { _ = try IsolatedImage.load(file) }
    #expect(error.description == "cannot load tiny from \(path): \(row.message)")
    #expect(error.isSecurityEvent == row.name.hasPrefix("a scanner with"))
  }

  @Test func `finds the libraries beside it`() throws {
    let folder = try TemporaryFolder()
    try Rejection.linkToLibrary(
      "libbeside\(UInt32.random(in: 0...(.max))).so", source: "int there(void) { return 1; }", folder)
    let file = try #require(PluginDirectory.list([folder.searched], environment: [:]).first)
    #expect(try IsolatedImage.load(file).identity.id == "tiny")
  }

  @Test func `says so when its process ends while it is loaded`() throws {
    let folder = try TemporaryFolder()
    let source = CPlugin.quietSource + "__attribute__((constructor)) static void early(void) { __builtin_trap(); }"
    try CPlugin.build("x.so", in: folder.path, source: source)
    let file = try #require(PluginDirectory.list([folder.searched], environment: [:]).first)
    let error = try #require(throws: PluginLoadError.self) { _ = try IsolatedImage.load(file) }
    #expect(error.reason == .runnerFailed("load: ended by signal 4 (SIGILL)"))
  }
}
