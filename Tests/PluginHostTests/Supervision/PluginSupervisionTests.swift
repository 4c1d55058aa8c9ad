import Hashing
import PluginHost
import Testing
import TradingTypes

/// An instant so many seconds after the beginning.
private func at(_ seconds: Int64) -> Timestamp { Timestamp(nanoseconds: 0).adding(seconds: seconds) }

@Suite struct `The supervision of a plugin` {
  @Test func `waits longer after each failure, on the road's own time`() {
    var plugin = PluginSupervision()
    #expect(plugin.fail(at: at(100), wall: at(5000)) == .waiting(until: at(101)))
    #expect(!plugin.isDue(at: at(100)))
    #expect(plugin.isDue(at: at(101)))
    #expect(plugin.replaced() == 2)
    #expect(plugin.fail(at: at(200), wall: at(5001)) == .waiting(until: at(204)))
    #expect(plugin.replaced() == 3)
    #expect(plugin.fail(at: at(300), wall: at(5002)) == .quarantined)
    #expect(!plugin.isDue(at: .distantFuture))
  }

  @Test func `waits no longer than the longest wait when failures stay apart`() {
    var plugin = PluginSupervision()
    var waits: [Int64] = []
    for failure: Int64 in 0..<6 {
      guard case .waiting(let until) = plugin.fail(at: at(0), wall: at(failure * 301)) else {
        Issue.record("quarantined by failures five minutes apart")
        return
      }
      waits.append(until.seconds)
      plugin.replaced()
    }
    #expect(waits == [1, 4, 16, 64, 64, 64])
  }

  @Test func `counts failures of earlier lives and of other sessions`() {
    var restarted = PluginSupervision(earlier: [at(10), at(20)])
    #expect(restarted.fail(at: at(0), wall: at(30)) == .quarantined)
    var elsewhere = PluginSupervision()
    #expect(elsewhere.fail(at: at(0), wall: at(30), others: [at(29), at(28)]) == .quarantined)
    var long = PluginSupervision(earlier: [at(10), at(20)])
    #expect(long.fail(at: at(0), wall: at(620)) != .quarantined)
  }

  @Test func `counts a failure once, whoever tells of it`() {
    var plugin = PluginSupervision()
    plugin.fail(at: at(0), wall: at(1))
    plugin.replaced()
    #expect(plugin.fail(at: at(0), wall: at(2), others: [at(1)]) != .quarantined)
  }

  @Test func `a clock that went back never frees a plugin`() {
    var plugin = PluginSupervision(earlier: [at(9000), at(9001)])
    #expect(plugin.fail(at: at(0), wall: at(10)) == .quarantined)
  }

  @Test func `starts afresh when a person releases it`() {
    var plugin = PluginSupervision(earlier: [at(1), at(2)])
    plugin.fail(at: at(50), wall: at(3))
    plugin.release(at: at(60))
    #expect(plugin.isDue(at: at(60)))
    #expect(plugin.failures.isEmpty)
    plugin.replaced()
    #expect(plugin.fail(at: at(70), wall: at(4)) == .waiting(until: at(71)))
  }

  @Test func `goes on with the epoch an earlier life of the session had reached`() {
    var plugin = PluginSupervision()
    plugin.resume(epoch: 3, failedAt: at(5))
    #expect(!plugin.isDue(at: at(5)) && plugin.isDue(at: at(6)))
    #expect(plugin.replaced() == 4)
    plugin.resume(epoch: 6, failedAt: nil)
    #expect(plugin.state == .running && plugin.epoch == 6)
  }

