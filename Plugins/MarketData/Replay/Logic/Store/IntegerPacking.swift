/// Writes whole numbers as their distance to the smallest, in as few bytes each as the largest needs: 0, 1, 2, 4 or 8.
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
    var least = numbers[0]
    var most = least
    for index in 1..<max(count, 1) {
      least = min(least, numbers[index])
      most = max(most, numbers[index])
    }
    let (range, overflow) = most.subtractingReportingOverflow(least)
    put(least)
    switch UInt64(bitPattern: range) {
    case _ where overflow: write(numbers, count, least, UInt64.self)
    case 0: put(UInt8(0))
    case ...0xFF: write(numbers, count, least, UInt8.self)
    case ...0xFFFF: write(numbers, count, least, UInt16.self)
    case ...0xFFFF_FFFF: write(numbers, count, least, UInt32.self)
    default: write(numbers, count, least, UInt64.self)
    }
  }

  @inline(__always) private mutating func write<Width: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    _ numbers: UnsafePointer<Int64>, _ count: Int, _ least: Int64, _ width: Width.Type
  ) {
    let size = MemoryLayout<Width>.size
    put(UInt8(size))
    for index in 0..<count {
      let distance = Width(truncatingIfNeeded: numbers[index] &- least)
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
    let least = get(Int64.self)
    switch get(UInt8.self) {
    case 0: for index in 0..<count { numbers[index] = least }
    case 1: read(numbers, count, least, UInt8.self)
    case 2: read(numbers, count, least, UInt16.self)
    case 4: read(numbers, count, least, UInt32.self)
    default: read(numbers, count, least, UInt64.self)
    }
  }

  @inline(__always) private mutating func read<Width: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    _ numbers: UnsafeMutablePointer<Int64>, _ count: Int, _ least: Int64, _ width: Width.Type
  ) {
    let size = MemoryLayout<Width>.size
    for index in 0..<count {
      let distance = (address + index &* size).loadUnaligned(as: Width.self)
      numbers[index] = least &+ Int64(truncatingIfNeeded: distance)
    }
    address += count * size
  }
}
