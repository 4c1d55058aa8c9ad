/// The first 80 bytes of a packed block: how its columns are written.
struct BlockHeader {
  static let byteCount = 80
  /// In place of a number of decimals: the column holds the bits of doubles.
  static let raw: UInt8 = 255
  /// The most decimals that are kept as whole numbers.
  static let mostDecimals = 15

  var count = 0
  /// Decimals of the prices, and of the volume.
  var decimals: UInt8 = 0
  var volumeDecimals: UInt8 = 0
  /// Whether distances in time are whole seconds.
  var isSeconds = false
  var firstStart: Int64 = 0
  /// The close that the first open is measured from.
  var closeBefore: Int64 = 0
  /// Least number and bits of each column: distances in time, open, high, low, close, volume.
  var columns: [6 of (base: Int64, width: UInt8)] = [6 of (base: Int64, width: UInt8)](repeating: (0, 0))

  /// How many bytes the whole block takes.
  var blockLength: Int {
    var length = BlockHeader.byteCount
    for index in 0..<6 { length &+= BitColumn.byteCount(count, Int(columns[index].width)) }
    return length
  }

  /// Writes it at an address.
  func write(at address: UnsafeMutableRawPointer) {
    address.storeBytes(of: UInt16(count).littleEndian, as: UInt16.self)
    address.storeBytes(of: decimals, toByteOffset: 2, as: UInt8.self)
    address.storeBytes(of: volumeDecimals, toByteOffset: 3, as: UInt8.self)
    address.storeBytes(of: isSeconds ? 1 : 0, toByteOffset: 4, as: UInt8.self)
    (address + 11).initializeMemory(as: UInt8.self, repeating: 0, count: 5)
    address.storeBytes(of: firstStart.littleEndian, toByteOffset: 16, as: Int64.self)
    address.storeBytes(of: closeBefore.littleEndian, toByteOffset: 24, as: Int64.self)
    for index in 0..<6 {
      address.storeBytes(of: columns[index].width, toByteOffset: 5 + index, as: UInt8.self)
      address.storeBytes(of: columns[index].base.littleEndian, toByteOffset: 32 + 8 * index, as: Int64.self)
    }
  }

  /// Reads the header of a block; `nil` when these bytes are no block.
  init?(_ block: UnsafeRawBufferPointer) {
    guard block.count >= BlockHeader.byteCount, let address = block.baseAddress else { return nil }
    count = Int(UInt16(littleEndian: address.loadUnaligned(as: UInt16.self)))
    decimals = address.load(fromByteOffset: 2, as: UInt8.self)
    volumeDecimals = address.load(fromByteOffset: 3, as: UInt8.self)
    let unit = address.load(fromByteOffset: 4, as: UInt8.self)
    isSeconds = unit == 1
    firstStart = Int64(littleEndian: address.loadUnaligned(fromByteOffset: 16, as: Int64.self))
    closeBefore = Int64(littleEndian: address.loadUnaligned(fromByteOffset: 24, as: Int64.self))
    var widest: UInt8 = 0
    for index in 0..<6 {
      let width = address.load(fromByteOffset: 5 + index, as: UInt8.self)
      columns[index] = (
        Int64(littleEndian: address.loadUnaligned(fromByteOffset: 32 + 8 * index, as: Int64.self)), width
      )
      widest = max(widest, width)
    }
    let isKnown =
      (1...BarColumns.capacity).contains(count) && widest <= 64 && unit <= 1 && BlockHeader.isDecimals(decimals)
      && BlockHeader.isDecimals(volumeDecimals)
    guard isKnown, blockLength == block.count else { return nil }
  }

  init() {}

  private static func isDecimals(_ decimals: UInt8) -> Bool {
    decimals <= BlockHeader.mostDecimals || decimals == BlockHeader.raw
  }
}
