import Testing
import WharfABI

@testable import Isolation

/// SplitMix64 (Steele, Lea, Flood 2014, doi:10.1145/2714064.2660195), so that a failure can be had again.
struct SeededNumbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}

/// What the other process sends is never more than data.
@Suite(.serialized) struct `Messages that nobody vouches for` {
  /// Calls of each shape, with what serves them: a sink, texts with a sink, bytes, and a place to write to.
  enum Sample: String, CaseIterable {
    case signal, text, put, account
  }

  /// A right message, and an end that can serve it.
  private static func sample(_ sample: Sample) throws -> (message: [UInt8], end: () throws -> TestEnd) {
    let caller = TestEnd()
    var result: UInt64 = 0
    let words: [UInt8] = Array("inputs and other words".utf8)
    words.withUnsafeBufferPointer { words in
      words.withMemoryRebound(to: CChar.self) { text in
        var sink = wharf_bytes_sink()
        sink.struct_size = UInt32(MemoryLayout<wharf_bytes_sink>.size)
        var account = wharf_account()
        var checks = [wharf_check](repeating: wharf_check(), count: 3)
        for index in checks.indices { (checks[index].name, checks[index].name_length) = (text.baseAddress, 6) }
        var fields = [wharf_field](repeating: wharf_field(), count: 4)
        for index in fields.indices {
          (fields[index].group, fields[index].group_length) = (text.baseAddress, 6)
          (fields[index].text, fields[index].text_length) = (text.baseAddress, UInt64(index * 5))
        }
        checks.withUnsafeBufferPointer { checks in
          fields.withUnsafeBufferPointer { fields in
            var signal = wharf_signal()
            (signal.checks, signal.check_count) = (checks.baseAddress, 3)
            (signal.fields, signal.field_count) = (fields.baseAddress, 4)
            (signal.code, signal.code_length) = (text.baseAddress, 9)
            let host: UInt = 1
            // The caller waits for an answer that does not come.
            switch sample {
            case .signal:
              withUnsafePointer(to: signal) { signal in
                try? caller.carry(
                  "wharf_strategy_sink.signal", [UInt(1 << 8), UInt(bitPattern: signal)], result: &result)
              }
            case .text:
              withUnsafePointer(to: sink) { sink in
                try? caller.carry(
                  "config.text", [host, UInt(bitPattern: text.baseAddress), 9, UInt(bitPattern: sink)], result: &result)
              }
            case .put:
              try? caller.carry(
                "state.put", [host, UInt(bitPattern: text.baseAddress), 3, UInt(bitPattern: text.baseAddress), 20],
                result: &result)
            case .account:
              withUnsafeMutablePointer(to: &account) { account in
                try? caller.carry("portfolio.account", [host, UInt(bitPattern: account)], result: &result)
              }
            }
          }
        }
      }
    }
    return (caller.script.outgoing, { try end(sample) })
  }

  /// An end with one table or sink in which the sample's function is; the others there are null.
  private static func end(_ sample: Sample) throws -> TestEnd {
    let end = TestEnd()
    let (name, code): (String, UnsafeRawPointer) =
      switch sample {
      case .signal: ("wharf_strategy_sink.signal", unsafeBitCast(Readers.signal, to: UnsafeRawPointer.self))
      case .text: ("config.text", unsafeBitCast(Readers.text, to: UnsafeRawPointer.self))
      case .put: ("state.put", unsafeBitCast(Readers.put, to: UnsafeRawPointer.self))
      case .account: ("portfolio.account", unsafeBitCast(Readers.account, to: UnsafeRawPointer.self))
      }
    let plan = try TestEnd.function(name).pointee
    tables.storeBytes(of: code, toByteOffset: plan.offset, as: UnsafeRawPointer.self)
    for offset in stride(from: 0, to: 256, by: 8) where offset != plan.offset {
      tables.storeBytes(of: 0, toByteOffset: offset, as: UInt64.self)
    }
    end.owner = UnsafeRawPointer(tables)
    if sample == .signal {
      _ = try end.lent.lend(tables, TestEnd.plans.shape(plan.structure), plan.structure, to: MessageBuffer())
    }
    return end
  }

  private nonisolated(unsafe) static let tables = UnsafeMutableRawPointer.allocate(byteCount: 256, alignment: 16)

  /// Serves until the end says that no more comes, or that something is wrong.
  private static func decision(_ end: TestEnd) -> CarriageFault {
    do throws(CarriageFault) { try end.serveForEver() } catch { return error }
  }

