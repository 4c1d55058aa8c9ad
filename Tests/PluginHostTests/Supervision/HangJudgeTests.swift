import Hashing
import Testing
import TradingTypes

@testable import PluginHost

@Suite struct `Calls that hang` {
  private let allowance = CallAllowance(nanoseconds: 1_000)
  private static let plugin = PluginIdentity(
    id: "tiny", version: "1.0.0", digest: Digest(bytes: [UInt8](repeating: 7, count: 32))!)

  private func running(_ call: PluginCall = .onBar, claim: UInt64 = 1, count: UInt32 = 1) -> RunningCall {
    RunningCall(plugin: Self.plugin, role: .strategy, call: call, claim: claim, count: count)
  }

  /// Samples one call every hundred nanoseconds; at which of them it was overdue, and at which hopeless.
  private func verdicts(
    _ samples: Int, excused: Range<Int> = 0..<0, _ call: (Int) -> RunningCall?
  ) -> (overdue: [Int], hopeless: [Int]) {
    var judge = HangJudge(allowance: allowance, interval: 100)
    var (overdue, hopeless): ([Int], [Int]) = ([], [])
    for sample in 0..<samples {
      let calls = call(sample).map { [$0] } ?? []
      for verdict in judge.look(at: calls, now: UInt64(sample) * 100, isExcused: excused.contains(sample)) {
        switch verdict {
        case .overdue: overdue.append(sample)
        case .hopeless: hopeless.append(sample)
        }
      }
    }
    return (overdue, hopeless)
  }

  @Test func `are told of once at the deadline and once when nobody waits any more`() {
    let found = verdicts(100) { _ in running() }
    #expect(found.overdue == [10])
    #expect(found.hopeless == [30])
  }

  @Test func `are not many short calls, nor those of the next instance in the same place`() {
    #expect(verdicts(100) { running(count: UInt32($0 / 9)) }.overdue.isEmpty)
    #expect(verdicts(100) { running(claim: UInt64($0 / 9)) }.overdue.isEmpty)
    #expect(verdicts(100) { $0 % 9 == 8 ? nil : running() }.overdue.isEmpty)
  }

  @Test func `take longer where they may, and a message holds nobody up`() {
    #expect(verdicts(200) { _ in running(.start) }.overdue == [60])
    #expect(verdicts(200) { _ in running(.read) }.overdue.isEmpty)
    let message = verdicts(400) { _ in running(.notify) }
    #expect(message.overdue == [60])
    #expect(message.hopeless.isEmpty)
  }

  @Test func `are not those that wait for the host`() {
    #expect(verdicts(100, excused: 5..<90) { _ in running() }.overdue == [95])
  }

  @Test func `are not those of a machine that slept`() {
    var judge = HangJudge(allowance: allowance, interval: 100)
    _ = judge.look(at: [running()], now: 0)
    #expect(judge.look(at: [running()], now: 1_000_000_000).isEmpty)
    #expect(judge.look(at: [running()], now: 1_000_000_100).isEmpty)
  }

  @Test func `are seen in the slots of instances, and no others`() throws {
    let calls = RunningCalls()
    let (a, b) = (calls.claim(Self.plugin, .strategy), calls.claim(Self.plugin, .scanner))
    let unwatched = calls.claim(Self.plugin, .strategy, isWatched: false)
    #expect(calls.sample().isEmpty)
    a.pointee.call = .onBar
    unwatched.pointee.call = .onBar
    #expect(calls.sample().map(\.name) == ["strategy.on_bar"])
    b.pointee.call = .finish
    calls.release(a)
    #expect(calls.sample().map(\.name) == ["scanner.finish"])
    calls.release(b)
    calls.release(unwatched)
    let again = calls.during(.entry, of: Self.plugin, .broker) { calls.sample() }
    #expect(again.map(\.name) == ["broker.entry"])
    #expect(calls.sample().isEmpty)
  }

  @Test func `get memory of their own where there are more instances than slots`() {
    let calls = RunningCalls()
    let states = (0..<(RunningCalls.Slot.count + 10)).map { _ in calls.claim(Self.plugin, .strategy) }
    #expect(Set(states).count == states.count)
    for state in states { state.pointee.call = .evaluate }
    #expect(calls.sample().count == RunningCalls.Slot.count - 1)
    for state in states { calls.release(state) }
    #expect(calls.sample().isEmpty)
  }
}

@Suite struct `The calls of a session that crashed` {
  private let plugin = PluginIdentity(
    id: "tiny", version: "1.0.0", digest: Digest(bytes: [UInt8](repeating: 7, count: 32))!)

  /// What a session leaves behind that crashed in a call.
  private func remains(signal: Int32) -> [UInt8] {
    let calls = RunningCalls()
    calls.claim(plugin, .scanner).pointee.call = .none
    calls.claim(plugin, .strategy).pointee.call = .recheck
    calls.region.storeBytes(of: signal, toByteOffset: RunningCalls.Header.signal, as: Int32.self)
    return Array(UnsafeRawBufferPointer(start: calls.region, count: RunningCalls.Slot.size * RunningCalls.Slot.count))
  }

  private func suspects(_ bytes: [UInt8]) -> [CrashSuspect] {
    bytes.withUnsafeBytes { CallFiles.suspects($0, Timestamp(nanoseconds: 5)) }
  }

  @Test func `name the suspect and the signal`() throws {
    let found = suspects(remains(signal: 11))
    #expect(found.map(\.call) == ["strategy.recheck"])
    #expect(found.map(\.plugin) == [plugin])
    let failure = try #require(found.first?.failure)
    #expect(failure.reason == "strategy.recheck: signal: ended the host by signal 11 (SIGSEGV)")
  }

  @Test func `accuse nobody when the session was killed`() throws {
    let suspect = try #require(suspects(remains(signal: 0)).first)
    #expect(suspect.failure == nil)
    #expect(
      suspect.description
        == "an earlier session was killed while plugin tiny 1.0.0 (070707070707) was in strategy.recheck")
  }

  @Test(arguments: 0..<300) func `are read whatever is in the file`(_ seed: Int) {
    var random = SeededGenerator(state: UInt64(seed))
    var bytes = remains(signal: 6)
    for _ in 0..<Int.random(in: 1...200, using: &random) {
      let place = Bool.random(using: &random) ? Int.random(in: 8..<2048, using: &random) : 512 + 64
      bytes[place] = UInt8.random(in: 0...255, using: &random)
    }
    bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random))
    for suspect in suspects(bytes) { #expect(!suspect.plugin.id.unicodeScalars.contains { $0.value < 32 }) }
  }
}
