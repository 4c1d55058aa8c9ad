import CommandLineKit
import Glibc

/// A pipe whose ends close with it.
final class TestPipe {
  private(set) var readEnd: Int32
  private(set) var writeEnd: Int32

  init() {
    var ends: [Int32] = [-1, -1]
    precondition(pipe(&ends) == 0)
    (readEnd, writeEnd) = (ends[0], ends[1])
  }

  deinit {
    closeReadEnd()
    closeWriteEnd()
  }

  func closeReadEnd() {
    if readEnd >= 0 { close(readEnd) }
    readEnd = -1
  }

  func closeWriteEnd() {
    if writeEnd >= 0 { close(writeEnd) }
    writeEnd = -1
  }

  func send(_ bytes: [UInt8]) { precondition(write(writeEnd, bytes, bytes.count) == bytes.count) }

  func send(_ text: String) { send(Array(text.utf8)) }

  /// Closes the write end and gives all that was written; at most what a pipe holds.
  func contents() -> String {
    closeWriteEnd()
    return String(decoding: Self.readAll(from: readEnd), as: UTF8.self)
  }

  static func readAll(from descriptor: Int32) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while case let count = read(descriptor, &buffer, buffer.count), count > 0 { bytes += buffer[..<count] }
    return bytes
  }
}

/// A small seeded generator (SplitMix64), so that a property test tries the same cases every time.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A text of up to `length` scalars, rich in control characters, quotes, wide characters and combining marks.
  mutating func text(upTo length: Int) -> String {
    var scalars = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...length, using: &self) {
      let ranges: [ClosedRange<UInt32>] = [
        0...0x1F, 0x20...0x7E, 0x22...0x22, 0x5C...0x5C, 0x7F...0x9F, 0xA0...0x7FF, 0x300...0x36F, 0x2028...0x2029,
        0x4E00...0x9FFF, 0xE000...0xFFFF, 0x1F300...0x1F9FF, 0x10000...0x10FFFF,
      ]
      let value = UInt32.random(in: ranges.randomElement(using: &self)!, using: &self)
      if let scalar = Unicode.Scalar(value) { scalars.append(scalar) }
    }
    return String(scalars)
  }
}

/// A clock that stands still until it is told to go on.
final class ManualClock: @unchecked Sendable {
  // Safe: each test uses its clock from one thread only.
  var nanoseconds: UInt64 = 0
}

extension TerminalCapabilities {
  static let terminal80 = TerminalCapabilities(isTerminal: true, columns: 80, showsStyle: false, redraws: true)
  static let colourful = TerminalCapabilities(isTerminal: true, columns: 80, showsStyle: true, redraws: true)
}