  @Test(arguments: Sample.allCases)
  func `are served when they are right`(_ sample: Sample) throws {
    let (message, make) = try Self.sample(sample)
    let end = try make()
    end.script.incoming = message
    let before = Readers.calls
    #expect(Self.decision(end) == .gone)
    #expect(Readers.calls == before + 1)
    #expect(end.script.outgoing.isEmpty == (sample == .signal))
  }

  @Test(arguments: Sample.allCases)
  func `lead to a decision and never to a crash, whatever is in them`(_ sample: Sample) throws {
    let (message, make) = try Self.sample(sample)
    var random = SeededNumbers(state: UInt64(sample.rawValue.utf8.reduce(7) { $0 * 31 + UInt64($1) }))
    let words: [UInt64] = [0, 1, 2, 3, 7, 8, 9, 255, 256, 65_536, .max, .max - 7, 1 << 31, 1 << 32, 1 << 62, 1 << 63]
    var refused = 0
    for _ in 0..<5000 {
      var changed = message
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0..<changed.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: changed[place] = UInt8.random(in: 0...255, using: &random)
        case 1: changed[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 2:
          let word = words.randomElement(using: &random)!
          for index in 0..<8 where place & ~7 + index < changed.count {
            changed[place & ~7 + index] = UInt8(truncatingIfNeeded: word >> UInt64(8 * index))
          }
        default:
          // Another length, said as it is: what is missing must be noticed inside.
          let length = max(16, (place + 7) & ~7)
          changed = Array((changed + message).prefix(length))
          for index in 0..<4 { changed[index] = UInt8(truncatingIfNeeded: length >> (8 * index)) }
        }
      }
      let end = try make()
      end.script.incoming = changed
      if case .garbage = Self.decision(end) { refused += 1 }
    }
    #expect(refused > 1000)
  }

  @Test func `lead to a decision when they are answers`() throws {
    var random = SeededNumbers(state: 11)
    let read = try TestEnd.function("market_data.read").pointee.number
    var refused = 0
    var bars = [wharf_bar](repeating: wharf_bar(), count: 8)
    for _ in 0..<5000 {
      let (count, isShort) = (UInt64.random(in: 0...12, using: &random), Bool.random(using: &random))
      let told = Bool.random(using: &random) ? count : random.next() >> UInt64.random(in: 0..<64, using: &random)
      let buffer = MessageBuffer()
      buffer.begin()
      try buffer.append(0)
      try buffer.append(told)
      _ = try buffer.extend(Int(count) * 64)
      try buffer.append(count)
      if isShort { _ = try buffer.extend(Int.random(in: 0..<3, using: &random) * 8) }
      let serial: UInt64 = Bool.random(using: &random) ? 1 : 2
      buffer.finish(.answer, function: read, serial: serial)
      let end = TestEnd()
      end.script.incoming = Array(buffer.bytes)
      var written: UInt64 = 0
      var result: UInt64 = 0
      bars.withUnsafeMutableBufferPointer { bars in
        withUnsafeMutablePointer(to: &written) { written in
          let arguments = [9, UInt(bitPattern: bars.baseAddress), 8, UInt(bitPattern: written)]
          do { try end.carry("market_data.read", arguments, result: &result) } catch { refused += 1 }
        }
      }
    }
    #expect(refused > 1000 && refused < 5000)
  }

  @Test func `lead to a decision when the ring itself is overwritten`() throws {
    let memory = UnsafeMutableRawPointer.allocate(byteCount: 4096 + SharedRing.capacity, alignment: 4096)
    memory.initializeMemory(as: UInt8.self, repeating: 0, count: 4096 + SharedRing.capacity)
    defer { memory.deallocate() }
    var random = SeededNumbers(state: 5)
    var refused = 0
    for _ in 0..<2000 {
      memory.storeBytes(of: UInt32.random(in: 1...(.max), using: &random), as: UInt32.self)
      let ring = SharedRing(control: memory, data: memory + 4096)
      let lane = RingLane(sending: ring, receiving: ring) { true }
      var clock = CallClock(limit: nil)
      do throws(CarriageFault) {
        _ = try lane.receive(MessageBuffer(), &clock)
      } catch {
        if case .garbage = error { refused += 1 }
      }
    }
    #expect(refused == 2000)
  }

  @Test(arguments: [
    ("short", 8, UInt32(1)), ("long", 65 << 20, 1), ("odd", 17, 1), ("of no kind", 16, 0), ("of another kind", 16, 99),
  ])
  func `are refused by their headers`(_ name: String, _ length: UInt32, _ kind: UInt32) throws {
    let end = TestEnd()
    end.script.incoming = [length, kind, 0, 0].flatMap { word in
      (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
    }
    guard case .garbage = Self.decision(end) else {
      Issue.record("\(name) was taken")
      return
    }
  }
}
