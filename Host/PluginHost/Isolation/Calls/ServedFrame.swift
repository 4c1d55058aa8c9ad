/// The memory of one call that is being served or waited for; calls within calls have one each, which are used again.
final class ServedFrame {
  /// Arguments of one function.
  static let argumentLimit = 32

  /// The message.
  let buffer = MessageBuffer()
  /// The address of each argument.
  let arguments = UnsafeMutablePointer<UnsafeMutableRawPointer?>.allocate(capacity: argumentLimit)
  /// Eight bytes of what is returned.
  let result = UnsafeMutableRawPointer.allocate(byteCount: 16, alignment: 16)
  /// The name of the instance that the call is made of, makes or ends.
  var handle: UInt64 = 0
  private var items: MessageBuffer?

  init() { arguments.initialize(repeating: nil, count: ServedFrame.argumentLimit) }

  deinit {
    arguments.deallocate()
    result.deallocate()
  }

  /// Room for the items that the callee writes.
  func room(_ count: UInt64, of size: Int) throws(CarriageFault) -> UnsafeMutableRawPointer {
    guard count <= UInt64(MessageHeader.limit / size) else { throw .garbage("room for \(count) items") }
    let items = self.items ?? MessageBuffer()
    self.items = items
    items.reserve(Int(count) * size)
    return items.base
  }
}

/// What one side tells the other of a table it has found.
struct TableOffer {
  /// `WHARF_E_UNSUPPORTED`.
  static let unsupported: UInt64 = 2

  /// What the table says its size is.
  var structSize: UInt32
  /// By how many bytes it misses where a table can lie.
  var misalignment: Int
  /// A bit for each function that is not null.
  var functions: UInt64

  /// Looks at a table.
  init(_ table: UnsafeRawPointer, _ shape: UnsafePointer<Shape>) {
    misalignment = Int(UInt(bitPattern: table) % 8)
    (structSize, functions) = (0, 0)
    guard misalignment == 0 else { return }
    structSize = table.load(as: UInt32.self)
    // Of a table of another size nobody knows where its functions are.
    guard structSize == shape.pointee.size else { return }
    functions = shape.pointee.presentFunctions(table)
  }

  /// Reads an offer; `nil`: there is no table.
  init?(_ reader: inout MessageReader) throws(CarriageFault) {
    let head = try reader.number()
    functions = try reader.number()
    guard head & 1 == 1 else { return nil }
    structSize = UInt32(head >> 32)
    misalignment = Int(head >> 1 & 7)
  }

  func write(to buffer: MessageBuffer) throws(CarriageFault) {
    try buffer.append(UInt64(structSize) << 32 | UInt64(misalignment) << 1 | 1)
    try buffer.append(functions)
  }

  static func write(nothingTo buffer: MessageBuffer) throws(CarriageFault) {
    try buffer.append(0)
    try buffer.append(0)
  }

  /// Makes a table that stands for the one that was offered: its size, its functions and its place are as there.
  func proxy(_ shape: UnsafePointer<Shape>, _ code: (Int) -> UnsafeRawPointer) -> UnsafeRawPointer {
    let table = UnsafeMutableRawPointer.allocate(byteCount: shape.pointee.size + 8, alignment: 16)
    table.initializeMemory(as: UInt8.self, repeating: 0, count: shape.pointee.size + 8)
    table.storeBytes(of: structSize, as: UInt32.self)
    shape.pointee.setFunctions(of: table, functions, code)
    return UnsafeRawPointer(table + misalignment)
  }
}

extension Shape {
  /// A bit for each function of a struct that is not null.
  func presentFunctions(_ structure: UnsafeRawPointer) -> UInt64 {
    var bits: UInt64 = 0
    for index in 0..<functionCount {
      let offset = functionOffsets[index]
      if structure.load(fromByteOffset: offset, as: UnsafeRawPointer?.self) != nil { bits |= 1 << UInt64(index) }
    }
    return bits
  }

  /// Sets the functions whose bits are set, and the others to null.
  func setFunctions(of structure: UnsafeMutableRawPointer, _ bits: UInt64, _ code: (Int) -> UnsafeRawPointer) {
    for index in 0..<functionCount {
      let address = bits >> UInt64(index) & 1 == 1 ? code(firstFunction + index) : nil
      structure.storeBytes(of: address, toByteOffset: functionOffsets[index], as: UnsafeRawPointer?.self)
    }
  }
}
