import Foundation
import Testing

@testable import ReplayLogic

/// Bars of one kind, made from a seed.
struct BarKind: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var make: @Sendable (inout SplitMix) -> [Double]

  static let all = [
    BarKind(testDescription: "cents") {
      [Double($0.next(below: 100_000) + 1) / 100, Double($0.next(below: 1_000_000))]
    },
    BarKind(testDescription: "eight decimals") {
      [Double($0.next(below: 9_000_000) + 1) / 1e8, Double($0.next(below: 1 << 40)) / 1e8]
    },
    BarKind(testDescription: "any double") {
      [Double(bitPattern: $0.next() & 0x7FEF_FFFF_FFFF_FFFF), Double(bitPattern: $0.next() & 0x7FEF_FFFF_FFFF_FFFF)]
    },
    BarKind(testDescription: "large whole numbers") {
      [Double($0.next() >> ($0.next(below: 62))), Double($0.next() >> ($0.next(below: 62)))]
    },
    BarKind(testDescription: "all the same") { _ in [12.34, 0] },
    BarKind(testDescription: "minus zero, subnormal") {
      $0.next(below: 2) == 0 ? [-0.0, -0.0] : [.leastNonzeroMagnitude, .leastNonzeroMagnitude]
    },
  ]
}

@Suite struct `Packed bars` {
  @Test(arguments: BarKind.all, [1, 2, 100, BarColumns.capacity])
  func `every block comes back bit for bit`(_ kind: BarKind, _ count: Int) throws {
    var random = SplitMix(seed: 7)
    let codec = BlockCodec()
    let (bars, back) = (BarColumns(), BarColumns())
    defer {
      bars.deallocate()
      back.deallocate()
    }
    for decimals in [0, 2, 8, 15, 18, 19] {
      for round in 0..<3 {
        var start = Int64(bitPattern: random.next()) / 4
        for index in 0..<count {
          start += round == 0 ? 60_000_000_000 : round == 1 ? Int64(random.next(below: 1 << 50)) : 1
          bars.starts[index] = start
          let values = kind.make(&random) + kind.make(&random)
          bars.values.0[index] = values[0]
          bars.values.1[index] = values[2]
          bars.values.2[index] = values[1]
          bars.values.3[index] = values[3]
          bars.values.4[index] = kind.make(&random)[1]
        }
        let block = codec.pack(bars, count, decimals: decimals, volumeDecimals: decimals)
        #expect(block.count <= BlockCodec.largest)
        #expect(codec.unpack(block.baseAddress!, into: back) == count)
        #expect((0..<count).allSatisfy { bars.starts[$0] == back.starts[$0] })
        for (one, other) in zip(columns(bars), columns(back)) {
          #expect((0..<count).allSatisfy { one[$0].bitPattern == other[$0].bitPattern })
        }
      }
    }
  }

  private func columns(_ bars: BarColumns) -> [UnsafeMutablePointer<Double>] {
    [bars.values.0, bars.values.1, bars.values.2, bars.values.3, bars.values.4]
  }

  @Test func `a minute bar of cents takes about nine bytes`() throws {
    var random = SplitMix(seed: 1)
    let bars = BarColumns()
    defer { bars.deallocate() }
    for index in 0..<BarColumns.capacity {
      let base = Double(10_000 + random.next(below: 100))
      bars.starts[index] = Int64(index) * 60_000_000_000
      bars.values.0[index] = base / 100
      bars.values.1[index] = (base + 30) / 100
      bars.values.2[index] = (base - 30) / 100
      bars.values.3[index] = (base + 5) / 100
      bars.values.4[index] = Double(random.next(below: 30_000))
    }
    let block = BlockCodec().pack(bars, BarColumns.capacity, decimals: 2, volumeDecimals: 0)
    #expect(block.count < 9 * BarColumns.capacity)
  }

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
