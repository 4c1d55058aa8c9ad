import Foundation
import Isolation
import PluginHost
import Synchronization
import Testing
import TradingCore
import TradingTypes

/// What a plugin did to its process, and what the host must say of it.
struct Misdeed: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var volume: Double
  var kind: RunnerFailure.Kind
  var detail: String
  var call = "strategy.on_bar"

  static let all = [
    Misdeed(
      testDescription: "a crash", volume: RoughStrategy.crashes, kind: .signal(11),
      detail: "ended by signal 11 (SIGSEGV)"),
    Misdeed(
      testDescription: "an abort", volume: RoughStrategy.aborts, kind: .signal(6), detail: "ended by signal 6 (SIGABRT)"
    ),
    Misdeed(
      testDescription: "an exit", volume: RoughStrategy.exits, kind: .exit(3), detail: "ended itself with status 3"),
    Misdeed(
      testDescription: "a loop", volume: RoughStrategy.loops, kind: .timeout, detail: "did not answer in time"),
    Misdeed(
      testDescription: "a loop that logs", volume: RoughStrategy.logsWithoutEnd, kind: .timeout,
      detail: "did not answer in time"),
    Misdeed(
      testDescription: "garbage for the threads' channel", volume: RoughStrategy.floodsSocket, kind: .garbage,
      detail: "sent a message of kind", call: "a thread of the plugin"),
  ]
}

@Suite struct `A plugin in a process of its own` {
  /// Failures and output of one process.
  final class Told: Sendable {
    let failures = Mutex<[RunnerFailure]>([])
    let lines = Mutex<[String]>([])
    let failed = DispatchSemaphore(value: 0)
    let printed = DispatchSemaphore(value: 0)
  }

  let folder: TemporaryFolder
  let file: PluginFile
  let recorder = Recorder()
  let told = Told()

  init() throws {
    folder = try TemporaryFolder()
    try CPlugin.build(
      "fixture.so", in: folder.path, source: RoughStrategy.source,
      manifest: CPlugin.manifest(["options": RoughStrategy.options]), flags: ["-pthread"])
    file = try #require(PluginDirectory.list([folder.searched], environment: [:]).first)
  }

  private func image(prompt: Int64 = 20_000_000_000) throws -> PluginImage {
    let told = told
    return try IsolatedImage.load(file) { options in
      options.deadlines.prompt = prompt
      options.failure = { _, failure in
        told.failures.withLock { $0.append(failure) }
        told.failed.signal()
      }
      options.output = { line in
        told.lines.withLock { $0.append(line) }
        told.printed.signal()
      }
    }
  }

  private func strategy(_ image: PluginImage) throws -> StrategyInstance {
    let strategy = try StrategyInstance(image, recorder.services(image, clock: RoadClock(Timestamp(nanoseconds: 5))))
    try strategy.start(instruments(1), decideFrom: .distantPast, isExplaining: false)
    return strategy
  }

  private func offer(_ strategy: StrategyInstance, _ volume: Double) -> CallOutcome {
    strategy.onBar(bar(volume: volume), isSessionFirst: true, isSessionLast: true)
  }

  @Test(arguments: Misdeed.all)
  func `ends without harm to the host, and the failure is attributed`(_ misdeed: Misdeed) throws {
    let image = try image(prompt: misdeed.kind == .timeout ? 200_000_000 : 20_000_000_000)
    let strategy = try strategy(image)
    #expect(offer(strategy, RoughStrategy.logs) == .ok)
    #expect(offer(strategy, misdeed.volume) == .stopped)
    #expect(told.failed.wait(timeout: .now() + 60) == .success)
    let failure = try #require(told.failures.withLock { $0.first })
    #expect(failure.kind == misdeed.kind)
    #expect(failure.detail.hasPrefix(misdeed.detail), "\(failure.detail)")
    #expect(failure.call == misdeed.call)
    #expect(failure.epoch == image.runnerEpoch)
    #expect(failure.processIdentifier == image.processIdentifier)
    #expect(image.isOver)
    #expect(recorder.messages.last == "strategy.on_bar: status: expected ok, found fault")
    // It left no zombie.
    #expect(kill(failure.processIdentifier, 0) == -1)
  }

  @Test func `answers every later call with a fault, and tells of one failure`() throws {
    let image = try image()
    let (first, second) = (try strategy(image), try strategy(image))
    #expect(offer(first, RoughStrategy.crashes) == .stopped)
    #expect(offer(second, RoughStrategy.logs) == .stopped)
    let error = try #require(throws: PluginFault.self) { try strategy(image) }
    #expect(error.found == "fault")
    #expect(told.failures.withLock { $0.count } == 1)
  }

  @Test func `is replaced by one that nothing of the earlier one reaches`() throws {
    let (first, second) = (try image(), try image())
    #expect(try #require(second.runnerEpoch) > #require(first.runnerEpoch))
    let (early, late) = (try strategy(first), try strategy(second))
    #expect(offer(early, RoughStrategy.crashes) == .stopped)
    recorder.clear()
    #expect(offer(late, RoughStrategy.logs) == .ok)
    #expect(recorder.lines.map(\.text) == ["a line"])
    #expect(!second.isOver)
    #expect(offer(early, RoughStrategy.logs) == .stopped)
    #expect(recorder.lines.count == 1)
  }

  @Test func `has logged what it logged before it ended`() throws {
    let strategy = try strategy(image())
    #expect(offer(strategy, RoughStrategy.logsThenCrashes) == .stopped)
    #expect(recorder.lines.map(\.text) == ["the last words"])
  }

  @Test func `cannot use a sink that it kept`() throws {
    let strategy = try strategy(image())
    #expect(offer(strategy, RoughStrategy.keepsSink) == .ok)
    let fill = FillNotice(
      instrument: InstrumentID(0), side: .buy, exitReason: nil, signalBar: Timestamp(nanoseconds: 1),
      time: Timestamp(nanoseconds: 2), price: Price(nanos: 3), quantity: Quantity(nanos: 4),
      position: Quantity(nanos: 4))
    #expect(strategy.onFill(fill) == .stopped)
    #expect(told.failures.withLock { $0.first?.call } == "strategy.on_fill")
    #expect(told.failures.withLock { $0.first?.detail } == "sent a sink that this call was not given")
  }

  @Test func `may give more answers in one call than its channel holds`() throws {
    let strategy = try strategy(image())
    #expect(offer(strategy, RoughStrategy.signals) == .answerRefused)
    #expect(strategy.faultCount == 40_000)
  }

  @Test func `may call the host from a thread of its own`() throws {
    let strategy = try strategy(image())
    #expect(offer(strategy, RoughStrategy.asksFromThread) == .ok)
    // The clock says 5, the option is five bytes long.
    #expect(recorder.lines.map(\.text).sorted() == ["10", "from a thread"])
  }

  @Test func `has its output told, and none of it where the host writes`() throws {
    let strategy = try strategy(image())
    #expect(offer(strategy, RoughStrategy.prints) == .ok)
    for _ in 0..<2 { #expect(told.printed.wait(timeout: .now() + 60) == .success) }
    #expect(told.lines.withLock { $0 } == ["to the output", "to the errors"])
  }

  @Test func `ends with the last instance and the image`() throws {
    var image: PluginImage? = try image()
    let process = try #require(image?.processIdentifier)
    var first: StrategyInstance? = try strategy(#require(image))
    image = nil
    #expect(kill(process, 0) == 0)
    #expect(offer(try #require(first), RoughStrategy.logs) == .ok)
    first = nil
    #expect(kill(process, 0) == -1)
    #expect(told.failures.withLock { $0.isEmpty })
  }
}
