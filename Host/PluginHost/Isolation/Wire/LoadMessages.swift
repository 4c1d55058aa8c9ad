/// What the host tells a runner first.
struct LoadMessage {
  /// The host's process: a runner whose parent is another one has lost it.
  var host: Int32
  /// Libraries to load before the file.
  var libraries: [String]
  /// Files that the runner may read while it loads.
  var readableFiles: [String]

  init(host: Int32, libraries: [String], readableFiles: [String]) {
    (self.host, self.libraries, self.readableFiles) = (host, libraries, readableFiles)
  }

  init(_ reader: inout MessageReader) throws(CarriageFault) {
    host = Int32(truncatingIfNeeded: try reader.number())
    libraries = try LoadMessage.texts(&reader)
    readableFiles = try LoadMessage.texts(&reader)
  }

  func write(to buffer: MessageBuffer) throws(CarriageFault) {
    try buffer.append(UInt64(UInt32(bitPattern: host)))
    for list in [libraries, readableFiles] {
      try buffer.append(UInt64(list.count))
      for text in list { try LoadMessage.write(text, to: buffer) }
    }
  }

  private static func texts(_ reader: inout MessageReader) throws(CarriageFault) -> [String] {
    var texts: [String] = []
    for _ in 0..<min(try reader.number(), 1024) { texts.append(try text(&reader)) }
    return texts
  }

  static func write(_ text: String, to buffer: MessageBuffer) throws(CarriageFault) {
    let bytes = Array(text.utf8)
    try buffer.append(UInt64(bytes.count))
    let place = try buffer.extend(bytes.count)
    for (index, byte) in bytes.enumerated() { (buffer.base + place + index).storeBytes(of: byte, as: UInt8.self) }
  }

  static func text(_ reader: inout MessageReader) throws(CarriageFault) -> String {
    let length = try reader.number()
    let bytes = try reader.take(length, of: 1)
    return String(decoding: UnsafeRawBufferPointer(start: bytes, count: Int(length)), as: UTF8.self)
  }
}

/// What a runner answers to that.
enum LoadReport {
  /// The file is loaded; this is its descriptor, and its bytes.
  case descriptor(TableOffer, [UInt8])
  /// It is not, for a reason.
  case refused(String)
  /// Its entry function answered null.
  case noDescriptor

  init(_ reader: inout MessageReader, _ plans: CallPlans) throws(CarriageFault) {
    switch try reader.number() {
    case 0:
      guard let offer = try TableOffer(&reader) else { throw .garbage("a descriptor that is not there") }
      let size = plans.shape(plans.description.plugin).pointee.size
      self = .descriptor(offer, Array(UnsafeRawBufferPointer(start: try reader.take(size), count: size)))
    case 1: self = .refused(try LoadMessage.text(&reader))
    case 2: self = .noDescriptor
    case let number: throw .garbage("load report \(number)")
    }
  }
}
