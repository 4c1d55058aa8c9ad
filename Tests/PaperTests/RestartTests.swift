import PluginSDK
import Testing
import TradingTypes

@testable import PaperLogic

/// Memory with the rules of `wharf.state/1`, which can kill its user at a commit.
final class MemoryArchive: Archive {
  private(set) var values: [String: [UInt8]] = [:]
  private var pending: [String: [UInt8]] = [:]
  private(set) var commits = 0
  /// Commits (by number, from 0) at which the process dies, and whether the commit was made.
  var kills: [Int: Bool] = [:]

  init(_ values: [String: [UInt8]] = [:]) { self.values = values }

  func get(_ key: String) throws(PluginError) -> [UInt8]? { pending[key] ?? values[key] }

  func keys(prefix: String) throws(PluginError) -> [String] {
    Set(values.keys).union(pending.keys).filter { $0.hasPrefix(prefix) }.sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
  }

  func put(_ key: String, _ value: [UInt8]) throws(PluginError) { pending[key] = value }

  func commit() throws(PluginError) {
    defer { commits += 1 }
    let kill = kills[commits]
    if kill != false { values.merge(pending) { $1 } }
    pending = [:]
    if kill != nil { throw PluginError(.io, "killed") }
  }
}

/// One life of the venue: from a start or restart to a kill.
private struct Life {
  var venue: PaperVenue
  var keeper: BookKeeper

  init(_ archive: MemoryArchive, _ settings: PaperSettings) throws {
    let instruments = (0..<Scenario.instruments).map { Desk.instrument($0) }
    venue = PaperVenue(instruments, settings: settings)
    keeper = BookKeeper(archive, instruments)
    _ = try keeper.restore(&venue)
  }

  /// Does a step as the broker does: saves, then tells.
  mutating func run(_ step: Step) throws -> [OrderReport] {
    var told = Told()
    switch step {
    case .quote(let quote): _ = venue.onQuote(quote, into: &told)
    case .bar(let bar, let session): _ = venue.onBar(bar, session: session, into: &told)
    case .place(let request): _ = venue.place(request, into: &told)
    case .cancel(let id): _ = venue.cancel(id, now: Timestamp(nanoseconds: 0), into: &told)
    case .replace(let id, let quantity, let limit, let stop):
      _ = venue.replace(
        id, quantity: quantity, limitPrice: limit, stopPrice: stop, now: Timestamp(nanoseconds: 0), into: &told)
    }
    try keeper.save(venue)
    return told.places.map { venue.report(at: $0) }
  }
}

/// A host that journals what it is told, and after each kill feeds all market events again and repeats the one request
/// that was not answered.
private struct Host {
  var archive = MemoryArchive()
  var settings: PaperSettings
  var stream: [OrderReport] = []
  var known: [ShortText: OrderReport] = [:]
  var differing: [String] = []
  var lives = 0

  mutating func run(_ steps: [Step]) throws {
    var answered = 0
    while answered < steps.count {
      lives += 1
      var life = try Life(archive, settings)
      for step in steps[..<answered] where step.isMarket { take(try life.run(step)) }
      while answered < steps.count {
        guard let reports = try? life.run(steps[answered]) else { break }
        take(reports)
        answered += 1
      }
    }
  }

  private mutating func take(_ reports: [OrderReport]) {
    for report in reports {
      if let before = known[report.reportID] {
        if before != report { differing.append("\(report.line) was \(before.line)") }
      } else {
        known[report.reportID] = report
        stream.append(report)
      }
    }
  }
}

extension Step {
  var isMarket: Bool {
    switch self {
    case .quote, .bar: true
    case .place, .cancel, .replace: false
    }
  }
}

@Suite struct `After a kill` {
  private func uninterrupted(_ steps: [Step], _ settings: PaperSettings) throws -> Host {
    var host = Host(settings: settings)
    try host.run(steps)
    return host
  }

  private func expectSame(_ host: Host, _ reference: Host, _ note: Comment) {
    #expect(host.archive.values == reference.archive.values, note)
    #expect(host.stream == reference.stream, note)
    #expect(host.differing == [], note)
  }

  @Test(arguments: 1...6, [true, false])
  func `at every commit the book and the reports come out the same`(_ seed: UInt64, isCommitted: Bool) throws {
    let settings = `Whatever happens`.costs[Int(seed) % 3]
    let steps = Scenario(seed: seed, sessions: 7).steps
    let reference = try uninterrupted(steps, settings)
    #expect(reference.archive.commits > 40, "the scenario hardly did anything")
    for commit in 0..<reference.archive.commits {
      var host = Host(settings: settings)
      host.archive.kills = [commit: isCommitted]
      try host.run(steps)
      #expect(host.lives == 2)
      expectSame(host, reference, "killed at commit \(commit)")
    }
  }

