import Foundation
import Testing
import WharfABI

@Suite(.enabled(if: Tool.find("gcc") != nil, "gcc is missing"), .serialized)
struct `The plugin in plain C` {
  @Test func `is under 100 lines with its command, and exports the entry alone`() throws {
    let source = try String(contentsOfFile: MinimalCPlugin.folder + "/minimal.c", encoding: .utf8)
    #expect(source.split(separator: "\n", omittingEmptySubsequences: false).count <= 100)
    let command = try MinimalCPlugin.command()
    for flag in ["gcc", "-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-shared", "-fPIC"] {
      #expect(command.contains(flag))
    }
    let symbols = try MinimalCPlugin().inspect("nm", ["-D", "--defined-only"])
    #expect(symbols.split(separator: "\n").map { $0.split(separator: " ").last } == ["wharf_plugin_entry"])
  }

  @Test func `keeps no state outside its instances`() throws {
    let symbols = try MinimalCPlugin().inspect("nm", [])
    let own = symbols.split(separator: "\n").map { $0.split(separator: " ") }
      .filter { $0.count == 3 && "bBdD".contains($0[1]) }.map { $0[2] }
    let written = own.filter { !$0.hasPrefix("_") && !$0.hasPrefix("completed") }
    #expect(Set(written.map { $0.prefix { $0 != "." } }) == ["plugin", "strategy"])
  }

  @Test func `carries its manifest, whose option has the bounds of the code`() throws {
    let section = try MinimalCPlugin().inspect(
      "objcopy", ["-O", "binary", "--only-section=wharf_manifest"], "/dev/stdout")
    let manifest = try String(contentsOfFile: MinimalCPlugin.folder + "/manifest.json", encoding: .utf8)
    #expect(section == manifest)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(manifest.utf8)) as? [String: Any])
    #expect(object["id"] as? String == "minimal-c")
    #expect(object["roles"] as? [String] == ["strategy"])
    let option = try #require((object["options"] as? [[String: Any]])?.first)
    #expect(option["name"] as? String == "window")
    #expect(option["default"] as? String == "20")
    #expect(option["minimum"] as? String == "1")
    #expect(option["maximum"] as? String == "500")
  }

  @Test func `describes itself`() throws {
    let plugin = try MinimalCPlugin()
    #expect(plugin.descriptor.pointee.struct_size == UInt32(MemoryLayout<wharf_plugin>.size))
    #expect(plugin.descriptor.pointee.abi_major == UInt16(WHARF_ABI_MAJOR))
    #expect(plugin.strategy.pointee.struct_size == UInt32(MemoryLayout<wharf_strategy>.size))
    #expect(plugin.strategy.pointee.evaluate == nil && plugin.strategy.pointee.recheck == nil)
    for id in ["wharf.scanner/1", "wharf.strategy/2", "wharf.strategy/", ""] {
      #expect(MinimalCPlugin.table(id, of: plugin.descriptor) == nil)
    }
  }

  @Test func `buys above the highest close of the window and sells below the lowest`() throws {
    let run = MinimalCRun(try MinimalCPlugin(), FakeHost(["window": 3]), instruments: 1)
    #expect(run.status == WHARF_OK)
    let closes: [Double] = [10, 12, 11, 12, 12.5, 13, 11.5, 12, 11, 11, 10, 14]
    for (number, close) in closes.enumerated() { #expect(run.bar(Int64(number), close: close) == WHARF_OK) }
    let (enter, leave) = (Int32(WHARF_ACTION_ENTER_LONG), Int32(WHARF_ACTION_EXIT))
    #expect(
      run.wishes == [
        .init(bar: 4, instrument: 0, action: enter, quantity: 1_000_000_000, limit: 12),
        .init(bar: 6, instrument: 0, action: leave, quantity: 1_000_000_000, limit: 12),
        .init(bar: 11, instrument: 0, action: enter, quantity: 1_000_000_000, limit: 11),
      ])
    let (entry, exit) = (run.signals[0], run.signals[1])
    #expect(entry.struct_size == UInt32(MemoryLayout<wharf_signal>.size))
    #expect((entry.verdict, entry.order_type, entry.time_in_force) == (1, 1, 1))
    #expect(entry.flags == UInt32(WHARF_SIGNAL_OWN_SIZE) && exit.flags == UInt32(WHARF_SIGNAL_OWN_SIZE))
    #expect((entry.exit_reason, exit.exit_reason) == (0, Int32(WHARF_EXIT_STRATEGY)))
    #expect((entry.decided_at, entry.close, entry.score.isNaN) == (5, 12.5, true))
    #expect((entry.stop_price, entry.limit_price, entry.expires_at) == (0, 0, 0))
  }

  @Test(arguments: [1, 2, 5, 20, 500]) func `agrees with the rule on random walks of several instruments`(
    _ window: Int
  ) throws {
    let run = MinimalCRun(try MinimalCPlugin(), FakeHost(["window": Int64(window)]), instruments: 3)
    var generator = SplitMix(state: UInt64(window))
    var history = [[Double]](repeating: [], count: 3)
    var held = [Bool](repeating: false, count: 3)
    var expected: [MinimalCRun.Wish] = []
    for number in 0..<3_000 {
      let index = Int(generator.next() % 3)
      let last = history[index].last ?? 100
      let close = max(1, last + Double(Int(generator.next() % 21)) - 10 + 0.25 * Double(index))
      let channel = history[index].suffix(window)
      if channel.count == window {
        let (enter, leave) = (!held[index] && close > channel.max()!, held[index] && close < channel.min()!)
        if enter || leave {
          expected.append(
            .init(
              bar: Int64(number), instrument: UInt32(index), action: enter ? 1 : 2, quantity: 1_000_000_000,
              limit: enter ? channel.max()! : channel.min()!))
          held[index] = enter
        }
      }
      history[index].append(close)
      run.bar(Int64(number), instrument: UInt32(index), close: close)
    }
    #expect(run.wishes == expected)
    #expect(expected.count >= 3)
  }

  @Test(arguments: [nil, 0, -1, 501, Int64.max, Int64.min]) func `refuses a window it cannot use, and says so`(
    _ window: Int64?
  ) throws {
    let fake = FakeHost(window.map { ["window": $0] } ?? [:])
    let run = MinimalCRun(try MinimalCPlugin(), fake, instruments: 1)
    #expect(run.status == WHARF_E_CONFIGURATION)
    #expect(run.instance == nil)
    #expect(fake.log == ["window: expected a whole number from 1 to 500"])
  }

  @Test func `refuses a host without options, and bars of instruments it was not told of`() throws {
    let plugin = try MinimalCPlugin()
    #expect(MinimalCRun(plugin, FakeHost([:], offered: []), instruments: 1).status == WHARF_E_UNSUPPORTED)
    let run = MinimalCRun(plugin, FakeHost(["window": 2]), instruments: 2)
    #expect(run.bar(0, instrument: 2, close: 1) == WHARF_E_INVALID)
    #expect(run.bar(0, instrument: .max, close: 1) == WHARF_E_INVALID)
    let none = MinimalCRun(plugin, FakeHost(["window": 2]), instruments: 0)
    #expect(none.status == WHARF_OK)
    #expect(none.bar(0, close: 1) == WHARF_E_INVALID)
  }
}

/// Numbers from a seed.
struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
