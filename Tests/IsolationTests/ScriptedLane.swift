import Testing
import WharfABI

@testable import Isolation

/// A lane whose other end says what the test says, and that keeps what it is given.
final class ScriptedLane: Lane {
  var incoming: [UInt8] = []
  var outgoing: [UInt8] = []

  override func send(
    _ bytes: UnsafeRawBufferPointer, isAwaited: Bool, _ clock: inout CallClock
  ) throws(CarriageFault) {
    outgoing += bytes
  }

  override func receive(
    into bytes: UnsafeMutableRawPointer, _ count: Int, _ clock: inout CallClock
  ) throws(CarriageFault) {
    guard count <= incoming.count else { throw .gone }
    incoming.withUnsafeBytes { bytes.copyMemory(from: $0.baseAddress!, byteCount: count) }
    incoming.removeFirst(count)
  }
}

/// One end of a channel with one host, one instance and tables whose functions read all they are given.
final class TestEnd: Carrier {
  static let plans = CallPlans.with(.usual)
  let script = ScriptedLane()
  var owner: UnsafeRawPointer?

  init() { super.init(TestEnd.plans, script) }

  override func code(_ function: Int) -> UnsafeRawPointer {
    unsafeBitCast(Readers.nothing, to: UnsafeRawPointer.self)
  }
  override func sendHost(_ host: UnsafeRawPointer?, _ buffer: MessageBuffer) throws(CarriageFault) -> UInt64 { 7 }
  override func receiveHost(
    _ name: UInt64, _ reader: inout MessageReader
  ) throws(CarriageFault) -> UnsafeRawPointer? {
    guard name == 7 else { throw .garbage("a host that is not there") }
    return owner
  }
  override func receiveHandle(_ name: UInt64) throws(CarriageFault) -> UnsafeRawPointer? {
    guard name == 9 else { throw .garbage("an instance that is not there") }
    return owner
  }
  override func nameHandle() throws(CarriageFault) -> UInt64 { 9 }
  override func owner(_ plan: UnsafePointer<CallPlan>) throws(CarriageFault) -> UnsafeRawPointer {
    guard let owner else { throw .garbage("nothing is there") }
    return owner
  }

  /// The number of a function.
  static func function(_ name: String) throws -> UnsafePointer<CallPlan> {
    plans[try #require(plans.description.functions.firstIndex { $0.name == name })]
  }

  /// Makes a call with these arguments, each in a word.
  func carry(_ name: String, _ arguments: [UInt], result: UnsafeMutablePointer<UInt64>) throws {
    let words = UnsafeMutablePointer<UInt>.allocate(capacity: arguments.count)
    words.initialize(from: arguments, count: arguments.count)
    let places = UnsafeMutablePointer<UnsafeMutableRawPointer?>.allocate(capacity: arguments.count)
    for index in arguments.indices { (places + index).initialize(to: words + index) }
    defer {
      words.deallocate()
      places.deallocate()
    }
    var clock = CallClock(limit: nil)
    try carry(TestEnd.function(name), result, places, &clock)
  }
}

/// Functions that read every byte they were given, so that a wrong pointer is noticed.
enum Readers {
  nonisolated(unsafe) static var sum: UInt64 = 0
  nonisolated(unsafe) static var calls = 0

  static let nothing: @convention(c) () -> Void = {}

  private static func read(_ text: UnsafePointer<CChar>?, _ length: UInt64) {
    guard let text else { return }
    for index in 0..<Int(length) { sum &+= UInt64(UInt8(bitPattern: text[index])) }
  }

  static let signal: @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<wharf_signal>?) -> Void = { _, signal in
    calls += 1
    guard let signal = signal?.pointee else { return }
    read(signal.code, signal.code_length)
    read(signal.text, signal.text_length)
    if let checks = signal.checks {
      for index in 0..<Int(signal.check_count) {
        read(checks[index].name, checks[index].name_length)
        read(checks[index].note, checks[index].note_length)
      }
    }
    if let fields = signal.fields {
      for index in 0..<Int(signal.field_count) {
        read(fields[index].group, fields[index].group_length)
        read(fields[index].name, fields[index].name_length)
        read(fields[index].text, fields[index].text_length)
      }
    }
  }

  static let text:
    @convention(c) (
      UnsafePointer<wharf_host>?, UnsafePointer<CChar>?, UInt64, UnsafePointer<wharf_bytes_sink>?
    ) -> wharf_status = { _, name, length, sink in
      calls += 1
      read(name, length)
      if let sink { sum &+= UInt64(sink.pointee.struct_size) }
      return 0
    }

  static let put:
    @convention(c) (
      UnsafePointer<wharf_host>?, UnsafePointer<CChar>?, UInt64, UnsafeRawPointer?, UInt64
    ) -> wharf_status = { _, key, keyLength, value, valueLength in
      calls += 1
      read(key, keyLength)
      read(value?.assumingMemoryBound(to: CChar.self), valueLength)
      return 0
    }

  static let account:
    @convention(c) (UnsafePointer<wharf_host>?, UnsafeMutablePointer<wharf_account>?) -> wharf_status = { _, out in
      calls += 1
      out?.pointee.equity = 5
      return 0
    }
}