  @Test(arguments: 1...20)
  func `many times over the book and the reports come out the same`(_ seed: UInt64) throws {
    let settings = `Whatever happens`.costs[Int(seed) % 3]
    let steps = Scenario(seed: seed &+ 1000, sessions: 25).steps
    let reference = try uninterrupted(steps, settings)
    var dice = Dice(seed)
    var host = Host(settings: settings)
    for _ in 0..<12 { host.archive.kills[dice.below(reference.archive.commits)] = dice.chance(50) }
    try host.run(steps)
    #expect(host.lives > 5)
    expectSame(host, reference, "seed \(seed)")
  }

  @Test func `what changed nothing is not saved`() throws {
    let archive = MemoryArchive()
    var life = try Life(archive, .frictionless)
    let quote = Quote(instrument: InstrumentID(0), time: Timestamp(nanoseconds: 5), last: Price("10")!)
    _ = try life.run(.quote(quote))
    #expect(archive.commits == 0)
    _ = try life.run(.place(.limit(.buy, "10", "a", "9")))
    #expect(archive.commits == 1)
    _ = try life.run(.place(.limit(.buy, "10", "a", "9")))
    _ = try life.run(.replace("a", Quantity("10")!, nil, nil))
    _ = try life.run(.cancel("nobody"))
    #expect(archive.commits == 1)
  }

  @Test func `exits that wait for their entry are restored with it`() throws {
    let archive = MemoryArchive()
    var life = try Life(archive, .frictionless)
    let entry = OrderRequest.limit(.buy, "10", "e", "9").bracket(takeProfit: "12", stopLoss: "8")
    _ = try life.run(.place(entry))
    life = try Life(archive, .frictionless)
    let quote = Quote(instrument: InstrumentID(0), time: Timestamp(nanoseconds: 5), last: Price("9")!)
    #expect(try life.run(.quote(quote)).map(\.line) == ["e fill 10@9", "e-tp accepted", "e-sl accepted"])
  }
}

@Suite struct `A saved account` {
  private func saved() throws -> MemoryArchive {
    let archive = MemoryArchive()
    var life = try Life(archive, .frictionless)
    _ = try life.run(.quote(Quote(instrument: InstrumentID(1), time: Timestamp(nanoseconds: 5), last: Price("10")!)))
    _ = try life.run(.place(.market(.buy, "10", "a", instrument: 1)))
    _ = try life.run(.place(.make(.stop, .sell, "10", "s", stop: "9", group: "g", instrument: 1)))
    return archive
  }

  private func restore(
    _ archive: MemoryArchive, _ places: [Int] = [0, 1, 2], currency: String = "USD"
  ) throws -> PaperVenue {
    var settings = PaperSettings.frictionless
    settings.currency = Currency(currency)!
    var instruments = places.map { Desk.instrument($0) }
    for place in instruments.indices { instruments[place].id = InstrumentID(UInt32(place)) }
    var venue = PaperVenue(instruments, settings: settings)
    var keeper = BookKeeper(archive, instruments)
    _ = try keeper.restore(&venue)
    return venue
  }

  @Test func `finds its instruments by symbol`() throws {
    let venue = try restore(saved(), [2, 1])
    #expect(venue.positions.map(\.instrument) == [InstrumentID(1)])
    #expect(venue.cashNanos == 99_900_000_000_000)
    let moved = try restore(saved(), [1])
    #expect(moved.positions.map(\.instrument) == [InstrumentID(0)])
  }

  @Test func `is refused where a held instrument is missing`() throws {
    let error = #expect(throws: PluginError.self) { try restore(saved(), [0, 2]) }
    #expect(error?.status == .configuration)
    #expect(error?.message.contains("a position of 10 in S1") == true)
  }

  @Test func `is refused in another currency`() throws {
    let error = #expect(throws: PluginError.self) { try restore(saved(), currency: "EUR") }
    #expect(error?.status == .configuration)
  }

  @Test func `is refused when a record is damaged, cut, missing or of another version`() throws {
    let whole = try saved().values
    for key in whole.keys.sorted() {
      for damage in [[], Array(whole[key]!.dropLast()), whole[key]! + [0]] {
        var values = whole
        values[key] = damage
        let error = #expect(throws: PluginError.self) { try restore(MemoryArchive(values)) }
        #expect(error?.status == .io && error?.message.contains(key) == true)
      }
      guard key.hasPrefix("order/") || key.hasPrefix("report/") else { continue }
      var values = whole
      values[key] = nil
      #expect(throws: PluginError.self) { try restore(MemoryArchive(values)) }
    }
    var newer = whole
    newer["account"]![0] = 2
    let error = #expect(throws: PluginError.self) { try restore(MemoryArchive(newer)) }
    #expect(error?.message.contains("expected format 1, found 2") == true)
  }

  @Test func `with arbitrary bytes never traps`() throws {
    let whole = try saved().values
    var dice = Dice(7)
    for _ in 0..<400 {
      var values = whole
      let key = dice.of(values.keys.sorted())
      let place = dice.below(values[key]!.count)
      values[key]![place] = UInt8(dice.below(256))
      _ = try? restore(MemoryArchive(values))
    }
  }
}
