import Foundation
import Testing

@testable import ReplayLogic

@Suite struct `Where packed bars lie` {
  @Test(arguments: [0, 1, 100])
  func `blocks come back from memory and from the temporary file`(_ resident: Int) throws {
    let store = BlockStore(residentChunks: resident)
    var random = SplitMix(seed: 3)
    var places: [(BlockStore.Place, UInt8, Int)] = []
    for index in 0..<600 {
      let length = 1 + Int(random.next(below: 20_000))
      let block = [UInt8](repeating: UInt8(index % 251), count: length)
      places.append((block.withUnsafeBytes { store.append($0) }, UInt8(index % 251), length))
    }
    let scratch = UnsafeMutableRawPointer.allocate(byteCount: 20_001, alignment: 16)
    defer { scratch.deallocate() }
    for (place, byte, length) in places.shuffled(using: &random) {
      let block = try #require(store.read(place, scratch: scratch))
      #expect(UnsafeRawBufferPointer(start: block, count: length).allSatisfy { $0 == byte })
    }
  }

  @Test func `without a folder for the temporary file everything stays in memory`() throws {
    let store = BlockStore(residentChunks: 0, folders: ["/nowhere"])
    let block = [UInt8](repeating: 9, count: 1 << 19)
    let places = (0..<6).map { _ in block.withUnsafeBytes { store.append($0) } }
    let scratch = UnsafeMutableRawPointer.allocate(byteCount: 1 << 19, alignment: 16)
    defer { scratch.deallocate() }
    for place in places {
      let bytes = UnsafeRawBufferPointer(start: store.read(place, scratch: scratch), count: 1 << 19)
      #expect(bytes.allSatisfy { $0 == 9 })
    }
  }
}
