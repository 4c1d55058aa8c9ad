/// A type of the ABI that fits into one register.
public enum ScalarType: UInt8, Hashable, Sendable {
  case void, uint8, uint16, uint32, int32, uint64, int64, double, pointer

  /// Bytes, which is also the alignment; 0 for `void`.
  public var size: Int {
    switch self {
    case .void: 0
    case .uint8: 1
    case .uint16: 2
    case .uint32, .int32: 4
    case .uint64, .int64, .double, .pointer: 8
    }
  }

  init?(name: Substring) {
    switch name {
    case "void": self = .void
    case "uint8_t", "char": self = .uint8
    case "uint16_t": self = .uint16
    case "uint32_t": self = .uint32
    case "int32_t": self = .int32
    case "uint64_t": self = .uint64
    case "int64_t": self = .int64
    case "double": self = .double
    default: return nil
    }
  }
}

/// A type as the description writes it: `const wharf_bar *` is `wharf_bar` behind one pointer.
struct WrittenType {
  var base: Substring
  var pointers: Int

  init(_ text: String) {
    var rest = Substring(text)
    if rest.hasPrefix("const ") { rest = rest.dropFirst(6) }
    pointers = 0
    while let last = rest.last, last == "*" || last == " " {
      if last == "*" { pointers += 1 }
      rest = rest.dropLast()
    }
    base = rest
  }
}

/// What a field or parameter is for, as the description says.
public enum ValueRole: Hashable, Sendable {
  /// `sizeof` of the struct.
  case structSize
  /// 0.
  case reserved
  /// A number.
  case value
  /// The host as the instance sees it.
  case host
  /// An instance.
  case handle
  /// The maker's own pointer.
  case context
  /// One struct, read by the callee.
  case input
  /// As many bytes or structs as the parameter or field with this place says.
  case array(count: Int)
  /// How many bytes or structs another points to.
  case count
  /// A sink of the caller.
  case sink
  /// One place of the caller, written by the callee.
  case output
  /// Receives an instance.
  case outputHandle
  /// Receives a table.
  case outputTable
  /// As many places as one parameter says, of which the callee writes as many as it writes to another.
  case outputArray(capacity: Int, written: Int)
  /// A function.
  case function
}
