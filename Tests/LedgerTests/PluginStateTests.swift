import CSQLite
import Foundation
import Testing

@testable import Ledger

@Suite struct `What plugins keep` {
  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  private func open(_ scratch: Scratch, run: String = "r", mustExist: Bool = false) throws(LedgerError)
    -> PluginStateStore
  {
    try PluginStateStore.open(scratch.path("state"), run: run, mustExist: mustExist)
  }

  @Test func `changes are seen at once and durable with the commit`() throws {
    let scratch = Scratch()
    let store = try open(scratch)
    try store.put(plugin: "paper", key: bytes("a"), value: bytes("1"))
    try store.commit(plugin: "paper")
    try store.put(plugin: "paper", key: bytes("a"), value: bytes("2"))
    try store.put(plugin: "paper", key: bytes("b"), value: [])
    #expect(try store.get(plugin: "paper", key: bytes("a")) == bytes("2"))
    #expect(try store.get(plugin: "paper", key: bytes("b")) == [])
    store.close()
    let again = try open(scratch, mustExist: true)
    #expect(try again.get(plugin: "paper", key: bytes("a")) == bytes("1"))
    #expect(try again.get(plugin: "paper", key: bytes("b")) == nil)
    again.remove(plugin: "paper", key: bytes("a"))
    again.remove(plugin: "paper", key: bytes("never"))
    #expect(try again.get(plugin: "paper", key: bytes("a")) == nil)
    try again.put(plugin: "paper", key: bytes("b"), value: [])
    try again.commit(plugin: "paper")
    again.close()
    let third = try open(scratch)
    #expect(try third.get(plugin: "paper", key: bytes("a")) == nil)
    #expect(try third.get(plugin: "paper", key: bytes("b")) == [])
  }

  @Test func `plugins neither see nor commit each other's changes`() throws {
    let scratch = Scratch()
    let store = try open(scratch)
    try store.put(plugin: "a", key: bytes("k"), value: bytes("1"))
    try store.put(plugin: "b", key: bytes("k"), value: bytes("2"))
    try store.commit(plugin: "b")
    #expect(try store.get(plugin: "a", key: bytes("k")) == bytes("1"))
    store.discard(plugin: "a")
    #expect(try store.get(plugin: "a", key: bytes("k")) == nil)
    #expect(try store.keys(plugin: "a", prefix: []) == [])
    #expect(try store.get(plugin: "b", key: bytes("k")) == bytes("2"))
  }

  @Test func `keys come by prefix, ascending by byte, whatever the bytes`() throws {
    let scratch = Scratch()
    let store = try open(scratch)
    let keys: [[UInt8]] = [
      [0], [0x6F], [0x6F, 0], [0x6F, 0xFF], [0x6F, 0xFF, 1], [0x70], [0xC3, 0xA9], [0x65, 0xCC, 0x81],
    ]
    for (index, key) in keys.enumerated() {
      try store.put(plugin: "p", key: key, value: [UInt8(index)])
      if index % 2 == 0 { try store.commit(plugin: "p") }
    }
    store.remove(plugin: "p", key: [0x6F, 0xFF])
    let sorted = keys.sorted { $0.lexicographicallyPrecedes($1) }.filter { $0 != [0x6F, 0xFF] }
    #expect(try store.keys(plugin: "p", prefix: []) == sorted)
    #expect(try store.keys(plugin: "p", prefix: [0x6F]) == [[0x6F], [0x6F, 0], [0x6F, 0xFF, 1]])
    #expect(try store.keys(plugin: "p", prefix: [0x6F, 0xFF]) == [[0x6F, 0xFF, 1]])
    #expect(try store.keys(plugin: "p", prefix: [0x71]).isEmpty)
    for (index, key) in keys.enumerated() where key != [0x6F, 0xFF] {
      #expect(try store.get(plugin: "p", key: key) == [UInt8(index)])
    }
  }

  @Test func `keys and values have their limits`() throws {
    let store = try open(Scratch())
    try store.put(plugin: "p", key: [UInt8](repeating: 1, count: 128), value: [UInt8](repeating: 7, count: 1 << 20))
    try store.commit(plugin: "p")
    for (key, value) in [
      ([], []), ([UInt8](repeating: 1, count: 129), []), ([1], [UInt8](repeating: 7, count: 1 << 20 + 1)),
    ] {
      let error = #expect(throws: LedgerError.self) { try store.put(plugin: "p", key: key, value: value) }
      #expect(error?.code == .invalidRecord)
    }
  }

  @Test func `the state of another run is refused and stays as it is`() throws {
    let scratch = Scratch()
    let store = try open(scratch)
    try store.put(plugin: "p", key: [1], value: [1])
    try store.commit(plugin: "p")
    store.close()
    let before = scratch.contents
    let error = #expect(throws: LedgerError.self) { try open(scratch, run: "other") }
    #expect(error?.code == .otherSession && error?.expected == "run other" && error?.found == "run r")
    #expect(scratch.contents == before)
  }

  @Test func `state that must be there and is not is refused`() throws {
    let scratch = Scratch()
    let error = #expect(throws: LedgerError.self) { try open(scratch, mustExist: true) }
    #expect(error?.code == .notFound)
    #expect(scratch.contents.isEmpty)
    try Data().write(to: URL(fileURLWithPath: scratch.path("state")))
    #expect(throws: LedgerError.self) { try open(scratch, mustExist: true) }
  }

  @Test func `two hosts never share it`() throws {
    let scratch = Scratch()
    let store = try open(scratch)
    let error = #expect(throws: LedgerError.self) { try open(scratch) }
    #expect(error?.code == .inUse)
    store.close()
    _ = try open(scratch)
    #expect(throws: LedgerError.self) { try store.get(plugin: "p", key: [1]) }
  }

  @Test(arguments: [FaultyDisk.Fault.from(SQLITE_FULL), .from(SQLITE_IOERR), .powerCut])
  func `whichever write fails, a commit is there whole or not at all`(_ fault: FaultyDisk.Fault) throws {
    var random = Seeded(7)
    var operation = 0
    while true {
      operation += 1
      let scratch = Scratch()
      let disk = FaultyDisk()
      disk.arm(fault, at: operation)
      var durable: UInt8 = 0
      do throws(LedgerError) {
        let store = try PluginStateStore(
          scratch.path("state"), run: "r", mustExist: false, .init(vfs: disk.name, schema: .pluginState))
        defer { store.close() }
        for round in 1...UInt8(5) {
          for key in 1...UInt8(20) {
            try store.put(plugin: "p", key: [key], value: [UInt8](repeating: round, count: 300))
          }
          try store.commit(plugin: "p")
          durable = round
        }
      } catch {
        #expect(error.code == .diskFull || error.code == .inputOutput, "operation \(operation): \(error)")
      }
      if disk.operations < operation { break }
      if disk.isOff { disk.loseUnsynchronised(&random) }
      let store = try open(scratch)
      let values = try (1...UInt8(20)).map { try store.get(plugin: "p", key: [$0])?.first ?? 0 }
      #expect(Set(values).count == 1 && values[0] >= durable, "operation \(operation): \(values)")
    }
    #expect(operation > 10)
  }
}
