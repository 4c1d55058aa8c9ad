@testable import PluginHost

/// The bytes of an ELF file that says what a test wants it to.
struct HandMadeELF {
  var fileClass: UInt8 = 2
  var byteOrder: UInt8 = 1
  var type: UInt16 = 3
  var machine = HostMachine.code
  var segmentOffset: UInt64 = 64
  var segmentSize: UInt16 = 56
  var segmentCount: UInt16 = 1
  var sectionOffset: UInt64 = 0
  var sectionCount: UInt16 = 0
  var sectionNames: UInt16 = 0
  /// What follows the header.
  var rest: [UInt8] = []

  var bytes: [UInt8] {
    var bytes: [UInt8] = [0x7f, 0x45, 0x4c, 0x46, fileClass, byteOrder, 1, 0] + [UInt8](repeating: 0, count: 8)
    func append(_ value: some FixedWidthInteger) {
      withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }
    append(type)
    append(machine)
    append(UInt32(1))
    append(UInt64(0))
    append(segmentOffset)
    append(sectionOffset)
    append(UInt32(0))
    append(UInt16(64))
    append(segmentSize)
    append(segmentCount)
    append(UInt16(64))
    append(sectionCount)
    append(sectionNames)
    return bytes + rest
  }
}
