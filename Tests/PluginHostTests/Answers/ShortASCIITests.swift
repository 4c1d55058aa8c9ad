import Testing

@testable import PluginHost

@Suite struct `Short texts of a plugin` {
  private func read(_ bytes: [UInt8], isLayoutKnown: Bool = ShortASCII.isStringLayoutKnown) -> String? {
    // Copied into memory of exactly their size, so that reading behind them is found by tools that look for it.
    let memory = UnsafeMutableBufferPointer<CChar>.allocate(capacity: bytes.count)
    defer { memory.deallocate() }
    _ = memory.initialize(from: bytes.map { CChar(bitPattern: $0) })
    return ShortASCII(memory.baseAddress, UInt64(bytes.count))?.string(isLayoutKnown: isLayoutKnown)
  }

  @Test(arguments: 0...17)
  func `are what the ordinary way makes of them`(_ count: Int) {
    for start in 0x21...0x7e {
      let bytes = (0..<count).map { UInt8(0x21 + (start - 0x21 + 31 * $0) % 94) }
      let ordinary = String(decoding: bytes, as: UTF8.self)
      let text = read(bytes)
      #expect(text == ((1...15).contains(count) ? ordinary : nil))
      guard let text else { continue }
      #expect(text == read(bytes, isLayoutKnown: false))
      #expect(Array(text.utf8) == bytes)
      #expect(text.hashValue == ordinary.hashValue)
      #expect(text + "…" == ordinary + "…")
      #expect([text: 1][ordinary] == 1)
    }
  }

  @Test(arguments: 1...15)
  func `are left to the other way when a byte is not visible ASCII`(_ count: Int) {
    for place in 0..<count {
      for byte in UInt8.min...UInt8.max {
        var bytes = [UInt8](repeating: UInt8(ascii: "x"), count: count)
        bytes[place] = byte
        #expect((read(bytes) != nil) == (0x21...0x7e).contains(byte))
      }
    }
  }

  @Test(arguments: 1...15)
  func `are names when they are small letters, digits and _ only`(_ count: Int) {
    for place in 0..<count {
      for byte in UInt8(0x21)...0x7e {
        var bytes = (0..<count).map { Array("az09_".utf8)[$0 % 5] }
        bytes[place] = byte
        let isName = bytes.withUnsafeBytes { bytes in
          bytes.withMemoryRebound(to: CChar.self) { ShortASCII($0.baseAddress, UInt64(count))?.isName }
        }
        let character = Character(UnicodeScalar(byte))
        #expect(isName == (character.isLowercase || character.isNumber || character == "_"), "\(bytes)")
      }
    }
  }

  @Test func `are made of words where strings are laid out as expected`() { #expect(ShortASCII.isStringLayoutKnown) }

  @Test func `are nothing at a null address`() { #expect(ShortASCII(nil, 3)?.string(isLayoutKnown: true) == nil) }
}
