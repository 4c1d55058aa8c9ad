import Foundation
import Testing

@testable import BarStore

/// A bar without the time.
struct Numbers: Equatable {
  var values: [Double]

  static func == (a: Numbers, b: Numbers) -> Bool {
    zip(a.values, b.values).allSatisfy { $0.bitPattern == $1.bitPattern }
  }
}

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

@Suite struct `Packed blocks` {
  /// Bars of a kind at three manners of time.
  static func bars(_ kind: BarKind, _ count: Int, _ manner: Int, _ random: inout SplitMix) -> [(Int64, Numbers)] {
    var start = Int64(bitPattern: random.next()) / 4
    return (0..<count).map { _ in
      start += manner == 0 ? 60_000_000_000 : manner == 1 ? Int64(random.next(below: 1 << 50)) : 1
      let (a, b) = (kind.make(&random), kind.make(&random))
      return (start, Numbers(values: [a[0], b[0], b[1], a[1], kind.make(&random)[1]]))
    }
  }

  static func pack(_ bars: [(Int64, Numbers)], _ builder: inout BlockBuilder) -> [UInt8] {
    for (start, numbers) in bars {
      let values = numbers.values
      builder.append(
        start: start, open: values[0], high: values[1], low: values[2], close: values[3], volume: values[4])
    }
    let room = UnsafeMutableRawPointer.allocate(byteCount: BlockBuilder.largest, alignment: 64)
    defer { room.deallocate() }
    return Array(builder.seal(at: room))
  }

  static func unpack(_ block: [UInt8]) -> [(Int64, Numbers)]? {
    let columns = BarColumns()
    defer { columns.deallocate() }
    return block.withUnsafeBytes { BlockReader.unpack($0, into: columns) }.map { count in
      (0..<count).map { index in
        (
          columns.start(index),
          Numbers(values: [
            columns.open(index), columns.high(index), columns.low(index), columns.close(index), columns.volume(index),
          ])
        )
      }
    }
  }

  @Test(arguments: BarKind.all, [1, 2, 7, 8, 9, 100, BarColumns.capacity])
  func `every block comes back bit for bit`(_ kind: BarKind, _ count: Int) throws {
    var random = SplitMix(seed: UInt64(count))
    var builder = BlockBuilder()
    for round in 0..<9 {
      let bars = Self.bars(kind, count, round % 3, &random)
      let block = Self.pack(bars, &builder)
      #expect(block.count <= BlockBuilder.largest && block.count % 8 == 0)
      let back = try #require(Self.unpack(block))
      #expect(back.count == count)
      #expect(zip(bars, back).allSatisfy { $0.0 == $1.0 && $0.1 == $1.1 })
    }
  }

  @Test(arguments: [0, 1, 2, 3, 15, 31, 32, 33, 47, 61, 62, 63, 64])
  func `columns of every width come back`(_ width: Int) throws {
    var random = SplitMix(seed: UInt64(width))
    for count in [1, 7, 8, 9, 63, 64, 65, 511, 512] {
      let mask: UInt64 = width == 0 ? 0 : .max >> UInt64(64 - width)
      var numbers = (0..<512).map { _ in Int64(bitPattern: random.next() & mask) &- 1_000_000 }
      let (base, measured) = numbers.withUnsafeBufferPointer { BitColumn.measure($0.baseAddress!, count) }
      #expect(measured <= max(width, 64))
      let length = BitColumn.byteCount(count, measured)
      // What lies behind a column is neither written nor needed.
      var bytes = [UInt8](repeating: 0xA5, count: length + 64)
      let original = numbers
      bytes.withUnsafeMutableBytes { bytes in
        numbers.withUnsafeMutableBufferPointer {
          BitColumn.pack($0.baseAddress!, count, base: base, width: measured, at: bytes.baseAddress!)
        }
      }
      #expect(bytes[length...].allSatisfy { $0 == 0xA5 })
      var back = [Int64](repeating: 0, count: 512)
      let exact = Array(bytes[..<length])
      exact.withUnsafeBytes { bytes in
        back.withUnsafeMutableBufferPointer {
          BitColumn.unpack(
            bytes.baseAddress ?? UnsafeRawPointer($0.baseAddress!), count, base: base, width: measured,
            into: $0.baseAddress!)
        }
      }
      #expect(back[..<count] == original[..<count])
    }
  }

