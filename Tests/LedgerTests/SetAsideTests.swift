import Foundation
import Testing

@testable import Ledger
@testable import TradingCore

@Suite struct `Giving way to a new session` {
  private let story = Story(seed: 41, signals: 3)

  private func names(_ scratch: Scratch) -> [String] { scratch.contents.keys.sorted() }

  private func record(_ scratch: Scratch) throws {
    try Ledger.record(story, at: scratch.path())
    try PluginStateStore.open(Ledger.statePath(for: scratch.path()), run: "r", mustExist: false).close()
  }

  @Test func `ledger and state are kept under the next free number`() throws {
    let scratch = Scratch()
    #expect(try Ledger.setAside(scratch.path()) == nil)
    for number in 1...3 {
      try record(scratch)
      let before = scratch.contents["ledger.sqlite"]
      #expect(try Ledger.setAside(scratch.path())?.hasSuffix("/ledger.sqlite.\(number)") == true)
      #expect(scratch.contents["ledger.sqlite.\(number)"] == before)
    }
    #expect(names(scratch) == (1...3).flatMap { ["ledger.sqlite.\($0)", "ledger.sqlite.\($0)-state"] })
    #expect(try LedgerReader(scratch.path("ledger.sqlite.2")).verify().problems.isEmpty)
  }

  @Test func `what a killed host left in its log goes along`() throws {
    let scratch = Scratch()
    let ledger = try Ledger.open(scratch.path("running"))
    _ = try ledger.begin(story.session, wallTime: wall)
    try ledger.tell(story)
    // The files as they are while a host runs are those it leaves when it is killed.
    for suffix in ["", "-wal"] {
      try FileManager.default.copyItem(
        atPath: scratch.path("running\(suffix)"), toPath: scratch.path("ledger.sqlite\(suffix)"))
    }
    #expect(try Ledger.setAside(scratch.path()) != nil)
    let reader = try LedgerReader(scratch.path("ledger.sqlite.1"))
    #expect(try reader.session().records == UInt64(story.facts))
    #expect(try reader.verify().problems.isEmpty)
    ledger.close()
  }

  @Test func `state whose ledger is gone is kept too`() throws {
    let scratch = Scratch()
    try record(scratch)
    try FileManager.default.removeItem(atPath: scratch.path())
    #expect(try Ledger.setAside(scratch.path()) != nil)
    #expect(names(scratch) == ["ledger.sqlite.1-state"])
  }

  @Test func `a damaged ledger is kept as it is`() throws {
    let scratch = Scratch()
    try record(scratch)
    var bytes = try #require(scratch.contents["ledger.sqlite"])
    bytes.removeLast(5000)
    try bytes.write(to: URL(fileURLWithPath: scratch.path()))
    #expect(try Ledger.setAside(scratch.path()) != nil)
    #expect(scratch.contents["ledger.sqlite.1"] == bytes)
  }
}
