import CZlib
import Hashing

/// The first 128 bytes of a store file.
struct StoreHeader: Equatable {
  static let byteCount = 128
  /// No text begins so, and a transfer that mends line ends destroys it; the idea is that of PNG (ISO/IEC 15948, 5.2).
  static let magic: [UInt8] = [0x89, 0x42, 0x41, 0x52, 0x53, 0x0D, 0x0A, 0x1A]
  static let version: UInt32 = 1
  private static let byteOrder: UInt32 = 0x0102_0304

  var fileLength: UInt64 = 0
  var directoryOffset: UInt64 = 0
  var directoryLength: UInt64 = 0
  var seriesCount: UInt32 = 0
  var blockCount: UInt64 = 0
  var barCount: UInt64 = 0
  var directoryHash = [UInt8](repeating: 0, count: Digest.byteCount)

  /// The bytes, with their checksum at the end.
  var bytes: [UInt8] {
    var out = ByteWriter()
    out.put(StoreHeader.magic)
    out.put(StoreHeader.version)
    out.put(StoreHeader.byteOrder)
    out.put(fileLength)
    out.put(directoryOffset)
    out.put(directoryLength)
    out.put(seriesCount)
    out.put(UInt32(BarColumns.capacity))
    out.put(blockCount)
    out.put(barCount)
    out.put(directoryHash)
    out.put([UInt8](repeating: 0, count: StoreHeader.byteCount - 4 - out.bytes.count))
    out.put(out.bytes.withUnsafeBytes { checksum($0) })
    return out.bytes
  }

  init() {}

  /// Reads the header of a file of `length` bytes; throws what is wrong with it.
  init(_ file: UnsafeRawBufferPointer, path: String) throws(BarStoreError) {
    func fault(_ code: BarStoreError.Code, _ expected: String, _ found: String, _ remedy: String) -> BarStoreError {
      BarStoreError(code, path, part: "header", expected: expected, found: found, remedy: remedy)
    }
    guard file.count >= 8, file.prefix(8).elementsEqual(StoreHeader.magic) else {
      let isMended = file.prefix(4).elementsEqual(StoreHeader.magic.prefix(4))
      throw fault(
        .notAStore, "the first bytes of a bar store",
        isMended ? "bytes that a transfer as text has changed" : file.isEmpty ? "an empty file" : "other bytes",
        isMended ? "copy the file again, as binary" : BarStoreError.restore)
    }
    guard file.count >= StoreHeader.byteCount else {
      throw fault(
        .torn, "at least \(StoreHeader.byteCount) bytes", "a file of \(file.count) bytes", BarStoreError.restore)
    }
    var reader = ByteReader(UnsafeRawBufferPointer(rebasing: file.prefix(StoreHeader.byteCount)), at: 8)
    let version = reader.get(UInt32.self)
    guard version == StoreHeader.version else {
      throw fault(
        .otherVersion, "version \(StoreHeader.version)", "version \(version)",
        "use the program that wrote it, or import the bars again with this one")
    }
    let order = reader.get(UInt32.self)
    guard order == StoreHeader.byteOrder else {
      throw fault(
        .otherVersion, "little-endian numbers (mark \(StoreHeader.byteOrder))", "mark \(order)",
        "import the bars again on this machine")
    }
    fileLength = reader.get(UInt64.self)
    directoryOffset = reader.get(UInt64.self)
    directoryLength = reader.get(UInt64.self)
    seriesCount = reader.get(UInt32.self)
    let capacity = reader.get(UInt32.self)
    blockCount = reader.get(UInt64.self)
    barCount = reader.get(UInt64.self)
    directoryHash = reader.get(count: Digest.byteCount)
    let sum = checksum(UnsafeRawBufferPointer(rebasing: file.prefix(StoreHeader.byteCount - 4)))
    let stated = file.loadUnaligned(fromByteOffset: StoreHeader.byteCount - 4, as: UInt32.self).littleEndian
    guard sum == stated else {
      throw fault(.damaged, "checksum \(hex(stated))", hex(sum), BarStoreError.restore)
    }
    guard fileLength == UInt64(file.count) else {
      throw fault(.torn, "a file of \(fileLength) bytes", "\(file.count) bytes", BarStoreError.restore)
    }
    let (end, overflow) = directoryOffset.addingReportingOverflow(directoryLength)
    guard !overflow, end == fileLength, directoryOffset >= UInt64(StoreHeader.byteCount),
      capacity == UInt32(BarColumns.capacity), blockCount <= directoryLength / UInt64(StoredBlock.byteCount)
    else {
      throw fault(
        .damaged, "a directory that ends the file, of blocks of \(BarColumns.capacity) bars",
        "one of \(directoryLength) bytes at \(directoryOffset), of blocks of \(capacity)", BarStoreError.restore)
    }
  }
}

/// CRC-32 of some bytes, as of ISO/IEC 13239 and RFC 1952: quick, and sure to find any damage of up to 32 bits in a row.
func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
  UInt32(truncatingIfNeeded: crc32_z(0, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count))
}

/// A checksum as messages show it.
func hex(_ checksum: UInt32) -> String {
  let digits = String(checksum, radix: 16)
  return String(repeating: "0", count: 8 - digits.count) + digits
}
