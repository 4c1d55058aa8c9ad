/// What stands before every message: 16 bytes.
struct MessageHeader: Equatable {
  /// What a message is.
  enum Kind: UInt16 {
    /// A function is called, and its caller waits.
    case call = 1
    /// What a called function returned and wrote.
    case answer = 2
    /// A function is called of which nothing comes back.
    case post = 3
    /// The runner is told what to load.
    case begin = 4
    /// The runner has loaded it, or says why not.
    case ready = 5
    /// The runner cannot carry what the plugin gave it; the text says what.
    case refusal = 6
  }

  static let size = 16
  /// The longest message, in bytes.
  static let limit = 64 << 20

  /// Bytes of the whole message, a multiple of 8.
  var length: UInt32
  var kind: Kind
  /// The number of the function.
  var function: UInt16
  /// Which call it is; an answer has the serial of its call.
  var serial: UInt64

  init(length: Int, kind: Kind, function: Int, serial: UInt64) {
    self.length = UInt32(length)
    self.kind = kind
    self.function = UInt16(function)
    self.serial = serial
  }

  /// Reads a header that nobody vouches for.
  init(reading bytes: UnsafeRawPointer) throws(CarriageFault) {
    length = bytes.load(as: UInt32.self)
    let number = bytes.load(fromByteOffset: 4, as: UInt16.self)
    function = bytes.load(fromByteOffset: 6, as: UInt16.self)
    serial = bytes.load(fromByteOffset: 8, as: UInt64.self)
    guard let known = Kind(rawValue: number) else { throw .garbage("a message of kind \(number)") }
    kind = known
    guard length >= MessageHeader.size, length <= MessageHeader.limit, length % 8 == 0 else {
      throw .garbage("a message of \(length) bytes")
    }
  }

  /// Writes it to 16 bytes.
  @inline(__always)
  func write(to bytes: UnsafeMutableRawPointer) {
    bytes.storeBytes(of: length, as: UInt32.self)
    bytes.storeBytes(of: kind.rawValue, toByteOffset: 4, as: UInt16.self)
    bytes.storeBytes(of: function, toByteOffset: 6, as: UInt16.self)
    bytes.storeBytes(of: serial, toByteOffset: 8, as: UInt64.self)
  }
}