  /// Against the rule as it is written: three failures within ten minutes of the wall clock.
  @Test(arguments: 0..<200) func `agrees with its rule in any sequence`(_ seed: Int) {
    var random = SeededGenerator(state: UInt64(seed))
    var plugin = PluginSupervision()
    var (road, wall): (Int64, Int64) = (0, 0)
    var walls: [Int64] = []
    var epochs: Set<UInt32> = [1]
    for _ in 0..<40 {
      road += Int64.random(in: 0...20, using: &random)
      wall += Int64.random(in: 0...700, using: &random)
      let (before, state) = (plugin.epoch, plugin.state)
      switch Int.random(in: 0..<10, using: &random) {
      case 0..<5:
        let after = plugin.fail(at: at(road), wall: at(wall))
        guard state != .quarantined else {
          #expect(after == .quarantined && plugin.epoch == before)
          continue
        }
        walls.append(wall)
        #expect((after == .quarantined) == (walls.count { $0 + 600 > wall } >= 3), "\(walls)")
        if case .waiting(let until) = after {
          #expect(until > at(road) && until <= at(road + 64))
        }
        #expect(plugin.epoch == before + (state == .running ? 0 : 1))
      case 5..<9 where plugin.isDue(at: at(road)):
        #expect(epochs.insert(plugin.replaced()).inserted || before != plugin.epoch, "an epoch is never used twice")
        #expect(plugin.state == .running)
      case 9:
        plugin.release(at: at(road))
        if state == .quarantined { walls = [] }
        #expect(plugin.state == (state == .quarantined ? .waiting(until: at(road)) : state))
      default: #expect(plugin.state == state)
      }
      #expect(plugin.epoch >= before)
    }
  }
}

@Suite struct `The record of failures` {
  private func failure(_ seconds: Int64, id: String = "tiny", digest: UInt8 = 1) -> PluginFailure {
    PluginFailure(
      plugin: PluginIdentity(id: id, version: "1.0.0", digest: Digest(bytes: [UInt8](repeating: digest, count: 32))!),
      call: "strategy.on_bar", kind: .signal, detail: "ended by signal 11 (SIGSEGV)", time: at(seconds))
  }

  @Test func `says who failed, where and how in one line`() {
    #expect(
      failure(0).description
        == "plugin failure: tiny 1.0.0 (010101010101), instance 1: strategy.on_bar: signal: ended by signal 11 (SIGSEGV)"
    )
  }

  @Test func `quarantines one file of a plugin, says why, and lets it go when it is told to`() throws {
    var book = FailureBook()
    #expect(book.record(failure(1)) != .quarantined)
    #expect(book.record(failure(2)) != .quarantined)
    #expect(book.record(failure(3, digest: 2)) != .quarantined, "a file built anew starts afresh")
    #expect(book.record(failure(4, id: "other")) != .quarantined)
    #expect(book.record(failure(5)) == .quarantined)
    let file = failure(0).plugin
    let quarantine = try #require(book.quarantine("tiny", file.digest))
    #expect(
      quarantine.reason
        == "quarantined: failed 3 times within 10 minutes, last at 1970-01-01T00:00:05Z: "
        + "strategy.on_bar: signal: ended by signal 11 (SIGSEGV)")
    #expect(book.quarantine("tiny", failure(0, digest: 2).plugin.digest) == nil)
    #expect(book.release("other").isEmpty)
    #expect(book.release("tiny") == [quarantine])
    #expect(!book.mayQuarantine("tiny"))
    #expect(book.record(failure(6)) != .quarantined, "what was before the release does not count")
    #expect(book.entries.count == 6, "and stays on record")
  }

  @Test func `keeps a bounded number of failures for each plugin, the latest`() {
    var book = FailureBook()
    for second in 0..<100 { book.record(failure(Int64(second) * 10_000)) }
    book.record(failure(7, id: "other"))
    #expect(book.entries.count == FailureBook.entriesPerPlugin + 1)
    #expect(book.entries.first?.failure.time == at(800_000))
  }

  @Test(
    arguments: [
      ("", "line 1, column 1"), ("[]", "file"), ("{}", "schema"), (#"{"schema":2}"#, "schema"),
      (#"{"schema":1,"failures":1}"#, "failures"), (#"{"schema":1,"failures":[1],"quarantines":[]}"#, "failures[0]"),
      (#"{"schema":1,"failures":[],"quarantines":[{"sha256":"00"}]}"#, "quarantines[0].sha256"),
      (#"{"schema":1,"failures":[],"quarantines":[{}]}"#, "quarantines[0].sha256"),
    ])
  func `that is torn or strange is refused with its place`(_ text: String, _ place: String) {
    #expect { try FailureBook(reading: Array(text.utf8)) } throws: { ($0 as? FailureBook.Unreadable)?.place == place }
  }
}