  @Test func `equal bars give equal bytes in whichever way they come`() throws {
    var random = SplitMix(seed: 21)
    for round in 0..<200 {
      let count = 1 + Int(random.next(below: 512))
      var whole = BlockBuilder()
      var double = BlockBuilder()
      if round % 2 == 1 { _ = Self.pack(Self.bars(BarKind.all[round % BarKind.all.count], 3, 0, &random), &double) }
      for index in 0..<count {
        let start = Int64(index) * 60_000_000_000
        func number() -> Int64 {
          Int64(random.next(below: 1_000_000) + 1) * (random.next(below: 2) == 0 ? 10 : 1)
        }
        let decimals = (0..<2).map { _ in Int(random.next(below: round % 5 == 0 ? 17 : 4)) }
        let prices = [number(), number(), number(), number()].sorted()
        let volume = number() - 1
        whole.append(
          start: start, open: prices[1], high: prices[3], low: prices[0], close: prices[2], volume: volume,
          decimals: decimals[0], volumeDecimals: decimals[1])
        let scale = PowersOfTen.double[decimals[0]]
        double.append(
          start: start, open: Double(prices[1]) / scale, high: Double(prices[3]) / scale,
          low: Double(prices[0]) / scale,
          close: Double(prices[2]) / scale, volume: Double(volume) / PowersOfTen.double[decimals[1]])
      }
      #expect(Self.pack([], &whole) == Self.pack([], &double), "round \(round)")
    }
  }

  @Test func `a minute bar of cents takes about six bytes`() throws {
    var random = SplitMix(seed: 1)
    var builder = BlockBuilder()
    let bars = (0..<BarColumns.capacity).map { index in
      let base = Double(10_000 + random.next(below: 100))
      return (
        Int64(index) * 60_000_000_000,
        Numbers(values: [
          base / 100, (base + 30) / 100, (base - 30) / 100, (base + 5) / 100, Double(random.next(below: 30_000)),
        ])
      )
    }
    #expect(Self.pack(bars, &builder).count < 6 * BarColumns.capacity)
  }

  @Test func `any change of a block is read within it or refused`() throws {
    var random = SplitMix(seed: 31)
    var builder = BlockBuilder()
    let block = Self.pack(Self.bars(BarKind.all[0], 512, 0, &random), &builder)
    for _ in 0..<3000 {
      var bytes = block
      for _ in 0...random.next(below: 3) {
        bytes[Int(random.next(below: random.next(below: 2) == 0 ? 80 : UInt64(bytes.count)))] =
          UInt8(truncatingIfNeeded: random.next())
      }
      if random.next(below: 4) == 0 { bytes.removeLast(Int(random.next(below: UInt64(bytes.count)))) }
      if let bars = Self.unpack(bytes) { #expect((1...512).contains(bars.count)) }
    }
    #expect(Self.unpack([]) == nil)
  }
}

@Suite struct `Whole numbers of a power of ten` {
  @Test func `become the nearest doubles, by product or by quotient`() throws {
    var random = SplitMix(seed: 3)
    let limits: [Int64] = [1, 2, 1 << 26 - 1, 1 << 26, 1 << 26 + 1, 999_999_999_999_999, 1 << 51 - 1]
    for decimals in 0...15 {
      let divider = DecimalDivider(decimals: decimals)
      for top in [1 << 8, 1 << 20, 1 << 26, 1 << 40, 1 << 51] as [UInt64] {
        var numbers = (0..<4096).map { _ in Int64(random.next(below: top)) }
        numbers += limits.filter { UInt64($0) < top }
        let expected = numbers.map { Double($0) / PowersOfTen.double[decimals] }
        numbers.withUnsafeMutableBufferPointer { divider.convert($0.baseAddress!, $0.count) }
        #expect(zip(numbers, expected).allSatisfy { UInt64(bitPattern: $0) == $1.bitPattern }, "\(decimals) \(top)")
      }
    }
  }
}
