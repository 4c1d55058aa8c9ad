/// Writes whole numbers as their distance to the first, in as few bytes each as the farthest needs: 0, 1, 2, 4 or 8.
struct PackWriter {
  private(set) var address: UnsafeMutableRawPointer

  init(at address: UnsafeMutableRawPointer) { self.address = address }

  /// Writes one value as it is.
  mutating func put<Value: BitwiseCopyable>(_ value: Value) {
    address.storeBytes(of: value, as: Value.self)
    address += MemoryLayout<Value>.size
  }

  /// Writes a column of at least one number.
  mutating func pack(_ numbers: UnsafePointer<Int64>, _ count: Int) {
    let first = numbers[0]
    // All bits that any distance has, after its sign.
    var bits: Int64 = 0
    for index in 0..<count {
      let distance = numbers[index] &- first
      bits |= distance ^ (distance &>> 63)
    }
    put(first)
    switch bits {
    case 0 where (0..<count).allSatisfy { numbers[$0] == first }: put(UInt8(0))
    case ...0x7F: write(numbers, count, first, Int8.self)
    case ...0x7FFF: write(numbers, count, first, Int16.self)
    case ...0x7FFF_FFFF: write(numbers, count, first, Int32.self)
    default: write(numbers, count, first, Int64.self)
    }
  }

  @inline(__always) private mutating func write<Width: FixedWidthInteger & BitwiseCopyable>(
    _ numbers: UnsafePointer<Int64>, _ count: Int, _ first: Int64, _ width: Width.Type
  ) {
    let size = MemoryLayout<Width>.size
    put(UInt8(size))
    for index in 0..<count {
      let distance = Width(truncatingIfNeeded: numbers[index] &- first)
      (address + index &* size).storeBytes(of: distance, as: Width.self)
    }
    address += count * size
  }
}

/// Reads what ``PackWriter`` wrote.
struct PackReader {
  private var address: UnsafeRawPointer

  init(at address: UnsafeRawPointer) { self.address = address }

  /// Reads one value.
  mutating func get<Value: BitwiseCopyable>(_ type: Value.Type) -> Value {
    defer { address += MemoryLayout<Value>.size }
    return address.loadUnaligned(as: Value.self)
  }

  /// Reads a column.
  mutating func unpack(_ numbers: UnsafeMutablePointer<Int64>, _ count: Int) {
    let first = get(Int64.self)
    switch get(UInt8.self) {
    case 0: for index in 0..<count { numbers[index] = first }
    case 1: read(numbers, count, first, Int8.self)
    case 2: read(numbers, count, first, Int16.self)
    case 4: read(numbers, count, first, Int32.self)
    default: read(numbers, count, first, Int64.self)
    }
  }

  @inline(__always) private mutating func read<Width: FixedWidthInteger & BitwiseCopyable>(
    _ numbers: UnsafeMutablePointer<Int64>, _ count: Int, _ first: Int64, _ width: Width.Type
  ) {
    let size = MemoryLayout<Width>.size
    for index in 0..<count {
      let distance = (address + index &* size).loadUnaligned(as: Width.self)
      numbers[index] = first &+ Int64(truncatingIfNeeded: distance)
    }
    address += count * size
  }
}
