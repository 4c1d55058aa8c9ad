/// What must be done to a struct beyond copying its bytes. Made once from the description, kept for ever.
struct Shape {
  /// A pointer to items, and where their number stands.
  struct Part {
    var pointer: Int
    var count: Int
    var itemSize: Int
    /// How the items themselves are carried; `nil`: by copying.
    var item: UnsafePointer<Shape>?
  }

  var size: Int
  /// Empty for most structs of the hot path.
  var parts: UnsafeBufferPointer<Part>
  /// Where addresses lie that mean nothing to the other process: contexts and functions.
  var erased: UnsafeBufferPointer<Int>
  /// Of a sink, where its context lies; else -1.
  var context: Int
  /// Its functions, by their numbers.
  var firstFunction: Int
  var functionCount: Int
  /// Where each of them lies.
  var functionOffsets: UnsafeBufferPointer<Int>

  /// Appends a struct with all it points to.
  static func write(
    _ structure: UnsafeRawPointer, _ shape: UnsafePointer<Shape>, to buffer: MessageBuffer
  ) throws(CarriageFault) {
    let place = try buffer.extend(shape.pointee.size)
    (buffer.base + place).copyMemory(from: structure, byteCount: shape.pointee.size)
    try writeParts(at: place, shape, to: buffer)
  }

  /// Appends what a struct at a place of the buffer points to, and replaces its pointers by whether they are null.
  @inline(__always)
  private static func writeParts(
    at place: Int, _ shape: UnsafePointer<Shape>, to buffer: MessageBuffer
  ) throws(CarriageFault) {
    for offset in shape.pointee.erased { buffer.base.storeBytes(of: 0, toByteOffset: place + offset, as: UInt64.self) }
    for part in shape.pointee.parts {
      let count = buffer.base.load(fromByteOffset: place + part.count, as: UInt64.self)
      let items = buffer.base.load(fromByteOffset: place + part.pointer, as: UnsafeRawPointer?.self)
      let mark = mark(items, count, of: part.itemSize)
      buffer.base.storeBytes(of: mark, toByteOffset: place + part.pointer, as: UInt64.self)
      if let items, mark == 1 { try write(items, count, of: part.itemSize, part.item, to: buffer) }
    }
  }

  /// What a message has in place of a pointer to items: 0 for null, 1 when the items follow, 2 when their number cannot be
  /// true. The reader then gets null with that number, which it has to refuse anyway.
  @inline(__always)
  static func mark(_ items: UnsafeRawPointer?, _ count: UInt64, of size: Int) -> UInt64 {
    items == nil ? 0 : count <= UInt64(itemLimit / size) ? 1 : 2
  }

  /// Bytes of the items that one pointer points to.
  private static let itemLimit = 32 << 20

  /// Appends items one after the other, then what each of them points to.
  static func write(
    _ items: UnsafeRawPointer, _ count: UInt64, of size: Int, _ shape: UnsafePointer<Shape>?, to buffer: MessageBuffer
  ) throws(CarriageFault) {
    guard count > 0 else { return }
    let place = try buffer.extend(Int(count) * size)
    (buffer.base + place).copyMemory(from: items, byteCount: Int(count) * size)
    guard let shape else { return }
    for index in 0..<Int(count) { try writeParts(at: place + index * size, shape, to: buffer) }
  }

  /// Takes a struct out of a message and makes its pointers point into the message.
  static func read(
    _ shape: UnsafePointer<Shape>, from reader: inout MessageReader
  ) throws(CarriageFault) -> UnsafeMutableRawPointer {
    let structure = try reader.take(shape.pointee.size)
    try readParts(structure, shape, from: &reader)
    return structure
  }

  @inline(__always)
  private static func readParts(
    _ structure: UnsafeMutableRawPointer, _ shape: UnsafePointer<Shape>, from reader: inout MessageReader
  ) throws(CarriageFault) {
    for offset in shape.pointee.erased { structure.storeBytes(of: 0, toByteOffset: offset, as: UInt64.self) }
    for part in shape.pointee.parts {
      let count = structure.load(fromByteOffset: part.count, as: UInt64.self)
      let mark = structure.load(fromByteOffset: part.pointer, as: UInt64.self)
      let items = try readItems(mark, count, of: part.itemSize, part.item, from: &reader)
      structure.storeBytes(of: items, toByteOffset: part.pointer, as: UnsafeMutableRawPointer?.self)
    }
  }

  /// Takes items out of a message; `nil` where the sender had a null pointer.
  @inline(__always)
  static func readItems(
    _ mark: UInt64, _ count: UInt64, of size: Int, _ shape: UnsafePointer<Shape>?, from reader: inout MessageReader
  ) throws(CarriageFault) -> UnsafeMutableRawPointer? {
    guard mark != 0, mark != 2 else { return nil }
    guard mark == 1 else { throw .garbage("a pointer that is neither null nor there: \(mark)") }
    let items = try reader.take(count, of: size)
    if let shape {
      for index in 0..<Int(count) { try readParts(items + index * size, shape, from: &reader) }
    }
    return items
  }
}
